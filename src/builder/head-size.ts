import { brotliCompressSync, constants } from 'node:zlib'
import { limits } from '../bundle/manifest.ts'
import { packBundle, type PackInput } from '../bundle/pack.ts'

/** Budget of what a first shelf needs of the bundle, the manifest and the head tier's files: bytes, Brotli. */
export const headBudget = 150_000

/** Compression that servers do on the fly; what is compressed ahead of time is smaller. */
const quality = 5
/** What a file adds to the manifest at most: a hash does not compress below its 32 bytes. */
const entryBytes = 80

/** As many rows as before where they still fit, so that shards keep their borders; else as `chooseHead`. */
export async function keepHead(input: Omit<PackInput, 'head'>, rows: number, budget = headBudget): Promise<number> {
  return (await headBytes(input, rows)) < budget ? rows : chooseHead(input, budget)
}

/** The largest number of rows with which the manifest and the head's files stay below the budget, at least 1. */
export async function chooseHead(input: Omit<PackInput, 'head'>, budget = headBudget): Promise<number> {
  let fits = 1
  let tooMany = Math.min(input.ids.length, budget) + 1
  let guess = Math.min(input.ids.length, 1024)
  while (tooMany - fits > 1) {
    if ((await headBytes(input, guess)) < budget) fits = guess
    else tooMany = guess
    guess = tooMany > input.ids.length && fits < tooMany / 2 ? fits * 2 : Math.floor((fits + tooMany) / 2)
  }
  return fits
}

/** Bytes of the manifest and of the head tier's files, Brotli, were the head `rows` long. */
async function headBytes(input: Omit<PackInput, 'head'>, rows: number): Promise<number> {
  const { manifest, files } = await packBundle({
    ...firstRows(input, Math.min(input.ids.length, rows + 1)),
    head: rows,
  })
  const head = manifest.files.filter(({ tier }) => tier === 'head')
  const shards = head.filter(({ role }) => role === 'items')
  const rowBytes = shards.reduce((sum, { bytes }) => sum + bytes, 0) / rows
  // The other rows come in more shards than the one row that stands for them here, in two tiers.
  const moreFiles = Math.ceil((input.ids.length * rowBytes) / limits.shardBytes) + (input.terms ? 2 : 1)
  return head.reduce(
    (sum, { url, role }) => sum + compressed(role === 'vocabulary' ? vocabularyOf(input) : files.get(url)!),
    compressed(files.get('manifest.json')!) + moreFiles * entryBytes,
  )
}

/** The head's vocabulary names the categories and brands of the whole catalogue. */
function vocabularyOf({ categories, brands }: Omit<PackInput, 'head'>): Uint8Array {
  return new TextEncoder().encode(JSON.stringify([[...new Set(categories)].sort(), [...new Set(brands)].sort()]))
}

function compressed(bytes: Uint8Array): number {
  const params = { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length }
  return brotliCompressSync(bytes, { params }).length
}

function firstRows(input: Omit<PackInput, 'head'>, rows: number): Omit<PackInput, 'head'> {
  const { neighbours, segments, priors, terms: _, unavailable: __, ...rest } = input
  const end = neighbours.offsets[rows]!
  return {
    ...rest,
    segments: segments.map((segment) => ({ ...segment, rows: segment.rows.slice(0, rows * segment.dims) })),
    priors: Object.fromEntries(Object.entries(priors).map(([name, column]) => [name, column.slice(0, rows)])),
    neighbours: {
      offsets: neighbours.offsets.slice(0, rows + 1),
      rows: neighbours.rows.slice(0, end),
      weights: neighbours.weights.slice(0, end),
    },
    ids: input.ids.slice(0, rows),
    ...(input.aliases && { aliases: input.aliases.slice(0, rows) }),
    titles: input.titles.slice(0, rows),
    urls: input.urls.slice(0, rows),
    images: input.images.slice(0, rows),
    prices: input.prices.slice(0, rows),
    categories: input.categories.slice(0, rows),
    brands: input.brands.slice(0, rows),
  }
}
