import { words } from '../../core/words.ts'
import type { CatalogueItem } from '../catalogue.ts'
import { normaliseScale } from './dense.ts'
import { chooseColumns, sparseFromRows, type SparseMatrix } from './sparse.ts'
import { apply, rightSingularVectors } from './truncated-svd.ts'

/** How much a word counts by where it stands. */
const weights = { title: 1, trait: 0.7, brand: 0.7, category: 0.7, path: 1, description: 0.3, price: 0.4 } as const

const priceBands = 8
/** Words shipped for searches, the commonest first. */
const shippedWords = 8192

export interface TextVectors {
  readonly dims: number
  /** Items x dims, row-major, root mean square norm 1. */
  readonly rows: Float64Array
  /** What each item's text holds of the words, by tf-idf: items x words. */
  readonly texts: SparseMatrix
  /** Word vectors in the same space: the sum over a text's words is its vector. */
  readonly terms: { readonly words: string[]; readonly rows: Float32Array | Float64Array }
}

/**
 * Content vectors without any log: tf-idf of words, category path, brand and price band, reduced by a truncated singular
 * value decomposition (latent semantic analysis, Deerwester et al. 1990). Items' vectors keep the norm that the reduction
 * leaves them. All words are the catalogue's own.
 */
export function learnTextVectors(
  items: readonly CatalogueItem[],
  { dims, seed }: { dims: number; seed: number },
): TextVectors {
  const { matrix, vocabulary, idf } = textMatrix(items)
  if (vocabulary.length === 0) {
    const none = items.map(() => new Map<number, number>())
    return {
      dims,
      rows: new Float64Array(items.length * dims),
      texts: sparseFromRows(none, 0),
      terms: { words: [], rows: new Float32Array() },
    }
  }
  const directions = rightSingularVectors(matrix, { dims, seed })
  const rows = apply(matrix, directions, dims)
  const scale = normaliseScale(rows, dims)
  const shipped = vocabulary.flatMap((token, column) => (isWord(token) ? [column] : [])).slice(0, shippedWords)
  const terms = new Float32Array(shipped.length * dims)
  for (const [at, column] of shipped.entries()) {
    for (let d = 0; d < dims; d++) terms[at * dims + d] = (idf[column]! * directions[column * dims + d]!) / scale
  }
  return {
    dims,
    rows,
    texts: chooseColumns(matrix, shipped),
    terms: { words: shipped.map((column) => vocabulary[column]!), rows: terms },
  }
}

/**
 * tf-idf of words, category path, brand and price band: items x tokens, rows of length 1 (or 0), the commonest token first; tokens of
 * one item alone are left out.
 */
export function textMatrix(items: readonly CatalogueItem[]): {
  matrix: SparseMatrix
  vocabulary: string[]
  idf: number[]
} {
  const bandOf = createPriceBands(items)
  const counts = items.map((item) => tokensOf(item, bandOf))
  const itemsWith = new Map<string, number>()
  for (const tokens of counts) for (const token of tokens.keys()) itemsWith.set(token, (itemsWith.get(token) ?? 0) + 1)
  // A token of one item says nothing about other items.
  const counted = [...itemsWith].filter(([, n]) => n >= 2).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
  const columnOf = new Map(counted.map(([token], column) => [token, column]))
  const idf = counted.map(([, n]) => Math.log(1 + items.length / n))
  const matrix = sparseFromRows(
    counts.map((tokens) => unitRow(tokens, columnOf, idf)),
    counted.length,
  )
  return { matrix, vocabulary: counted.map(([token]) => token), idf }
}

/** Tokens that are no words of a search hold a mark that no word can. */
function isWord(token: string): boolean {
  return !token.includes(':')
}

function tokensOf(item: CatalogueItem, bandOf: (price: number) => number | undefined): Map<string, number> {
  const tokens = new Map<string, number>()
  const add = (token: string, weight: number) => tokens.set(token, (tokens.get(token) ?? 0) + weight)
  const addWords = (text: string, weight: number) => words(text).forEach((word) => add(word, weight))
  addWords(item.title, weights.title)
  addWords(item.description, weights.description)
  addWords(item.category, weights.category)
  addWords(item.brand, weights.brand)
  for (const trait of item.traits) addWords(trait, weights.trait)
  const path = item.category.split(' > ')
  if (item.category) for (const depth of path.keys()) add(`path:${path.slice(0, depth + 1).join(' > ')}`, weights.path)
  if (item.brand) add(`brand:${item.brand}`, weights.brand)
  const band = bandOf(item.price)
  if (band !== undefined) add(`price:${band}`, weights.price)
  return tokens
}

/** tf-idf with a dampened count, divided by the row's norm. */
function unitRow(
  tokens: ReadonlyMap<string, number>,
  columnOf: ReadonlyMap<string, number>,
  idf: readonly number[],
): Map<number, number> {
  const row = new Map<number, number>()
  let squares = 0
  for (const [token, count] of tokens) {
    const column = columnOf.get(token)
    if (column === undefined) continue
    const value = (count > 1 ? 1 + Math.log(count) : count) * idf[column]!
    row.set(column, value)
    squares += value * value
  }
  for (const [column, value] of row) row.set(column, value / Math.sqrt(squares))
  return row
}

/** Bands that hold the same number of prices each. */
function createPriceBands(items: readonly CatalogueItem[]): (price: number) => number | undefined {
  const prices = Float64Array.from(items.flatMap(({ price }) => (Number.isNaN(price) ? [] : [price]))).sort()
  const bounds = Array.from(
    { length: priceBands - 1 },
    (_, i) => prices[Math.floor((prices.length * (i + 1)) / priceBands)]!,
  )
  return (price) => (Number.isNaN(price) ? undefined : bounds.filter((bound) => price >= bound).length)
}
