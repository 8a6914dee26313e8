import type { Bundle } from '../../src/bundle/bundle.ts'
import { openBundle } from '../../src/bundle/open-bundle.ts'
import { packBundle } from '../../src/bundle/pack.ts'
import { createRandom, normal } from '../../src/core/random.ts'
import { defaultSettings } from '../../src/core/settings.ts'
import { allocateTable } from '../../src/scoring/allocate-table.ts'

const dims = [40, 24] as const
const neighbours = 12

/** A bundle of random vectors, `item-0` to `item-(items - 1)`, opened as the worker opens one. */
export async function madeShop(items: number, seed: number): Promise<Bundle> {
  const random = createRandom(seed)
  const each = <T>(value: (row: number) => T): T[] => Array.from({ length: items }, (_, row) => value(row))
  const vectors = (size: number) => Float32Array.from({ length: items * size }, () => normal(random) / Math.sqrt(size))
  const shares = () => Float32Array.from(each(() => random()))
  const { manifest, files } = await packBundle({
    shop: 'Made',
    currency: 'EUR',
    locale: 'en',
    generation: '0123456789abcdef',
    settings: defaultSettings,
    data: { items },
    quality: {},
    head: items,
    segments: [
      { name: 'collaborative', dims: dims[0], rows: vectors(dims[0]) },
      { name: 'content', dims: dims[1], rows: vectors(dims[1]) },
    ],
    priors: { popularity: shares(), trend: shares(), newness: shares() },
    ids: each((row) => `item-${row}`),
    aliases: each(() => []),
    titles: each((row) => `Item ${row}`),
    urls: each((row) => `/items/${row}`),
    images: each((row) => `/pictures/${row}.jpg`),
    prices: Float32Array.from(each(() => 100 * random())),
    categories: each((row) => `Group ${row % 20} > Kind ${row % 400}`),
    brands: each((row) => `Brand ${row % 150}`),
    neighbours: {
      offsets: Uint32Array.from({ length: items + 1 }, (_, row) => row * neighbours),
      rows: Uint32Array.from(
        { length: items * neighbours },
        (_, i) => (Math.floor(i / neighbours) + 1 + (i % neighbours)) % items,
      ),
      weights: Float32Array.from({ length: items * neighbours }, (_, i) => 1 / (1 + (i % neighbours))),
    },
    terms: { words: ['lamp'], rows: new Float32Array(dims[1]).fill(1) },
  })
  return openBundle(manifest, files, { allocate: allocateTable })
}
