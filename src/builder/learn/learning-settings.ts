import type { Tolerances } from '../generation/keep-generation.ts'
import type { EmbeddingSettings } from './add-embeddings.ts'
import type { FreshSettings } from './lift-fresh.ts'
import type { NeighbourSettings } from './neighbours.ts'
import { minCustomers } from '../privacy.ts'
import type { PriorSettings } from './priors.ts'

/** What the builder learns with; the defaults were chosen on validation data (`bench/tune-next-basket.ts`). */
export interface LearningSettings {
  readonly collaborative: {
    readonly dims: number
    readonly lambda: number
    readonly alpha: number
    readonly iterations: number
    /** Half-life of an event's strength, in days. */
    readonly halfLifeDays: number
  }
  readonly content: { readonly dims: number }
  /** Of vectors that are given beside the texts. */
  readonly embeddings: EmbeddingSettings
  readonly priors: PriorSettings
  readonly neighbours: NeighbourSettings
  /** What may stay as it was in a build that goes on from a previous one. */
  readonly tolerances: Tolerances
  readonly fresh: FreshSettings
  /** Ridge of the prediction of collaborative rows from content. */
  readonly predictionRidge: number
  readonly seed: number
  /** Nothing is learned of items of fewer distinct customers than this. */
  readonly minCustomers: number
}

export const defaultLearning: LearningSettings = {
  collaborative: { dims: 64, lambda: 40, alpha: 10, iterations: 8, halfLifeDays: 90 },
  content: { dims: 64 },
  embeddings: { dims: 32, share: 0.5 },
  priors: { popularityHalfLifeDays: 90, trendHalfLifeDays: 20, newnessHalfLifeDays: 30 },
  neighbours: { count: 20, shrink: 5, basketLimit: 200 },
  tolerances: { collaborative: 0.3, content: 0.7, neighbours: 0.2 },
  fresh: { days: 60, length: 1.25 },
  predictionRidge: 0.02,
  seed: 1,
  minCustomers,
}
