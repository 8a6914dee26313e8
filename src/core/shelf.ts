import type { ErrorCode } from '../errors.ts'
import type { EventRecord, ItemId } from './event.ts'
import type { Settings } from './settings.ts'

/** What a card shows. Strings are the shop's data: text, never markup; urls are http(s) or relative. */
export interface Card {
  readonly id: ItemId
  readonly title: string
  readonly url: string
  readonly image?: string
  /** In `currency`, absent when the shop gave none. */
  readonly price?: number
  /** ISO 4217. */
  readonly currency: string
  readonly brand?: string
  /** Category path, general to special, joined by " > ". */
  readonly category?: string
}

/** The lists that a page can ask for. */
export const placements = [
  'for-you',
  'similar',
  'bought-together',
  'trending',
  'new',
  'recently-viewed',
  'buy-again',
  'because-you-viewed',
  'cart',
] as const

export type Placement = (typeof placements)[number]

/**
 * Narrows a shelf to rows of the catalogue. All given conditions must hold, so an object is an "and", and the empty one
 * holds for every item.
 */
export interface Filter {
  /** A category path or the beginning of one, or several of them: "Outdoor" covers "Outdoor > Tents". */
  readonly category?: string | readonly string[]
  /** A brand, or one of several; "" is an item without one. */
  readonly brand?: string | readonly string[]
  /** Inclusive, in the shop's currency; an item without a price has neither. */
  readonly minPrice?: number
  readonly maxPrice?: number
  /** Whether it can be bought now. What cannot is not shown, so this says something inside `or` and `not` alone. */
  readonly inStock?: boolean
  /** Whether the shopper has looked at it, has it in the cart, has bought it and not returned it. */
  readonly seen?: boolean
  readonly inCart?: boolean
  readonly bought?: boolean
  /** All of these hold. */
  readonly and?: readonly Filter[]
  /** At least one of these holds; of none, none does. */
  readonly or?: readonly Filter[]
  /** This does not hold: the exact complement, so `{ not: { minPrice: 10 } }` holds for an item without a price. */
  readonly not?: Filter
}

export interface ShelfRequest {
  readonly placement: Placement
  /** The item of the page, for `similar` and `bought-together`. */
  readonly item?: ItemId
  /** The cart, for `cart` and `bought-together`; absent: what the log says is in it. */
  readonly items?: readonly ItemId[]
  /** 1 to 100; 8 by default. */
  readonly limit?: number
  readonly filter?: Filter
  /** Items that must not stand on this shelf. */
  readonly exclude?: readonly ItemId[]
  /** Overrides of the bundle's settings, for this shelf only. */
  readonly settings?: Partial<Settings>
  /** BCP 47: how prices are written; the bundle's own language by default. */
  readonly language?: string
  /** At most this many reasons per item, the smaller ones summed up in one; 1 to 1,000, 12 by default. */
  readonly reasons?: number
}

/** Why an item stands here: one event, prior or piece of context, with its share of what spoke for the item. */
export interface Reason {
  /**
   * `event`: an event of the shopper. `repeat`: the bonus for an item of this very session. `prior`: what holds for every
   * shopper, and `price`: that the item costs about what the shopper's others do. `context`: the item asked about. `rule`: a wish of the shop. `rest`: all smaller contributions together.
   */
  readonly kind: 'event' | 'repeat' | 'prior' | 'context' | 'rule' | 'rest'
  /** The event's id in the log; the prior's name (popularity, trend, newness, price); the item asked about; the rule's name; how many are in `rest`. */
  readonly id: string
  /** What was done, and with which item. */
  readonly event?: Pick<EventRecord, 'kind' | 'time' | 'item'>
  /** Title of the item, or the words of the search. */
  readonly title?: string
  /** Contribution to the retrieval score; all of an item's reasons sum to it. */
  readonly contribution: number
  /** Contribution divided by the sum of the positive ones: -1 to 1 and, for strong objections, below. */
  readonly share: number
}

export interface ShelfItem {
  readonly card: Card
  /** The card's price as the request's language writes it; absent when there is none. */
  readonly price?: string
  /** Retrieval score (for neighbour placements: the neighbours' strength). */
  readonly score: number
  /** Contributions, largest first. They sum to `score`. */
  readonly reasons: readonly Reason[]
  /** What else moved the item away from its place by score. */
  readonly moved: readonly ('diversity' | 'cap' | 'pin')[]
  /** Names of the shop's rules that pinned it, or made room for it; those on its score are among the reasons. */
  readonly rules?: readonly string[]
}

export interface Shelf {
  readonly placement: Placement
  readonly items: readonly ShelfItem[]
  /** Rises with every change of the log, and with everything that the shop says of rules and stock. */
  readonly version: number
  /** Share of the catalogue's rows that were scored, 0 to 1. */
  readonly coverage: number
}

/** The shop's own HTML should stay, and why. */
export interface Fallback {
  readonly fallback: ErrorCode | 'no-bundle' | 'no-items'
  /** Of a malformed request: what was expected and what was got. */
  readonly reason?: string
}

export type ShelfAnswer = Shelf | Fallback
