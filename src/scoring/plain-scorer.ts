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

/** The best rows of one query, by scoring every row. */
export function plainTopK(table: ItemTable, query: ScoreQuery): TopK {
  const best = new TopHeap(query.k)
  for (let row = 0; row < table.items; row++) {
    if (!hasBit(query.mask, row)) best.offer(row, exactScore(table, query, row))
  }
  return best.sorted()
}
