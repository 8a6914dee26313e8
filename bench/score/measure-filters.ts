import type { Bundle } from '../../src/bundle/bundle.ts'
import { createBitmask, hasBit, setBit } from '../../src/core/bitmask.ts'
import { createRandom } from '../../src/core/random.ts'
import type { Filter } from '../../src/core/shelf.ts'
import { filterRows } from '../../src/pipeline/filter-rows.ts'

export interface FilterRow {
  readonly name: string
  readonly median_ms: number
  readonly p95_ms: number
  /** Of the items. */
  readonly held: number
}

const RUNS = 200
const CATEGORIES = 400
const BRANDS = 150

const filters: Record<string, Filter> = {
  equals: { brand: 'Brand 7' },
  in: { category: ['Group 1', 'Group 2', 'Group 3 > Kind 33'] },
  range: { minPrice: 20, maxPrice: 80 },
  'in stock': { inStock: true },
  'not seen': { not: { seen: true } },
  'in and range': { category: 'Group 4', minPrice: 10, maxPrice: 60 },
  'or of two': { or: [{ maxPrice: 15 }, { brand: ['Brand 1', 'Brand 2'] }] },
  'everything at once': {
    minPrice: 5,
    inStock: true,
    and: [{ not: { bought: true } }, { not: { inCart: true } }],
    or: [{ category: ['Group 1', 'Group 5'] }, { brand: 'Brand 3', maxPrice: 90 }],
    not: { category: 'Group 1 > Kind 11' },
  },
}

/** How long it takes to turn a filter into a bitmap of the rows for which it holds. */
export function measureFilters(items: number): FilterRow[] {
  const random = createRandom(1)
  const below = (n: number) => Uint32Array.from({ length: items }, () => Math.floor(random() * n))
  const some = (share: number) => {
    const rows = createBitmask(items)
    for (let row = 0; row < items; row++) if (random() < share) setBit(rows, row)
    return rows
  }
  const bundle = {
    vocabulary: {
      categories: Array.from({ length: CATEGORIES }, (_, i) => `Group ${i % 10} > Kind ${i}`),
      brands: Array.from({ length: BRANDS }, (_, i) => `Brand ${i}`),
    },
    categories: below(CATEGORIES),
    brands: below(BRANDS),
    prices: Float32Array.from({ length: items }, () => (random() < 0.02 ? -1 : 100 * random())),
    unavailable: some(0.1),
    table: { items },
  } as unknown as Bundle
  const sets = some(0.01)
  const shopper = () => sets
  return Object.entries(filters).map(([name, filter]) => {
    const times: number[] = []
    let found = createBitmask(items)
    for (let run = 0; run < RUNS; run++) {
      const start = performance.now()
      found = filterRows(bundle, shopper, filter)
      times.push(performance.now() - start)
    }
    // The first ones are interpreted.
    const counted = times.slice(RUNS / 4).sort((a, b) => a - b)
    const quantile = (q: number) => counted[Math.floor((counted.length - 1) * q)]!
    let held = 0
    for (let row = 0; row < items; row++) held += Number(hasBit(found, row))
    return { name, median_ms: quantile(0.5), p95_ms: quantile(0.95), held: held / items }
  })
}
