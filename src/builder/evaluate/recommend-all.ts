import { TopHeap } from '../../scoring/top-heap.ts'
import { areaUnderCurve } from './metrics.ts'
import type { Case, FittedModel } from './model.ts'

/** Which of the shopper's items are not recommended again: they are left out of lists and of the AUC. */
export type Hide = 'nothing' | 'seen' | 'bought'

export interface RecommendOptions {
  readonly items: number
  /** Length of the lists, 1 to 512. */
  readonly count: number
  readonly hide: Hide
  /** Hears of the progress, 0 to 1. */
  readonly onProgress?: (done: number) => void
}

/** What a model said of every case, in the order of the cases. */
export interface Recommendations {
  /** Rows, best first; of equal scores the lower row comes first. */
  readonly lists: readonly ArrayLike<number>[]
  /**
   * Area under the curve by case, over all items; NaN where it was not asked for. Models that serve lists are asked for the scores of
   * at most 2,000 cases, evenly spread: a list costs them a scan, all scores many times that.
   */
  readonly auc: Float64Array
  /** Time of one list, on average. */
  readonly milliseconds: number
}

/** Cases of which a model that serves lists is asked for all scores. */
const mostScored = 2000

/** Asks a model for a full ranking of every case: all items compete, nothing is sampled. */
export async function recommendAll(
  model: FittedModel,
  cases: readonly Case[],
  { items, count, hide, onProgress }: RecommendOptions,
): Promise<Recommendations> {
  const scores = new Float64Array(items)
  const lists: ArrayLike<number>[] = []
  const auc = new Float64Array(cases.length).fill(NaN)
  let spent = 0
  const everyScored = Math.ceil(cases.length / mostScored)
  for (const [at, shopper] of cases.entries()) {
    if (at % 256 === 0) onProgress?.(at / cases.length)
    const hidden = new Set(hiddenRows(shopper, hide))
    const start = performance.now()
    if ('recommend' in model) {
      lists.push(await model.recommend(shopper, count, hidden))
      spent += performance.now() - start
      if (!model.score || at % everyScored > 0) continue
      await model.score(shopper, scores)
      auc[at] = areaUnderCurve(scores, new Set(shopper.wanted), hidden)
    } else {
      model.score(shopper, scores)
      for (const row of hidden) scores[row] = -Infinity
      lists.push(topRows(scores, count))
      spent += performance.now() - start
      auc[at] = areaUnderCurve(scores, new Set(shopper.wanted), hidden)
    }
  }
  return { lists, auc, milliseconds: spent / cases.length }
}

/** The rows of the highest scores, best first, ties by row; rows at -Infinity never. */
function topRows(scores: Float64Array, count: number): Uint32Array {
  const best = new TopHeap(count)
  let threshold = -Infinity
  for (let row = 0; row < scores.length; row++) {
    const score = scores[row]!
    if (!(score > threshold)) continue
    best.offer(row, score)
    threshold = best.threshold
  }
  return best.sorted().rows
}

function hiddenRows({ rows, kinds }: Case, hide: Hide): ArrayLike<number> & Iterable<number> {
  if (hide === 'nothing') return []
  return hide === 'seen' ? rows : rows.filter((_, at) => kinds?.[at] === 'purchase')
}
