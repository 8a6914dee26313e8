import type { Settings } from '../core/settings.ts'
import type { EncoderLearning } from './learn/learn-encoder.ts'
import { defaultEncoderSettings } from './train/encoder-settings.ts'

/** Whether and how a bundle gets an encoder. */
export interface EncoderOptions {
  readonly learning: EncoderLearning
  /** A log with fewer events to predict gets none. */
  readonly leastTargets: number
  /**
   * How the query changes with the encoder. Absent: it is chosen on the last sessions, after a training on those before, and the
   * encoder is left out where the age of events does better there.
   */
  readonly settings?: Partial<Settings>
  /** The epoch to end with; all by default. */
  readonly epochs?: number
  /** Where interrupted trainings go on from: the beginning of their files' names. */
  readonly checkpoint?: string
}

/** For a shop: a small budget, and shelves that do not show again what the session has just seen. */
export const shopEncoder: EncoderOptions = {
  learning: { ...defaultEncoderSettings, repeats: false, repeatLift: 0, halvings: 1, epochs: 6, negatives: 1024 },
  leastTargets: 20_000,
}
