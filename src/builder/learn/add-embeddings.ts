import { multiply, normaliseScale } from './dense.ts'
import { fitTokens } from './fit-tokens.ts'
import { chooseRows, type SparseMatrix } from './sparse.ts'
import type { TextVectors } from './text-vectors.ts'
import { rightSingularVectors } from './truncated-svd.ts'

export interface EmbeddingSettings {
  /** Dimensions that are kept of them. */
  readonly dims: number
  /** Share of the content segment's squared length that is theirs, 0 to 1. */
  readonly share: number
}

/** Numbers from which the directions are found: beyond them, rows are drawn evenly. */
const mostNumbers = 8_000_000
/** Of the regression of given vectors on words. */
const wordRidge = 1

/**
 * Puts other vectors of the items, such as an image encoder's, behind those of their texts: centred, each of length 1, reduced to the
 * directions in which they differ most. Items without one have zeros there. Words get what lets their sum over an item's text come
 * near its vector: a search finds what looks like it, too.
 */
export function addEmbeddings(
  texts: TextVectors,
  vectors: readonly (Float32Array | undefined)[],
  { dims, share, seed }: EmbeddingSettings & { readonly seed: number },
): TextVectors {
  const unit = centredUnits(vectors)
  const kept = Math.min(dims, unit.dims)
  const step = Math.max(1, Math.ceil((unit.rows.length * unit.dims) / mostNumbers))
  const drawn = unit.rows.filter((_, at) => at % step === 0)
  const directions = rightSingularVectors(denseMatrix(drawn, unit.dims), { dims: kept, seed })
  const added = new Float64Array(vectors.length * kept)
  for (const [at, row] of unit.items.entries()) added.set(multiply(unit.rows[at]!, unit.dims, directions), row * kept)
  normaliseScale(added, kept)
  const [own, theirs] = [Math.sqrt(1 - share), Math.sqrt(share)]
  const said = chooseRows(texts.texts, unit.items)
  const seen = Float64Array.from(unit.items.flatMap((row) => [...added.subarray(row * kept, (row + 1) * kept)]))
  const fitted = fitTokens(said, seen, { dims: kept, ridge: wordRidge })
  const terms = {
    words: texts.terms.words,
    rows: join(texts.terms.rows, texts.dims, own, { dims: kept, rows: fitted, weight: theirs }),
  }
  const rows = join(texts.rows, texts.dims, own, { dims: kept, rows: added, weight: theirs })
  return { dims: texts.dims + kept, rows, texts: texts.texts, terms }
}

function centredUnits(vectors: readonly (Float32Array | undefined)[]): {
  dims: number
  items: number[]
  rows: Float64Array[]
} {
  const items = vectors.flatMap((vector, row) => (vector ? [row] : []))
  const dims = vectors[items[0] ?? 0]?.length ?? 1
  const mean = new Float64Array(dims)
  for (const row of items) for (let d = 0; d < dims; d++) mean[d]! += vectors[row]![d]! / items.length
  const rows = items.map((row) => {
    const centred = Float64Array.from(vectors[row]!, (value, d) => value - mean[d]!)
    const length = Math.hypot(...centred)
    return length > 0 ? centred.map((value) => value / length) : centred
  })
  return { dims, items, rows }
}

function denseMatrix(rows: readonly Float64Array[], columns: number): SparseMatrix {
  const values = new Float64Array(rows.length * columns)
  for (const [at, row] of rows.entries()) values.set(row, at * columns)
  return {
    rows: rows.length,
    columns,
    offsets: Uint32Array.from({ length: rows.length + 1 }, (_, row) => row * columns),
    indices: Uint32Array.from(values, (_, at) => at % columns),
    values,
  }
}

/** Rows of two parts, each weighed; the second is zero where it is not given. */
function join(
  first: Float64Array | Float32Array,
  firstDims: number,
  weight: number,
  second: { readonly dims: number; readonly rows: Float64Array; readonly weight: number },
): Float64Array {
  const dims = firstDims + second.dims
  const joined = new Float64Array((first.length / firstDims) * dims)
  for (const [at, value] of first.entries())
    joined[Math.floor(at / firstDims) * dims + (at % firstDims)] = weight * value
  for (const [at, value] of second.rows.entries()) {
    joined[Math.floor(at / second.dims) * dims + firstDims + (at % second.dims)] = second.weight * value
  }
  return joined
}
