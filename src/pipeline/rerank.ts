import type { ItemId } from '../core/event.ts'
import type { Fold } from '../core/fold.ts'
import { exactScore } from '../scoring/exact-score.ts'
import type { Scorer, ScoreQuery } from '../scoring/scorer.ts'
import type { answerPage } from './answer-page.ts'
import type { Shop } from './shop.ts'
import { withPrices } from './with-prices.ts'

export interface RerankContext {
  readonly shop: Shop
  readonly fold: Fold
  readonly now: number
  /** What makes the query of a for-you shelf: the worker has it, so that its late parts need not have it, too. */
  readonly answerPage: typeof answerPage
}

/**
 * The shop's own list, best for this shopper first; items that the bundle does not know keep their order at the end. Rules are for
 * shelves, and have no say.
 */
export async function rerank(
  ids: readonly ItemId[],
  { shop, fold, now, answerPage }: RerankContext,
): Promise<ItemId[]> {
  const { bundle, revision } = shop
  let query!: ScoreQuery
  const scorer: Scorer = {
    ...shop.scorer,
    async topK(queries) {
      query = queries[0]!
      return queries.map(() => ({ rows: new Uint32Array(), scores: new Float64Array() }))
    },
  }
  const rules = withPrices(undefined, () => revision ?? 0)
  await answerPage({ ...shop, scorer, rules }, fold, [{ placement: 'for-you' }], now)
  const scored = ids.map((id) => {
    const row = bundle.rowOf(id)
    return { id, score: row === undefined ? -Infinity : exactScore(bundle.table, query, row) }
  })
  return scored.sort((a, b) => b.score - a.score || 0).map(({ id }) => id)
}
