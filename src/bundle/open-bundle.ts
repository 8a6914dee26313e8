import * as v from 'valibot'
import { createBitmask, type Bitmask } from '../core/bitmask.ts'
import type { Card } from '../core/shelf.ts'
import { words } from '../core/words.ts'
import { WindowshopError } from '../errors.ts'
import type { Bundle } from './bundle.ts'
import { checkFinite, tensorOf } from './columns.ts'
import { indexStrings } from './item-index.ts'
import { rowStride, totalDims, type ItemTable } from './item-table.ts'
import type { Manifest, ManifestFile } from './manifest.ts'
import { decodeTensors, type Tensors } from './safetensors.ts'
import { openStrings, type StringColumn } from './string-column.ts'

export interface OpenBundleOptions {
  /** Content of the availability file; one of another generation is ignored. */
  readonly availability?: Uint8Array
  /** Where the item table shall live; plain typed arrays by default. */
  readonly allocate?: (items: number, dims: readonly number[]) => ItemTable
}

const vocabularySchema = v.strictObject({
  categories: v.array(v.pipe(v.string(), v.maxLength(1024))),
  brands: v.array(v.pipe(v.string(), v.maxLength(1024))),
})

type ItemShard = ManifestFile & { readonly from: number; readonly to: number }

/**
 * Puts verified files together: the head's alone, or those of all tiers. Every number is checked before it is used;
 * throws `bundle-malformed`, `bundle-numbers` or `bundle-unreachable` (a file that is needed is not among `files`).
 */
