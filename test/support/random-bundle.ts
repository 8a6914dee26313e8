import type { PackInput } from '../../src/bundle/pack.ts'
import { normal, type Random } from '../../src/core/random.ts'
import { defaultSettings } from '../../src/core/settings.ts'

export interface RandomShop {
  readonly items: number
  readonly head?: number
  readonly dims?: readonly [collaborative: number, content: number]
  readonly random: Random
}

/** A made-up shop of random vectors: item `i` is called `item-i`, in one of five categories and four brands. */
export function randomPackInput({ items, head = items, dims = [16, 8], random }: RandomShop): PackInput {
  const each = <T>(value: (row: number) => T): T[] => Array.from({ length: items }, (_, row) => value(row))
  const vectors = (size: number) => Float32Array.from({ length: items * size }, () => normal(random) / Math.sqrt(size))
  const neighbourCount = Math.min(3, items - 1)
  return {
    shop: 'Random',
    currency: 'EUR',
    locale: 'en',
    generation: '0123456789abcdef',
    settings: defaultSettings,
    data: { items },
    quality: {},
    head,
    segments: [
      { name: 'collaborative', dims: dims[0], rows: vectors(dims[0]) },
      { name: 'content', dims: dims[1], rows: vectors(dims[1]) },
    ],
    priors: {
      popularity: Float32Array.from(each((row) => 1 - Math.log(1 + row) / Math.log(1 + items))),
      trend: Float32Array.from(each(random)),
      newness: Float32Array.from(each(random)),
    },
    ids: each((row) => `item-${row}`),
    aliases: each((row) => (row % 3 ? [] : [`variant-${row}-a`, `variant-${row}-b`])),
    titles: each((row) => `Item ${row} \u{1f3d5}`),
    urls: each((row) => `/items/${row}`),
    images: each((row) => (row % 7 ? `/pictures/${row}.svg` : '')),
    prices: Float32Array.from(each((row) => (row % 11 ? 1 + row / 4 : Number.NaN))),
    categories: each((row) => ['', 'Home', 'Home > Lamps', 'Outdoor', 'Outdoor > Tents'][row % 5]!),
    brands: each((row) => ['', 'Alder', 'Birch', 'Cedar'][row % 4]!),
    neighbours: {
      offsets: Uint32Array.from({ length: items + 1 }, (_, row) => row * neighbourCount),
      rows: Uint32Array.from({ length: items * neighbourCount }, (_, i) => {
        const row = Math.floor(i / neighbourCount)
        return (row + 1 + (i % neighbourCount)) % items
      }),
      weights: Float32Array.from({ length: items * neighbourCount }, (_, i) => 1 / (1 + (i % neighbourCount))),
    },
    terms: { words: ['lamp', 'tent', 'zelt'], rows: Float32Array.from({ length: 3 * dims[1] }, () => normal(random)) },
  }
}
