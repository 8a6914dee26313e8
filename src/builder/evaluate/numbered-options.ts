import { defaultSettings } from '../../core/settings.ts'
import { defaultLearning } from '../learn/learning-settings.ts'
import { defaultEncoderSettings } from '../train/encoder-settings.ts'
import type { AssembleWithEncoder } from '../with-encoder.ts'
import type { Hide } from './recommend-all.ts'

/**
 * How a bundle is learned of numbered sequences: research data without times, texts or customers. There is nobody to protect in it, so
 * that rows are learned of every item, as all published models do. Chosen on validation sequences (docs/training.md).
 */
export function numberedOptions(hide: Hide): AssembleWithEncoder {
  const sessions = hide === 'nothing'
  return {
    learning: {
      ...defaultLearning,
      // Replaced by the encoder's rows.
      collaborative: { ...defaultLearning.collaborative, iterations: 1 },
      content: { dims: 8 },
      priors: { ...defaultLearning.priors, trendHalfLifeDays: 1.2 },
      minCustomers: 1,
    },
    settings: {
      ...defaultSettings,
      profile: 0,
      content: 0,
      popularity: 0,
      trend: sessions ? 0.105 : 0,
      newness: 0,
      diversity: 0,
    },
    encoder: {
      learning: {
        ...defaultEncoderSettings,
        ...(sessions ? { epochs: 6, halvings: 2 } : { length: 50, epochs: 10, halvings: 0 }),
        repeats: sessions,
        repeatLift: 1.2,
      },
      leastTargets: 1000,
      settings: {},
    },
  }
}