export function openBundle(
  manifest: Manifest,
  files: ReadonlyMap<string, Uint8Array>,
  { availability, allocate = allocateArrays }: OpenBundleOptions = {},
): Bundle {
  const shardsOf = (...tiers: ManifestFile['tier'][]) =>
    manifest.files.filter((file): file is ItemShard => file.role === 'items' && tiers.includes(file.tier))
  const whole = shardsOf('table', 'display').every((shard) => files.has(shard.url))
  const loaded = whole ? manifest.items : manifest.head
  const decoded = new Map<string, Tensors['tensors']>()
  const tensorsOf = ({ url }: ManifestFile) => {
    const tensors = decoded.get(url) ?? decodeTensors(needed(files, url), url).tensors
    decoded.set(url, tensors)
    return tensors
  }
  const tableShards = whole ? shardsOf('head', 'table') : shardsOf('head')
  const displayShards = whole ? shardsOf('head', 'display') : shardsOf('head')
  const strings = (shards: readonly ItemShard[], name: string): StringColumn =>
    openStrings(
      shards.map((shard) => ({
        lengths: tensorOf(tensorsOf(shard), `${name}.lengths`, Uint16Array, [shard.to - shard.from], shard.url),
        text: tensorOf(tensorsOf(shard), `${name}.text`, Uint8Array, [undefined], shard.url),
      })),
      name,
    )

  const vocabulary = openVocabulary(manifest, files)
  const table = fillTable(manifest, tableShards, tensorsOf, allocate)
  const priorCount = manifest.priors.length
  const priors = new Uint8Array(loaded * priorCount)
  const prices = new Float32Array(loaded)
  const categories = new Uint32Array(loaded)
  const brands = new Uint32Array(loaded)
  for (const shard of tableShards) {
    const { from, to, url } = shard
    const tensors = tensorsOf(shard)
    priors.set(tensorOf(tensors, 'priors', Uint8Array, [to - from, priorCount], url), from * priorCount)
    prices.set(checkFinite(tensorOf(tensors, 'price', Float32Array, [to - from], url), url, 'price'), from)
    categories.set(tensorOf(tensors, 'category', Uint32Array, [to - from], url), from)
    brands.set(tensorOf(tensors, 'brand', Uint32Array, [to - from], url), from)
  }
  checkCodes(categories, vocabulary.categories.length, 'category')
  checkCodes(brands, vocabulary.brands.length, 'brand')
  for (let row = 0; row < loaded; row++) if (prices[row]! < 0) prices[row] = Number.NaN

  const ids = strings(tableShards, 'id')
  const index = indexStrings(ids, 'id')
  const aliases = openAliases(tableShards, tensorsOf)
  const titles = strings(displayShards, 'title')
  const urls = strings(displayShards, 'url')
  const images = strings(displayShards, 'image')
  const neighbours = openNeighbours(manifest, tableShards, tensorsOf)
  const unavailable = applyAvailability(manifest, availability, prices)
  const terms = openTerms(manifest, files)

  return {
    manifest,
    table,
    priors,
    prices,
    categories,
    brands,
    vocabulary,
    unavailable,
    rowOf: remember((item) => index.rowOf(item) ?? aliases.rowOf(item)),
    idOf: ids.at,
    neighbours: neighbours.of,
    textVector: terms.vector,
    card(row): Card {
      const image = images.at(row)
      const price = prices[row]!
      const brand = vocabulary.brands[brands[row]!]
      const category = vocabulary.categories[categories[row]!]
      return {
        id: ids.at(row),
        title: titles.at(row),
        url: urls.at(row),
        currency: manifest.currency,
        ...(image && { image }),
        ...(!Number.isNaN(price) && { price }),
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
      unavailable.byteLength +
      [ids, titles, urls, images, index, aliases, neighbours, terms].reduce((sum, { bytes }) => sum + bytes, 0),
  }
}

function needed(files: ReadonlyMap<string, Uint8Array>, url: string): Uint8Array {
  const bytes = files.get(url)
  if (!bytes) throw new WindowshopError('bundle-unreachable', { where: url, expected: 'the file', got: 'nothing' })
  return bytes
}

function allocateArrays(items: number, dims: readonly number[]): ItemTable {
  const stride = rowStride(dims)
  return { items, dims, stride, rows: new Int8Array(items * stride), scales: new Float32Array(items * dims.length) }
}

function fillTable(
  manifest: Manifest,
  shards: readonly ItemShard[],
  tensorsOf: (file: ManifestFile) => Tensors['tensors'],
  allocate: NonNullable<OpenBundleOptions['allocate']>,
): ItemTable {
  const table = allocate(
    shards.at(-1)!.to,
    manifest.segments.map((segment) => segment.dims),
  )
  const dims = totalDims(table)
  const segments = table.dims.length
  for (const shard of shards) {
    const { from, to, url } = shard
    const codes = tensorOf(tensorsOf(shard), 'rows', Int8Array, [to - from, dims], url)
    if (codes.includes(-128))
      throw new WindowshopError('bundle-numbers', { where: url, column: 'rows', expected: '-127 to 127', got: -128 })
    const scales = checkFinite(
      tensorOf(tensorsOf(shard), 'scales', Float32Array, [to - from, segments], url),
      url,
      'scales',
    )
    if (scales.some((scale) => scale < 0 || scale > 1e6)) {
      throw new WindowshopError('bundle-numbers', { where: url, column: 'scales', expected: '0 to 1e6' })
    }
    for (let row = from; row < to; row++) {
      table.rows.set(codes.subarray((row - from) * dims, (row - from + 1) * dims), row * table.stride)
    }
    table.scales.set(scales, from * segments)
  }
  return table
}

function openVocabulary(manifest: Manifest, files: ReadonlyMap<string, Uint8Array>): Bundle['vocabulary'] {
  const file = manifest.files.find(({ role }) => role === 'vocabulary')
  if (!file)
    throw new WindowshopError('bundle-malformed', { where: 'manifest.json', column: 'files', expected: 'a vocabulary' })
  try {
    return v.parse(vocabularySchema, JSON.parse(new TextDecoder().decode(needed(files, file.url))))
  } catch (error) {
    if (error instanceof WindowshopError) throw error
    throw new WindowshopError(
      'bundle-malformed',
      { where: file.url, expected: 'lists of categories and brands' },
      { cause: error },
    )
  }
}

function checkCodes(codes: Uint32Array, size: number, column: string): void {
  const wrong = codes.find((code) => code >= size)
  if (wrong !== undefined)
    throw new WindowshopError('bundle-malformed', { column, expected: `below ${size}`, got: wrong })
}

function openNeighbours(
  manifest: Manifest,
  shards: readonly ItemShard[],
  tensorsOf: (file: ManifestFile) => Tensors['tensors'],
) {
  const parts = shards.map((shard) => {
    const tensors = tensorsOf(shard)
    const counts = tensorOf(tensors, 'neighbour.counts', Uint8Array, [shard.to - shard.from], shard.url)
    const total = counts.reduce((sum, count) => sum + count, 0)
    return {
      counts,
      rows: tensorOf(tensors, 'neighbour.rows', Uint32Array, [total], shard.url),
      weights: tensorOf(tensors, 'neighbour.weights', Uint8Array, [total], shard.url),
    }
  })
  const size = parts.reduce((sum, part) => sum + part.rows.length, 0)
  const offsets = new Uint32Array(shards.at(-1)!.to + 1)
  const rows = new Uint32Array(size)
  const weights = new Uint8Array(size)
  let row = 0
  let offset = 0
  for (const part of parts) {
    rows.set(part.rows, offset)
    weights.set(part.weights, offset)
    for (const count of part.counts) offsets[++row] = offset += count
  }
  checkCodes(rows, manifest.items, 'neighbour.rows')
  return {
    of: (at: number) => ({
      rows: rows.subarray(offsets[at], offsets[at + 1]),
      weights: weights.subarray(offsets[at], offsets[at + 1]),
    }),
    bytes: offsets.byteLength + rows.byteLength + weights.byteLength,
  }
}

const remembered = 4096

/** The same shopper's items are looked up again and again; hashing their ids each time costs more than all else. */
function remember(rowOf: (item: string) => number | undefined): (item: string) => number | undefined {
  const rows = new Map<string, number | undefined>()
  return (item) => {
    if (!rows.has(item)) {
      if (rows.size === remembered) rows.clear()
      rows.set(item, rowOf(item))
    }
    return rows.get(item)
  }
}

/** Other ids of the rows: variants and SKUs. */
function openAliases(shards: readonly ItemShard[], tensorsOf: (file: ManifestFile) => Tensors['tensors']) {
  const rows: number[] = []
  const parts = shards.map((shard) => {
    const tensors = tensorsOf(shard)
    const counts = tensorOf(tensors, 'alias.counts', Uint8Array, [shard.to - shard.from], shard.url)
    for (const [i, count] of counts.entries()) for (let n = 0; n < count; n++) rows.push(shard.from + i)
    const total = counts.reduce((sum, count) => sum + count, 0)
    return {
      lengths: tensorOf(tensors, 'alias.lengths', Uint16Array, [total], shard.url),
      text: tensorOf(tensors, 'alias.text', Uint8Array, [undefined], shard.url),
    }
  })
  const column = openStrings(parts, 'alias')
  const index = indexStrings(column, 'alias')
  const rowByAlias = Uint32Array.from(rows)
  return {
    rowOf(id: string): number | undefined {
      const at = index.rowOf(id)
      return at === undefined ? undefined : rowByAlias[at]
    },
    bytes: column.bytes + index.bytes + rowByAlias.byteLength,
  }
}

/** Applies changed prices to `prices` and returns the rows that cannot be bought. A file of another generation says nothing. */
function applyAvailability(manifest: Manifest, bytes: Uint8Array | undefined, prices: Float32Array): Bitmask {
  const unavailable = createBitmask(prices.length)
  if (!bytes) return unavailable
  const where = 'availability.safetensors'
  const { tensors, metadata } = decodeTensors(bytes, where)
  if (metadata['generation'] !== manifest.generation) return unavailable
  const bits = tensorOf(tensors, 'unavailable', Uint32Array, [Math.ceil(manifest.items / 32)], where)
  unavailable.set(bits.subarray(0, unavailable.length))
  const rows = tensorOf(tensors, 'price.rows', Uint32Array, [undefined], where)
  const values = checkFinite(
    tensorOf(tensors, 'price.values', Float32Array, [rows.length], where),
    where,
    'price.values',
  )
  checkCodes(rows, manifest.items, 'price.rows')
  for (const [i, row] of rows.entries()) if (row < prices.length) prices[row] = values[i]! < 0 ? Number.NaN : values[i]!
  return unavailable
}

function openTerms(manifest: Manifest, files: ReadonlyMap<string, Uint8Array>) {
  const file = manifest.files.find(({ role }) => role === 'terms')
  const bytes = file && files.get(file.url)
  const dims = manifest.segments.find(({ name }) => name === 'content')?.dims
  if (!bytes || !dims) return { vector: () => undefined, bytes: 0 }
  const { tensors } = decodeTensors(bytes, file.url)
  const lengths = tensorOf(tensors, 'word.lengths', Uint16Array, [undefined], file.url)
  const column = openStrings(
    [{ lengths, text: tensorOf(tensors, 'word.text', Uint8Array, [undefined], file.url) }],
    'word',
  )
  const index = indexStrings(column, 'word')
  const codes = new Int8Array(tensorOf(tensors, 'rows', Int8Array, [column.rows, dims], file.url))
  const scales = new Float32Array(
    checkFinite(tensorOf(tensors, 'scales', Float32Array, [column.rows], file.url), file.url, 'scales'),
  )
  return {
    vector(query: string): Float64Array | undefined {
      const known = words(query).flatMap((word) => index.rowOf(word) ?? [])
      if (known.length === 0) return undefined
      const vector = new Float64Array(dims)
      for (const word of known) {
        for (let d = 0; d < dims; d++) vector[d]! += scales[word]! * codes[word * dims + d]!
      }
      return vector
    },
    bytes: column.bytes + index.bytes + codes.byteLength + scales.byteLength,
  }
}
