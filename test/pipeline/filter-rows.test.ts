import { describe, expect, test } from 'vitest'
import { openBundle } from '../../src/bundle/open-bundle.ts'
import { packAvailability, packBundle } from '../../src/bundle/pack.ts'
import { createBitmask, hasBit, setBit, type Bitmask } from '../../src/core/bitmask.ts'
import type { Filter } from '../../src/core/shelf.ts'
import type { ShopperItems } from '../../src/core/shopper-items.ts'
import { filterRows } from '../../src/pipeline/filter-rows.ts'
import { rowMask } from '../../src/pipeline/row-mask.ts'
import { shopperRows } from '../../src/pipeline/shopper-rows.ts'
import { randomPackInput } from '../support/random-bundle.ts'
import { between, seededRandom } from '../support/seed.ts'

const random = seededRandom('filter-rows')
const pick = <T>(values: readonly T[]): T => values[between(random, 0, values.length - 1)]!
const some = <T>(values: readonly T[]): T[] => values.filter(() => random() < 0.5)

/** What a shop knows of an item, as it wrote it into the bundle. */
interface Item {
  readonly id: string
  readonly category: string
  readonly brand: string
  /** NaN where there is none. */
  readonly price: number
  readonly inStock: boolean
}

/** A shop in which the columns of a row have nothing to do with each other. */
async function openShop(items: number) {
  const made = randomPackInput({ items, random })
  const unavailable = createBitmask(items)
  for (let row = 0; row < items; row++) if (random() < 0.2) setBit(unavailable, row)
  const input = {
    ...made,
    categories: made.categories.map(() => pick(categories)),
    brands: made.brands.map(() => pick(brands)),
    prices: made.prices.map(() => (random() < 0.1 ? Number.NaN : between(random, 0, 40) / 4)),
    unavailable,
  }
  const { manifest, files } = await packBundle(input)
  const bundle = openBundle(manifest, files, { availability: packAvailability(input) })
  const catalogue = Array.from({ length: items }, (_, row): Item => ({
    id: input.ids[row]!,
    category: input.categories[row]!,
    brand: input.brands[row]!,
    price: input.prices[row]!,
    inStock: !hasBit(unavailable, row),
  }))
  const ids = catalogue.map(({ id }) => id)
  const shopper: ShopperItems = {
    viewed: new Map(some(ids).map((item, seq) => [item, { seq, id: item, profile: '', time: 0, kind: 'view_item' }])),
    inCart: new Set(some(ids)),
    purchased: new Set([...some(ids), 'gone']),
    dismissed: new Set(some(ids)),
  }
  return { bundle, catalogue, shopper }
}

const categories = ['', 'Home', 'Home > Lamps', 'Homewares', 'Outdoor', 'Outdoor > Tents', 'Outdoor > Tents > Small']
const brands = ['', 'Alder', 'Birch', 'Cedar']

function randomFilter(depth: number): Filter {
  const filter: { -readonly [name in keyof Filter]: Filter[name] } = {}
  if (random() < 0.25) filter.category = random() < 0.5 ? pick([...categories, 'Nowhere']) : some(categories)
  if (random() < 0.25) filter.brand = random() < 0.5 ? pick([...brands, 'Nobody']) : some(brands)
  if (random() < 0.25) filter.minPrice = between(random, 0, 40) / 4
  if (random() < 0.25) filter.maxPrice = between(random, 0, 40) / 4
  for (const name of ['inStock', 'seen', 'inCart', 'bought'] as const) {
    if (random() < 0.1) filter[name] = random() < 0.5
  }
  if (depth === 0) return filter
  const parts = () => Array.from({ length: between(random, 0, 3) }, () => randomFilter(depth - 1))
  if (random() < 0.3) filter.and = parts()
  if (random() < 0.5) filter.or = parts()
  if (random() < 0.5) filter.not = randomFilter(depth - 1)
  return filter
}

