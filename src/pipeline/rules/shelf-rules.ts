import type { Bundle } from '../../bundle/bundle.ts'
import type { Arranged, Cap } from '../../core/arrange.ts'
import type { Bitmask } from '../../core/bitmask.ts'
import type { Fold } from '../../core/fold.ts'
import type { ShelfRequest } from '../../core/shelf.ts'
import type { ShopperItems } from '../../core/shopper-items.ts'
import type { Contribution } from '../explain.ts'
import type { ShopperRows } from '../shopper-rows.ts'

/** What rules may look at: one shelf of one shopper. */
export interface RuleContext {
  readonly bundle: Bundle
  readonly fold: Fold
  readonly shopper: ShopperItems
  readonly rows: ShopperRows
  readonly request: ShelfRequest
  readonly now: number
}

/** What the shop's rules say about one shelf. */
export interface ShelfRules {
  /** Rows that it may not show. */
  readonly hidden?: Bitmask | undefined
  readonly boosts?: Boosts | undefined
  readonly caps: readonly Cap[]
  /** What rules add to the score of a row, each with its name; less than nothing where it is buried. */
  contributions(row: number): Contribution[]
  /** Takes the rows that shall be pinned out of what other shelves may show; tells how many they are. */
  claim(limit: number, mask: Bitmask, taken: Set<number>): number
  /** Puts the pinned rows on their places. */
  place(items: Arranged[], scoreOf: (row: number) => number): void
}

/** What is added to scores, in their unit. */
export interface Boosts {
  /** The same sums have the same key. */
  readonly key: string
  addTo(bias: Float32Array): void
}

/** A set of rules, ready for use; its identity stands for its content. */
export type ShopRules = (context: RuleContext) => ShelfRules
