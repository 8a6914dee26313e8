import type { Bundle } from '../../bundle/bundle.ts'
import type { Cap } from '../../core/arrange.ts'
import type { Bitmask } from '../../core/bitmask.ts'
import type { Fold } from '../../core/fold.ts'
import type { ShelfRequest } from '../../core/shelf.ts'
import type { ShopperItems } from '../../core/shopper-items.ts'
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
  readonly hidden?: Bitmask
  readonly boosts?: Boosts
  /** In order of precedence. */
  readonly pins: readonly Pin[]
  readonly caps: readonly Cap[]
}

/** What is added to scores, in their unit. */
export interface Boosts {
  /** The same sums have the same key. */
  readonly key: string
  /** By rule, what a row gets; negative where it is buried. */
  of(row: number): readonly { readonly rule: string; readonly by: number }[]
  addTo(bias: Float32Array): void
}

export interface Pin {
  readonly row: number
  /** Place on the shelf, from 0. */
  readonly at: number
  readonly rule: string
}

/** A set of rules, ready for use; its identity stands for its content. */
export type ShopRules = (context: RuleContext) => ShelfRules
