import type { Bundle } from '../bundle/bundle.ts'
import { complement, unite, type Bitmask } from '../core/bitmask.ts'
import type { ItemId } from '../core/event.ts'
import type { Filter } from '../core/shelf.ts'
import type { ShopperItems } from '../core/shopper-items.ts'
import { filterRows } from './filter-rows.ts'
import { rowsOf, type ShopperRows } from './shopper-rows.ts'

export interface Hidden {
  readonly sets: readonly (keyof ShopperItems)[]
  readonly items: Iterable<ItemId>
  readonly filter?: Filter | undefined
}

/** Rows that may not be shown: those that cannot be bought, the shopper's sets, the given items, and all that a filter leaves out. */
export function rowMask(bundle: Bundle, shopper: ShopperRows, { sets, items, filter }: Hidden): Bitmask {
  const mask = rowsOf(bundle, items)
  unite(mask, bundle.unavailable)
  for (const name of sets) unite(mask, shopper(name))
  if (filter) {
    const rows = filterRows(bundle, shopper, filter)
    complement(rows, bundle.table.items)
    unite(mask, rows)
  }
  return mask
}
