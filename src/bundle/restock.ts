import { clearBit, setBit } from '../core/bitmask.ts'
import type { StockChanges } from '../core/stock.ts'
import type { Bundle } from './bundle.ts'
import { applyAvailability, setPrice } from './open-availability.ts'

export interface News {
  /** Content of the availability file. */
  readonly availability?: Uint8Array | undefined
  /** What the page has said since; it overrules the file. */
  readonly changes: StockChanges
}

/** Brings stock and prices of a loaded bundle up to date, from what the build said on: what is no longer said is gone. */
export function restock(bundle: Bundle, { availability, changes }: News): void {
  const { prices, unavailable, builtPrices } = bundle
  for (const [row, price] of builtPrices) prices[row] = price
  builtPrices.clear()
  unavailable.fill(0)
  if (availability) applyAvailability(bundle, availability)
  for (const [item, change] of Object.entries(changes)) {
    const row = bundle.rowOf(item)
    if (row === undefined || !change) continue
    if (change.available !== undefined) (change.available ? clearBit : setBit)(unavailable, row)
    if (change.price !== undefined) setPrice(bundle, row, change.price)
  }
}
