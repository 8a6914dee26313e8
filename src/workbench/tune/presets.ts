import type { Config } from './config.ts'

/** Starting points: changes of the bundle's own settings. */
export const presets = {
  defaults: {},
  moment: { session: 2, profile: 0.1, sessionDecay: 0.7 },
  memory: { session: 0.2, profile: 1.5, halfLifeDays: 300 },
  bestsellers: { session: 0, profile: 0, popularity: 1, trend: 0, newness: 0 },
  company: { collaborative: 2, content: 0 },
  likeness: { collaborative: 0, content: 2 },
  novelty: { newness: 1.5, trend: 1, popularity: -0.5 },
  explorer: { diversity: 0.6, categoryCap: 2 },
} as const satisfies Record<string, Partial<Config>>

export type PresetName = keyof typeof presets
