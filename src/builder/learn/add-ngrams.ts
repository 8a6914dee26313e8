import { ngrams } from '../../core/words.ts'
import { fitTokens } from './fit-tokens.ts'
import { sparseFromRows } from './sparse.ts'
import type { TextVectors } from './text-vectors.ts'

/** N-grams shipped, the commonest first. */
const shipped = 4096
/** Chosen among .1, 1 and 4 by `measureSearch` on two catalogues, with other seeds than the one that a build reports. */
const ridge = 4

/**
 * Puts the n-grams of the words behind them, fitted so that the sum over a word's n-grams comes near the word's own vector: what a
 * search writes otherwise than the catalogue still has one (a bag of subwords: Zhao, Mudgal and Liang, EMNLP 2018).
 */
export function addNgrams({ words, rows }: TextVectors['terms'], dims: number): TextVectors['terms'] {
  const wordsWith = new Map<string, number>()
  const cut = words.map((word) => ngrams(word))
  for (const each of cut) for (const ngram of new Set(each)) wordsWith.set(ngram, (wordsWith.get(ngram) ?? 0) + 1)
  const kept = [...wordsWith]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, shipped)
    .map(([ngram]) => ngram)
  const columnOf = new Map(kept.map((ngram, column) => [ngram, column]))
  const counts = cut.map((each) => {
    const row = new Map<number, number>()
    for (const column of each.flatMap((ngram) => columnOf.get(ngram) ?? [])) row.set(column, (row.get(column) ?? 0) + 1)
    return row
  })
  const fitted = fitTokens(sparseFromRows(counts, kept.length), Float64Array.from(rows), { dims, ridge })
  return { words: [...words, ...kept], rows: Float64Array.from([...rows, ...fitted]) }
}
