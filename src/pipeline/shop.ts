import type { Bundle } from '../bundle/bundle.ts'
import type { Scorer } from '../scoring/scorer.ts'

/** What answers are made from: a bundle, and the scorer that holds its table. */
export interface Shop {
  readonly bundle: Bundle
  readonly scorer: Scorer
}
