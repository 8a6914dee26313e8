import type { Bundle } from '../bundle/bundle.ts'
import type { SessionEncoder } from '../models/session-encoder.ts'
import type { Scorer } from '../scoring/scorer.ts'
import type { ShopRules } from './rules/shelf-rules.ts'

/** What answers are made from: a bundle, the scorer that holds its table, and what weighs a session's events. */
export interface Shop {
  readonly bundle: Bundle
  readonly scorer: Scorer
  /** Absent where the bundle has none, or it is not there yet: then the age of an event does. */
  readonly encoder?: SessionEncoder | undefined
  /** What is said beside the bundle; with `withPrices`, of the shopper's price level, too. */
  readonly rules?: ShopRules | undefined
  /** Rises with everything that the shop says beside its bundle; 0 by default. */
  readonly revision?: number
}
