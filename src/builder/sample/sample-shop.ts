import type { EventKind, ItemId } from '../../core/event.ts'
import type { ItemTraits } from './latent.ts'

export interface SampleOptions {
  /** Catalogue rows, 50 to 1,000,000. */
  readonly items: number
  /** Shoppers in the log; three for each item by default, at most 60,000. */
  readonly shoppers?: number
  readonly seed: number
  /** Length of the log in days; 120 by default. */
  readonly days?: number
  /** End of the log, milliseconds since the epoch; 2026-07-01T00:00:00Z by default (no clock is read). */
  readonly until?: number
}

/** A row of the catalogue: one colour of a product. */
export interface SampleItem extends ItemTraits {
  readonly id: ItemId
  /** Id shared by the colours of one product. */
  readonly group: string
  /** Unique among groups; the colours of one group differ in the colour at its end. */
  readonly title: string
  readonly brand: string
  /** Category path, general to special, joined by " > ". */
  readonly category: string
  readonly color: string
  readonly material: string
  readonly price: number
  /** Units in stock; 0 is sold out. */
  readonly stock: number
  readonly description: string
  /** When the shop began to sell it, milliseconds since the epoch. */
  readonly added: number
  /** Latent appeal to everyone, long-tailed; 0 for new items, which no event mentions. */
  readonly appeal: number
}

/** A line of the log. A purchase of several items is several lines with one order. */
export interface SampleEvent {
  readonly user: string
  readonly item?: ItemId
  /** Milliseconds since the epoch, rising along the log. */
  readonly time: number
  readonly event: EventKind
  readonly quantity?: number
  /** Price of one unit. */
  readonly price?: number
  readonly order?: string
  readonly query?: string
}

/** One of the tastes that a shopper mixes. */
export interface SampleTaste {
  /** Name of the way of life that it varies. */
  readonly archetype: string
  /** Part of the shopper's sessions that follow it; a shopper's shares sum to 1. */
  readonly share: number
  /** Liking of product types by index, 0 to 1. */
  readonly types: ReadonlyMap<number, number>
  /** Latent vector, in the order of `latentDimensions`. */
  readonly vector: Float64Array
}

export interface SampleShopper {
  readonly id: string
  readonly tastes: readonly SampleTaste[]
  /** Mean of the tastes' vectors, weighted by share. */
  readonly vector: Float64Array
}

/** What the shop was made from: hidden from whoever learns from the log, known to whoever tests the result. */
export interface SampleTruth {
  /** Names of the latent dimensions: `type:tent`, `style:bold`, `price:premium`, `season:winter`, ... */
  readonly dimensions: readonly string[]
  /**
   * How much a shopper likes an item: the inner product of the shopper's vector and `itemVector(item)`. About 0.7
   * for the best items of a shopper with one taste, 0.15 for an item drawn at random, below 0 for the worst.
   * Throws a RangeError for an item that the shop does not have.
   */
  utility(shopper: SampleShopper, item: ItemId): number
  /** The item's latent vector. */
  itemVector(item: ItemId): Float64Array
  /** The log's shopper number `index`, from 0; its id is `shopper-<index>`. */
  shopper(index: number): SampleShopper
  /** Number of shoppers in the log. */
  readonly shoppers: number
  /**
   * A shopper who is not in the log: one taste, and 20 views drawn from it, each of another item, in order. Views follow
   * the same choice model as the log's: of six items met by appeal, the most liked one, give or take.
   */
  sampleShopper(seed: number): SampleShopper & { readonly views: readonly ItemId[] }
  /** The items that are bought with an item: best first, none to three. */
  companions(item: ItemId): readonly ItemId[]
  /** All pairs (item, companion). */
  companionPairs(): Iterable<readonly [ItemId, ItemId]>
  /** Items whose views rise over the last three weeks of the log. */
  readonly trending: ReadonlySet<ItemId>
  /** Items without any event: added in the last two weeks. */
  readonly fresh: ReadonlySet<ItemId>
}

export interface SampleShop {
  readonly seed: number
  readonly days: number
  /** First and last moment of the log, milliseconds since the epoch; the last one is exclusive. */
  readonly from: number
  readonly until: number
  readonly items: readonly SampleItem[]
  /** The log in order of time, made while it is read: every iteration starts anew and gives the same events. */
  readonly events: Iterable<SampleEvent>
  readonly truth: SampleTruth
}

export const millisecondsPerDay = 86_400_000
