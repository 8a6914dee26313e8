import { hasBit } from '../../src/core/bitmask.ts'
import type { ScoreQuery } from '../../src/scoring/scorer.ts'
import type { Problem } from './contender.ts'

/** The problem in the form that an index of nearest neighbours understands. */
export interface SameLength {
  /** `dims` of the problem, and two more. */
  readonly dims: number
  /** The rows that may be shown; an index knows no masks, and this one is that of all queries. */
  readonly rows: Uint32Array
  /** Row `i` of `rows`; all vectors are of one length. */
  vector(i: number): Float32Array
  query(query: ScoreQuery): Float32Array
}

/**
 * Turns the greatest sum of product and bias into the nearest neighbour: the bias becomes a dimension in which queries are
 * 1, and one more, in which they are 0, makes all vectors as long as the longest. Then the order by product, by distance and
 * by angle is one. Bachrach et al., Speeding Up the Xbox Recommender System Using a Euclidean Transformation (2014).
 */
export function sameLength({ items, dims, vectors, bias, batches }: Problem): SameLength {
  const { mask } = batches[0]![0]!
  const rows = Uint32Array.from({ length: items }, (_, row) => row).filter((row) => !hasBit(mask, row))
  const square = (row: number) => {
    let sum = bias[row]! ** 2
    for (let d = 0; d < dims; d++) sum += vectors[row * dims + d]! ** 2
    return sum
  }
  const longest = rows.reduce((most, row) => Math.max(most, square(row)), 0)
  return {
    dims: dims + 2,
    rows,
    vector(i) {
      const row = rows[i]!
      const vector = new Float32Array(dims + 2)
      vector.set(vectors.subarray(row * dims, (row + 1) * dims))
      vector[dims] = bias[row]!
      vector[dims + 1] = Math.sqrt(Math.max(0, longest - square(row)))
      return vector
    },
    query({ vector }) {
      const query = new Float32Array(dims + 2)
      query.set(vector)
      query[dims] = 1
      return query
    },
  }
}
