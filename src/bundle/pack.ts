import type { Bitmask } from '../core/bitmask.ts'
import type { Settings } from '../core/settings.ts'
import { WindowshopError } from '../errors.ts'
import { totalDims } from './item-table.ts'
import { limits, parseManifest, type Manifest, type ManifestFile } from './manifest.ts'
import { quantiseRows } from './quantise.ts'
import { encodeTensors, type Tensor } from './safetensors.ts'
import { encodeStrings } from './string-column.ts'
import { sha256 } from './verify-file.ts'

/** Everything that a bundle is made of, as plain columns over items in row order (best sellers first). */
export interface PackInput {
  readonly shop: string
  readonly currency: string
  readonly locale: string
  /** 16 hex digits. */
  readonly generation: string
  /** Number of the build in its generation, 0 by default. */
  readonly sequence?: number
  readonly settings: Settings
  readonly data: Readonly<Record<string, number | string>>
  readonly quality: Readonly<Record<string, number | string>>
  /** Rows of the head tier, 1 to items. */
  readonly head: number
  /** One or two segments; rows are items x dims, row-major, finite; they are quantised here. */
  readonly segments: readonly {
    readonly name: 'collaborative' | 'content'
    readonly dims: number
    readonly rows: Float32Array | Float64Array
  }[]
  /** Prior columns, 0 to 1. */
  readonly priors: Readonly<Partial<Record<'popularity' | 'trend' | 'newness', Float32Array>>>
  readonly ids: readonly string[]
  /** Other ids of a row (its variants, its SKUs), at most 255 a row; no id may stand for two rows. */
  readonly aliases?: readonly (readonly string[])[]
  readonly titles: readonly string[]
  /** http(s) or relative to the page. */
  readonly urls: readonly string[]
  /** Empty where there is no picture. */
  readonly images: readonly string[]
  /** NaN where there is none. */
  readonly prices: Float32Array
  /** Paths joined by " > ", empty where unknown. */
  readonly categories: readonly string[]
  readonly brands: readonly string[]
  /** Compressed sparse rows: neighbours of row i are rows[offsets[i]] to rows[offsets[i + 1] - 1], strongest first. */
  readonly neighbours: { readonly offsets: Uint32Array; readonly rows: Uint32Array; readonly weights: Float32Array }
  /** Word vectors in the content segment, words x dims; words and n-grams as `core/words.ts` cuts them, unique; their sum over a text is its vector. */
  readonly terms?: { readonly words: readonly string[]; readonly rows: Float32Array | Float64Array }
  /** Rows that cannot be bought now. */
  readonly unavailable?: Bitmask
  /** Categories and brands of an older bundle, whose indices stay what they were. */
  readonly vocabulary?: { readonly categories: readonly string[]; readonly brands: readonly string[] }
  /** What weighs the events of a session, a TensorFlow.js model: its weights, and `model.json` for when they have names. */
  readonly encoder?: {
    readonly kind: 'windowshop' | 'foreign'
    readonly length: number
    readonly weights: Uint8Array<ArrayBuffer>
    readonly json: (paths: readonly string[]) => unknown
  }
}

/** Room for a shard's header. */
const shardSlack = 1 << 16

/** Lays out a bundle. The same input gives the same bytes; files are named after their content. */
export async function packBundle(
  input: PackInput,
): Promise<{ manifest: Manifest; files: Map<string, Uint8Array<ArrayBuffer>> }> {
  check(input)
  const files = new Map<string, Uint8Array<ArrayBuffer>>()
  const entries: ManifestFile[] = []
  const add: Add = async (name, bytes, entry) => {
    const digest = await sha256(bytes)
    const [stem, extension] = name.split('.')
    const url = `${stem}.${digest.slice(0, 12)}.${extension}`
    files.set(url, bytes)
    entries.push({ url, bytes: bytes.length, sha256: digest, ...entry })
    return url
  }

  const columns = prepare(input)
  const items = input.ids.length
  await add('vocabulary.json', new TextEncoder().encode(JSON.stringify(columns.vocabulary)), {
    role: 'vocabulary',
    tier: 'head',
  })
  for (const [from, to] of split(0, input.head, (row) => columns.tableBytes(row) + columns.displayBytes(row))) {
    const tensors = { ...columns.table(from, to), ...columns.display(from, to) }
    await add('head.safetensors', encodeTensors(tensors), { role: 'items', tier: 'head', from, to })
  }
  for (const [from, to] of split(input.head, items, columns.tableBytes)) {
    await add(`table-${from}.safetensors`, encodeTensors(columns.table(from, to)), {
      role: 'items',
      tier: 'table',
      from,
      to,
    })
  }
  for (const [from, to] of split(input.head, items, columns.displayBytes)) {
    await add(`display-${from}.safetensors`, encodeTensors(columns.display(from, to)), {
      role: 'items',
      tier: 'display',
      from,
      to,
    })
  }
  if (columns.terms) await add('terms.safetensors', encodeTensors(columns.terms), { role: 'terms', tier: 'display' })
  const encoder = input.encoder && (await addEncoder(input.encoder, add))

  const content: Omit<Manifest, 'format' | 'bundle'> = {
    generation: input.generation,
    sequence: input.sequence ?? 0,
    shop: input.shop,
    currency: input.currency,
    locale: input.locale,
    items,
    head: input.head,
    segments: input.segments.map(({ name, dims }) => ({ name, dims })),
    dtype: 'int8',
    priors: columns.priorNames,
    files: entries,
    ...(encoder && { encoder }),
    availability: { url: 'availability.safetensors' },
    settings: {
      ...input.settings,
      strengths: { ...input.settings.strengths },
      repeatBonus: [...input.settings.repeatBonus],
    },
    data: { ...input.data },
    quality: { ...input.quality },
  }
  const json = await sealManifest(content)
  files.set('availability.safetensors', packAvailability(input))
  files.set('manifest.json', new TextEncoder().encode(json))
  return { manifest: parseManifest(json), files }
}

