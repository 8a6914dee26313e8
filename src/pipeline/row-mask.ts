import type { Bundle } from '../bundle/bundle.ts'
import { setBit, type Bitmask } from '../core/bitmask.ts'
import type { ItemId } from '../core/event.ts'
import type { Filter } from '../core/shelf.ts'
import { isWithin } from './event-vectors.ts'

/** Rows that may not be shown: those that cannot be bought, the given items, and all that a filter leaves out. */
export function rowMask(bundle: Bundle, hidden: Iterable<ItemId>, filter: Filter = {}): Bitmask {
  const mask = bundle.unavailable.slice()
  for (const item of hidden) {
    const row = bundle.rowOf(item)
    if (row !== undefined) setBit(mask, row)
  }
  const passes = filterOf(bundle, filter)
  if (passes) for (let row = 0; row < bundle.table.items; row++) if (!passes(row)) setBit(mask, row)
  return mask
}

function filterOf(
  bundle: Bundle,
  { category, brand, minPrice, maxPrice }: Filter,
): ((row: number) => boolean) | undefined {
  const { vocabulary, categories, brands, prices } = bundle
  const tests: ((row: number) => boolean)[] = []
  if (category !== undefined) {
    const inside = vocabulary.categories.map((path) => isWithin(path, category))
    tests.push((row) => inside[categories[row]!]!)
  }
  if (brand !== undefined) {
    const code = vocabulary.brands.indexOf(brand)
    tests.push((row) => brands[row] === code)
  }
  if (minPrice !== undefined) tests.push((row) => prices[row]! >= minPrice)
  if (maxPrice !== undefined) tests.push((row) => prices[row]! <= maxPrice)
  return tests.length > 0 ? (row) => tests.every((test) => test(row)) : undefined
}
