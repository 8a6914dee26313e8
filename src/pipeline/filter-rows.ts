import type { Bundle } from '../bundle/bundle.ts'
import { complement, createBitmask, intersect, unite, type Bitmask } from '../core/bitmask.ts'
import type { Filter } from '../core/shelf.ts'
import { isWithin } from './event-vectors.ts'
import type { ShopperRows } from './shopper-rows.ts'

const shopperSets = [
  ['seen', 'viewed'],
  ['inCart', 'inCart'],
  ['bought', 'purchased'],
] as const

/** The loaded rows for which a filter holds: each condition one pass over its column, joined a word of 32 rows at a time. */
export function filterRows(bundle: Bundle, shopper: ShopperRows, filter: Filter): Bitmask {
  const { vocabulary, categories, brands, prices, unavailable, table } = bundle
  const { category, brand, minPrice = -Infinity, maxPrice = Infinity } = filter
  const inner = (part: Filter) => filterRows(bundle, shopper, part)
  const found = createBitmask(table.items)
  complement(found, table.items)

  const keep = (rows: Bitmask, held = true) => {
    if (!held) complement(rows, table.items)
    intersect(found, rows)
  }
  if (category !== undefined) {
    const wanted = [category].flat()
    const holds = vocabulary.categories.map((path) => wanted.some((ancestor) => isWithin(path, ancestor)))
    keep(ofCodes(categories, holds))
  }
  if (brand !== undefined) {
    const wanted = new Set([brand].flat())
    keep(
      ofCodes(
        brands,
        vocabulary.brands.map((name) => wanted.has(name)),
      ),
    )
  }
  if (minPrice > -Infinity || maxPrice < Infinity) keep(ofRange(prices, minPrice, maxPrice))
  if (filter.inStock !== undefined) keep(unavailable.slice(), !filter.inStock)
  for (const [name, set] of shopperSets) {
    const held = filter[name]
    if (held !== undefined) keep(shopper(set).slice(), held)
  }
  for (const part of filter.and ?? []) keep(inner(part))
  if (filter.or) {
    const any = createBitmask(table.items)
    for (const part of filter.or) unite(any, inner(part))
    keep(any)
  }
  if (filter.not) keep(inner(filter.not), false)
  return found
}

/**
 * Rows whose code is one of those that hold. Without a branch a row: which way it goes cannot be foreseen. Shifts count
 * modulo 32.
 */
function ofCodes(codes: Uint32Array, holds: readonly boolean[]): Bitmask {
  const bits = Uint8Array.from(holds, Number)
  const found = createBitmask(codes.length)
  for (let row = 0; row < codes.length;) {
    const word = row >>> 5
    let held = 0
    for (const end = Math.min(row + 32, codes.length); row < end; row++) held |= bits[codes[row]!]! << row
    found[word] = held
  }
  return found
}

/** Rows whose value lies within both ends. */
function ofRange(values: Float32Array, min: number, max: number): Bitmask {
  const found = createBitmask(values.length)
  for (let row = 0; row < values.length;) {
    const word = row >>> 5
    let held = 0
    for (const end = Math.min(row + 32, values.length); row < end; row++) {
      const value = values[row]!
      held |= (Number(value >= min) & Number(value <= max)) << row
    }
    found[word] = held
  }
  return found
}
