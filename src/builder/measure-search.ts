import { createBitmask } from '../core/bitmask.ts'
import { createRandom } from '../core/random.ts'
import { words } from '../core/words.ts'
import { zeroVector } from '../core/zero-vector.ts'
import { eventVectors } from '../pipeline/event-vectors.ts'
import type { Shop } from '../pipeline/shop.ts'
import type { QualitySummary } from './measure-quality.ts'
import { openShop } from './open-shop.ts'
import type { BundleColumns } from './pack-columns.ts'

/** Titles that searches are made of, evenly spread over the catalogue. */
const most = 500
const k = 20

export interface SearchRecall {
  readonly searches: number
  /** Of the items whose titles have both words, the share among the first 20; of 20, where there are more. Mean over searches. */
  readonly words: number
  /** The same after a letter of each word was left out, doubled, swapped or taken for another. */
  readonly mistaken: number
}

/** What the manifest says of searches; nothing where none can be made. */
export async function searchQuality(columns: BundleColumns, seed: number): Promise<QualitySummary> {
  const { shop } = await openShop(columns)
  const { searches, ...found } = await measureSearch(shop, columns.titles, seed)
  if (searches === 0) return {}
  const share = (value: number) => Math.round(value * 1e4) / 1e4
  return {
    'search recall@20 by two words of a title': share(found.words),
    'search recall@20 with a letter mistaken in each': share(found.mistaken),
  }
}

/** Searches a bundle as it is served, with no event but the search, for two words of a title that are drawn from the seed. */
export async function measureSearch(shop: Shop, titles: readonly string[], seed: number): Promise<SearchRecall> {
  const random = createRandom(seed)
  const holders = new Map<string, Set<number>>()
  const wordsOf = titles.map((title) => [...new Set(words(title))].filter((word) => word.length >= 3))
  for (const [row, each] of wordsOf.entries()) {
    for (const word of each) holders.set(word, (holders.get(word) ?? new Set()).add(row))
  }
  const step = Math.ceil(titles.length / most)
  const drawn = wordsOf.flatMap((each, row) => {
    if (row % step !== 0 || each.length < 2) return []
    const at = Math.floor(random() * each.length)
    const other = (at + 1 + Math.floor(random() * (each.length - 1))) % each.length
    return [[each[at]!, each[other]!] as const]
  })
  const recall = async (write: (word: string) => string) => {
    let sum = 0
    for (const [first, second] of drawn) {
      const wanted = new Set([...holders.get(first)!].filter((row) => holders.get(second)!.has(row)))
      const found = await search(shop, `${write(first)} ${write(second)}`)
      sum += found.filter((row) => wanted.has(row)).length / Math.min(k, wanted.size)
    }
    return drawn.length > 0 ? sum / drawn.length : 0
  }
  return {
    searches: drawn.length,
    words: await recall((word) => word),
    mistaken: await recall((word) => mistake(word, random)),
  }
}

/** The first rows for a text. */
async function search({ bundle, scorer }: Shop, query: string): Promise<readonly number[]> {
  const { table } = bundle
  const vector = zeroVector(table)
  const event = { id: '', seq: 0, profile: '', time: 0, kind: 'search', context: { query } } as const
  if (!eventVectors(bundle).add(event, 1, vector)) return []
  const [found] = await scorer.topK([{ vector, mask: createBitmask(table.items), k: Math.min(k, table.items) }])
  return [...found!.rows]
}

/** One letter left out, doubled, swapped with the next, or taken for another. */
function mistake(word: string, random: () => number): string {
  const letters = [...word]
  const at = Math.floor(random() * (letters.length - 1))
  const [letter, next] = [letters[at]!, letters[at + 1]!]
  const other = String.fromCharCode(97 + Math.floor(random() * 26))
  const written = [[next], [letter, letter, next], [next, letter], [other, next]][Math.floor(random() * 4)]!
  return letters.toSpliced(at, 2, ...written).join('')
}
