import type { ItemTable } from '../bundle/item-table.ts'
import type { ScoreQuery } from './scorer.ts'

/**
 * The definition of a score: float64, dimensions in ascending order within a segment, segments in order, then the bias.
 * Every scorer returns exactly these bits.
 */
export function exactScore(table: ItemTable, query: Pick<ScoreQuery, 'vector' | 'bias'>, row: number): number {
  const { dims, rows, scales } = table
  let score = 0
  let dim = 0
  let at = row * table.stride
  for (let segment = 0; segment < dims.length; segment++) {
    let dot = 0
    for (const end = dim + dims[segment]!; dim < end; dim++) dot += query.vector[dim]! * rows[at++]!
    score += scales[row * dims.length + segment]! * dot
  }
  return score + (query.bias ? query.bias[row]! : 0)
}
