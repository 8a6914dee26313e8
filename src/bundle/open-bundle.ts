import { createBitmask } from '../core/bitmask.ts'
import type { Card } from '../core/shelf.ts'
import type { Bundle } from './bundle.ts'
import { checkCodes, checkFinite, tensorOf } from './columns.ts'
import { openShards } from './item-shards.ts'
import type { Manifest } from './manifest.ts'
import { applyAvailability } from './open-availability.ts'
import { openIds } from './open-ids.ts'
import { openNeighbours } from './open-neighbours.ts'
import { openTable, type AllocateTable } from './open-table.ts'
import { openTerms } from './open-terms.ts'
import { openVocabulary } from './open-vocabulary.ts'

export interface OpenBundleOptions {
  /** Content of the availability file; one of another generation is ignored. */
  readonly availability?: Uint8Array
  /** Where the item table shall live; plain typed arrays by default. */
  readonly allocate?: AllocateTable
}

/**
 * Puts verified files together: the head's alone, or those of all tiers. Every number is checked before it is used;
 * throws `bundle-malformed`, `bundle-numbers` or `bundle-unreachable` (a file that is needed is not among `files`).
 */
export function openBundle(
  manifest: Manifest,
  files: ReadonlyMap<string, Uint8Array>,
  { availability, allocate }: OpenBundleOptions = {},
): Bundle {
  const shards = openShards(manifest, files)
  const { rows, tensorsOf } = shards
  const vocabulary = openVocabulary(manifest, files)
  const table = openTable(manifest, shards, allocate)
  const priorCount = manifest.priors.length
  const priors = new Uint8Array(rows * priorCount)
  const prices = new Float32Array(rows)
  const categories = new Uint32Array(rows)
  const brands = new Uint32Array(rows)
  for (const shard of shards.table) {
    const { from, to, url } = shard
    const tensors = tensorsOf(shard)
    priors.set(tensorOf(tensors, 'priors', Uint8Array, [to - from, priorCount], url), from * priorCount)
    prices.set(checkFinite(tensorOf(tensors, 'price', Float32Array, [to - from], url), url, 'price'), from)
    categories.set(tensorOf(tensors, 'category', Uint32Array, [to - from], url), from)
    brands.set(tensorOf(tensors, 'brand', Uint32Array, [to - from], url), from)
  }
  checkCodes(categories, vocabulary.categories.length, 'category')
  checkCodes(brands, vocabulary.brands.length, 'brand')
  for (let row = 0; row < rows; row++) if (prices[row]! < 0) prices[row] = Number.NaN

  const ids = openIds(shards)
  const titles = shards.strings(shards.display, 'title')
  const urls = shards.strings(shards.display, 'url')
  const images = shards.strings(shards.display, 'image')
  const neighbours = openNeighbours(manifest, shards)
  const stock = { manifest, prices, unavailable: createBitmask(rows), builtPrices: new Map<number, number>() }
  if (availability) applyAvailability(stock, availability)
  const terms = openTerms(manifest, files)

  return {
    ...stock,
    table,
    priors,
    categories,
    brands,
    vocabulary,
    rowOf: ids.rowOf,
    idOf: ids.idOf,
    neighbours: neighbours.of,
    textVector: terms.vector,
    card(row): Card {
      const image = images.at(row)
      const price = prices[row]!
      const brand = vocabulary.brands[brands[row]!]
      const category = vocabulary.categories[categories[row]!]
      return {
        id: ids.idOf(row),
        title: titles.at(row),
        url: urls.at(row),
        currency: manifest.currency,
        ...(image && { image }),
        // Float32 holds seven digits of it: 23.72, not 23.719999.
        ...(!Number.isNaN(price) && { price: Math.round(price * 1e4) / 1e4 }),
        ...(brand && { brand }),
        ...(category && { category }),
      }
    },
    bytes:
      table.rows.byteLength +
      table.scales.byteLength +
      priors.byteLength +
      prices.byteLength +
      categories.byteLength +
      brands.byteLength +
      stock.unavailable.byteLength +
      [ids, titles, urls, images, neighbours, terms].reduce((sum, { bytes }) => sum + bytes, 0),
  }
}