type Add = (
  name: string,
  bytes: Uint8Array<ArrayBuffer>,
  entry: Omit<ManifestFile, 'url' | 'bytes' | 'sha256'>,
) => Promise<string>

/** The weights in files below the limit of a shard, then the model that names them. */
async function addEncoder(
  { kind, length, weights, json }: NonNullable<PackInput['encoder']>,
  add: Add,
): Promise<Manifest['encoder']> {
  const paths: string[] = []
  for (let at = 0; at < weights.length; at += limits.shardBytes) {
    const part = weights.slice(at, at + limits.shardBytes)
    paths.push(await add(`weights-${at}.bin`, part, { role: 'weights', tier: 'models' }))
  }
  const text = new TextEncoder().encode(JSON.stringify(json(paths)))
  return { model: await add('model.json', text, { role: 'model', tier: 'models' }), kind, length }
}

/** A manifest's JSON, under the id that its content has. */
export async function sealManifest(content: Omit<Manifest, 'format' | 'bundle'>): Promise<string> {
  const bundle = (await sha256(new TextEncoder().encode(JSON.stringify(content)))).slice(0, 16)
  return JSON.stringify({ format: 'windowshop/1', bundle, ...content })
}

/** The availability file: what is sold out, and prices that changed since the bundle was built. */
export function packAvailability({
  generation,
  ids,
  unavailable,
  changedPrices = new Map(),
}: Pick<PackInput, 'generation' | 'ids' | 'unavailable'> & {
  /** New price by row. */
  readonly changedPrices?: ReadonlyMap<number, number>
}): Uint8Array<ArrayBuffer> {
  const rows = [...changedPrices.keys()].sort((a, b) => a - b)
  const bits = unavailable ?? new Uint32Array(Math.ceil(ids.length / 32))
  return encodeTensors(
    {
      unavailable: { shape: [bits.length], data: bits },
      'price.rows': { shape: [rows.length], data: Uint32Array.from(rows) },
      'price.values': { shape: [rows.length], data: Float32Array.from(rows, (row) => changedPrices.get(row)!) },
    },
    { generation },
  )
}

function check({ ids, head, segments, neighbours, ...columns }: PackInput): void {
  const items = ids.length
  const expect = (column: string, expected: string | number, got: string | number) => {
    if (expected !== got) throw new WindowshopError('bundle-malformed', { where: 'packBundle', column, expected, got })
  }
  if (items < 1 || items > limits.items)
    throw new WindowshopError('bundle-limits', { where: 'items', expected: `1 to ${limits.items}`, got: items })
  if (head < 1 || head > items)
    throw new WindowshopError('bundle-limits', { where: 'head', expected: `1 to ${items}`, got: head })
  for (const { name, dims, rows } of segments) {
    expect(name, items * dims, rows.length)
    if (!rows.every(Number.isFinite))
      throw new WindowshopError('bundle-numbers', { where: name, expected: 'finite numbers' })
  }
  for (const name of ['titles', 'urls', 'images', 'prices', 'categories', 'brands'] as const)
    expect(name, items, columns[name].length)
  for (const [name, column] of Object.entries(columns.priors)) expect(name, items, column.length)
  if (columns.aliases) expect('aliases', items, columns.aliases.length)
  expect('neighbours.offsets', items + 1, neighbours.offsets.length)
  expect('neighbours.rows', neighbours.offsets[items]!, neighbours.rows.length)
  expect('neighbours.weights', neighbours.rows.length, neighbours.weights.length)
}