/** The filter's meaning, an item at a time. */
function holds(filter: Filter, item: Item, shopper: ShopperItems): boolean {
  const within = (path: string) => item.category === path || item.category.startsWith(`${path} > `)
  const listed = (value: string | readonly string[]) => (typeof value === 'string' ? [value] : value)
  const inner = (part: Filter) => holds(part, item, shopper)
  return (
    (filter.category === undefined || listed(filter.category).some(within)) &&
    (filter.brand === undefined || listed(filter.brand).includes(item.brand)) &&
    (filter.minPrice === undefined || item.price >= filter.minPrice) &&
    (filter.maxPrice === undefined || item.price <= filter.maxPrice) &&
    (filter.inStock === undefined || item.inStock === filter.inStock) &&
    (filter.seen === undefined || shopper.viewed.has(item.id) === filter.seen) &&
    (filter.inCart === undefined || shopper.inCart.has(item.id) === filter.inCart) &&
    (filter.bought === undefined || shopper.purchased.has(item.id) === filter.bought) &&
    (filter.and ?? []).every(inner) &&
    (filter.or === undefined || filter.or.some(inner)) &&
    (filter.not === undefined || !inner(filter.not))
  )
}

function idsIn(rows: Bitmask, catalogue: readonly Item[]): string[] {
  return catalogue.filter((_, row) => hasBit(rows, row)).map(({ id }) => id)
}

describe('a filter', () => {
  test.each([1, 31, 32, 33, 64, 300])(
    'of %i items holds for those for which its words hold one by one',
    async (items) => {
      const { bundle, catalogue, shopper } = await openShop(items)
      for (let run = 0; run < 300; run++) {
        const filter = randomFilter(3)
        const found = filterRows(bundle, shopperRows(bundle, shopper), filter)
        const expected = catalogue.filter((item) => holds(filter, item, shopper)).map(({ id }) => id)
        expect(idsIn(found, catalogue), JSON.stringify(filter)).toEqual(expected)
        expect(countBits(found), 'bits behind the last row are zero').toBe(expected.length)
      }
    },
  )

  test('does not change what it was asked of', async () => {
    const { bundle, catalogue, shopper } = await openShop(100)
    const rows = shopperRows(bundle, shopper)
    const before = [bundle.unavailable.slice(), rows('viewed').slice(), rows('inCart').slice()]
    const filter: Filter = { inStock: false, seen: false, not: { inCart: true, inStock: true } }
    const first = idsIn(filterRows(bundle, rows, filter), catalogue)
    expect([bundle.unavailable, rows('viewed'), rows('inCart')]).toEqual(before)
    expect(idsIn(filterRows(bundle, rows, filter), catalogue)).toEqual(first)
  })
})

test('the mask of a shelf is what is sold out, hidden, in a set of the shopper, or left out by the filter', async () => {
  for (let run = 0; run < 50; run++) {
    const { bundle, catalogue, shopper } = await openShop(between(random, 1, 120))
    const filter = random() < 0.3 ? undefined : randomFilter(2)
    const sets = some(['dismissed', 'inCart', 'purchased', 'viewed'] as const)
    const items = [...some(catalogue.map(({ id }) => id)).slice(0, 5), 'nobody']
    const mask = rowMask(bundle, shopperRows(bundle, shopper), { sets, items, filter })
    const shown = catalogue.filter(
      (item) =>
        item.inStock &&
        !items.includes(item.id) &&
        !sets.some((name) => shopper[name].has(item.id)) &&
        (filter === undefined || holds(filter, item, shopper)),
    )
    expect(catalogue.filter((_, row) => !hasBit(mask, row))).toEqual(shown)
    expect(countBits(mask)).toBe(catalogue.length - shown.length)
  }
})

function countBits(rows: Bitmask): number {
  return rows.reduce((sum, word) => sum + word.toString(2).replaceAll('0', '').length, 0)
}
