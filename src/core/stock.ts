import type { ItemId } from './event.ts'

/** What the shop says of an item now; what it leaves out is as the bundle and its availability file say. */
export interface StockChange {
  readonly available?: boolean
  /** In the shop's currency. */
  readonly price?: number
}

/** By item, or by the id of a variant; null takes back what was said before. */
export type StockChanges = Readonly<Record<ItemId, StockChange | null>>
