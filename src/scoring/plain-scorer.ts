import type { ItemTable } from '../bundle/item-table.ts'
import { hasBit } from '../core/bitmask.ts'
import { exactScore } from './exact-score.ts'
import type { Scorer, ScoreQuery, TopK } from './scorer.ts'
import { TopHeap } from './top-heap.ts'

/** The oracle: every row that the mask leaves, in float64, through a heap. Runs anywhere. */
export function createPlainScorer(table: ItemTable): Scorer {
  return {
    name: 'plain',
    bytes: 0,
    async topK(queries) {
      return queries.map((query) => plainTopK(table, query))
    },
    close() {},
  }
}

/** The best rows of one query, by scoring every row; of a query without a vector by its bias alone. */
export function plainTopK(table: ItemTable, query: ScoreQuery): TopK {
  const { vector, bias } = query
  const speaks = vector.some(Boolean)
  const best = new TopHeap(query.k)
  for (let row = 0; row < table.items; row++) {
    if (!hasBit(query.mask, row)) best.offer(row, speaks ? exactScore(table, query, row) : (bias?.[row] ?? 0))
  }
  return best.sorted()
}