function prepare(input: PackInput) {
  const { ids, titles, urls, images, prices, neighbours, segments } = input
  const dims = totalDims({ dims: segments.map((segment) => segment.dims) })
  const quantised = segments.map((segment) => quantiseRows(segment.rows, segment.dims))
  const priorNames = (['popularity', 'trend', 'newness'] as const).filter((name) => input.priors[name])
  const { categories = [], brands = [] } = input.vocabulary ?? {}
  const vocabulary = { categories: extend(categories, input.categories), brands: extend(brands, input.brands) }
  const categoryCodes = new Map(vocabulary.categories.map((category, code) => [category, code]))
  const brandCodes = new Map(vocabulary.brands.map((brand, code) => [brand, code]))
  const utf8Bytes = (text: string) => new TextEncoder().encode(text).length
  const aliasesOf = (row: number) => input.aliases?.[row] ?? []
  const count = (row: number) => neighbours.offsets[row + 1]! - neighbours.offsets[row]!
  const strings = (name: string, values: readonly string[]): Record<string, Tensor> => {
    const { lengths, text } = encodeStrings(values)
    return {
      [`${name}.lengths`]: { shape: [lengths.length], data: lengths },
      [`${name}.text`]: { shape: [text.length], data: text },
    }
  }

  return {
    vocabulary,
    priorNames,
    tableBytes: (row: number) =>
      dims +
      4 * segments.length +
      priorNames.length +
      15 +
      utf8Bytes([ids[row]!, ...aliasesOf(row)].join('..')) +
      5 * count(row),
    displayBytes: (row: number) => 6 + utf8Bytes(titles[row]!) + utf8Bytes(urls[row]!) + utf8Bytes(images[row]!),

    /** What scoring, masks and arrangement read. */
    table(from: number, to: number): Record<string, Tensor> {
      const rows = to - from
      const codes = new Int8Array(rows * dims)
      const scales = new Float32Array(rows * segments.length)
      let column = 0
      for (const [s, segment] of segments.entries()) {
        for (let row = from; row < to; row++) {
          const source = quantised[s]!.codes.subarray(row * segment.dims, (row + 1) * segment.dims)
          codes.set(source, (row - from) * dims + column)
          scales[(row - from) * segments.length + s] = quantised[s]!.scales[row]!
        }
        column += segment.dims
      }
      const priors = new Uint8Array(rows * priorNames.length)
      for (const [p, name] of priorNames.entries()) {
        for (let row = from; row < to; row++) {
          priors[(row - from) * priorNames.length + p] = Math.round(
            255 * Math.min(1, Math.max(0, input.priors[name]![row]!)),
          )
        }
      }
      const start = neighbours.offsets[from]!
      const end = neighbours.offsets[to]!
      const each = <T>(value: (row: number) => T) => Array.from({ length: rows }, (_, i) => value(from + i))
      return {
        rows: { shape: [rows, dims], data: codes },
        scales: { shape: [rows, segments.length], data: scales },
        priors: { shape: [rows, priorNames.length], data: priors },
        price: {
          shape: [rows],
          data: Float32Array.from(each((row) => (Number.isNaN(prices[row]!) ? -1 : prices[row]!))),
        },
        category: { shape: [rows], data: Uint32Array.from(each((row) => categoryCodes.get(input.categories[row]!)!)) },
        brand: { shape: [rows], data: Uint32Array.from(each((row) => brandCodes.get(input.brands[row]!)!)) },
        ...strings('id', ids.slice(from, to)),
        'alias.counts': { shape: [rows], data: Uint8Array.from(each((row) => aliasesOf(row).length)) },
        ...strings('alias', each(aliasesOf).flat()),
        'neighbour.counts': { shape: [rows], data: Uint8Array.from(each(count)) },
        'neighbour.rows': { shape: [end - start], data: neighbours.rows.slice(start, end) },
        'neighbour.weights': {
          shape: [end - start],
          data: Uint8Array.from(neighbours.weights.subarray(start, end), (weight) => Math.round(255 * weight)),
        },
      }
    },

    /** What cards show. */
    display: (from: number, to: number): Record<string, Tensor> => ({
      ...strings('title', titles.slice(from, to)),
      ...strings('url', urls.slice(from, to)),
      ...strings('image', images.slice(from, to)),
    }),

    terms: input.terms && packTerms(input.terms, strings),
  }
}

/** Distinct names: known ones in their order, then the others sorted. */
function extend(known: readonly string[], names: readonly string[]): string[] {
  const listed = new Set(known)
  return [...known, ...[...new Set(names)].filter((name) => !listed.has(name)).sort()]
}

function packTerms(
  { words, rows }: NonNullable<PackInput['terms']>,
  strings: (name: string, values: readonly string[]) => Record<string, Tensor>,
) {
  const dims = rows.length / words.length
  const { codes, scales } = quantiseRows(rows, dims)
  return {
    ...strings('word', words),
    rows: { shape: [words.length, dims], data: codes },
    scales: { shape: [words.length], data: scales },
  }
}

/** Cuts rows into runs whose files stay below the limit of a shard. */
function* split(from: number, to: number, bytesOf: (row: number) => number): Generator<[from: number, to: number]> {
  let start = from
  let bytes = 0
  for (let row = from; row < to; row++) {
    const next = bytesOf(row)
    if (bytes + next > limits.shardBytes - shardSlack) {
      yield [start, row]
      start = row
      bytes = 0
    }
    bytes += next
  }
  if (start < to) yield [start, to]
}
