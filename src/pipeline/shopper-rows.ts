import type { Bundle } from '../bundle/bundle.ts'
import { createBitmask, setBit, type Bitmask } from '../core/bitmask.ts'
import type { ItemId } from '../core/event.ts'
import type { ShopperItems } from '../core/shopper-items.ts'

/** The rows of one of the shopper's sets of items; not to be written to. */
export type ShopperRows = (name: keyof ShopperItems) => Bitmask

/** Looks each set up once, when a shelf first asks for it: the shelves of a page share them. */
export function shopperRows(bundle: Bundle, shopper: ShopperItems): ShopperRows {
  const known = new Map<string, Bitmask>()
  return (name) => {
    const rows = known.get(name) ?? rowsOf(bundle, shopper[name].keys())
    known.set(name, rows)
    return rows
  }
}

/** The rows of the items that the bundle knows. */
export function rowsOf(bundle: Bundle, items: Iterable<ItemId>): Bitmask {
  const rows = createBitmask(bundle.table.items)
  for (const item of items) {
    const row = bundle.rowOf(item)
    if (row !== undefined) setBit(rows, row)
  }
  return rows
}
