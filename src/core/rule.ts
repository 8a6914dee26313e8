import type { ItemId } from './event.ts'
import type { Filter, Placement } from './shelf.ts'

/** Which items a rule is about: all given conditions must hold, and there is at least one. */
export interface RuleTarget extends Filter {
  readonly items?: readonly ItemId[]
}

/** Groups of shoppers, told by the log of this device alone. */
export const segments = ['new', 'returning', 'customer', 'cart'] as const
/** `new`: has done nothing yet. `returning`: has been here in an earlier session. `customer`: has bought. `cart`: has a cart. */
export type ShopperSegment = (typeof segments)[number]

/** When a rule holds: all given conditions must. */
export interface RuleCondition {
  readonly placement?: Placement | readonly Placement[]
  /** Category of the page: that of the request's item, else the one that its filter names. */
  readonly category?: string | readonly string[]
  readonly segment?: ShopperSegment | readonly ShopperSegment[]
  /** A category that at least three of the shopper's events are about. */
  readonly interest?: string
  /** ISO 8601. A day begins at midnight UTC; `to` as a day includes it, as a moment it is the first one after. */
  readonly from?: string
  readonly to?: string
}

export interface PriceBand {
  readonly min?: number
  readonly max?: number
}

interface Named {
  /** What explanations call it; unique. */
  readonly name: string
  readonly when?: RuleCondition
}

/** One wish of the shop. What each does, and in which order, stands in docs/rules.md. */
export type Rule = Named &
  (
    | { readonly pin: readonly ItemId[]; readonly at?: number }
    | { readonly boost: RuleTarget; readonly by: number }
    | { readonly bury: RuleTarget; readonly by: number }
    | { readonly hide: RuleTarget }
    | { readonly cap: number; readonly per: 'category' | 'brand'; readonly of?: RuleTarget }
    | { readonly price: PriceBand }
    /** As shares of the price of the page's item. */
    | { readonly priceRatio: PriceBand }
  )
