import { bootstrapMeans, meanOf } from './bootstrap.ts'
import type { Estimate } from './judge.ts'
import { judgeList } from './metrics.ts'
import type { Case } from './model.ts'

/** Lists of rows by case, best first. */
export type ModelLists = readonly ArrayLike<number>[]

/** How much better one model is than another. */
export interface Gap {
  readonly recall: Estimate
  readonly ndcg: Estimate
}

/**
 * The first model's quality less the other's, shopper by shopper: its interval is that of the difference, so it tells better than two
 * overlapping intervals whether one model is really the better one.
 */
export function gapBetween(
  [first, other]: readonly [ModelLists, ModelLists],
  { cases, k, seed }: { cases: readonly Case[]; k: number; seed: number },
): Gap {
  const recall = new Float64Array(cases.length)
  const ndcg = new Float64Array(cases.length)
  for (const [at, { wanted }] of cases.entries()) {
    const goals = new Set(wanted)
    const [own, theirs] = [judgeList(first[at]!, goals, k), judgeList(other[at]!, goals, k)]
    recall[at] = own.recall - theirs.recall
    ndcg[at] = own.ndcg - theirs.ndcg
  }
  const intervals = bootstrapMeans([recall, ndcg], { seed })
  return {
    recall: { value: meanOf(recall), interval: intervals[0]! },
    ndcg: { value: meanOf(ndcg), interval: intervals[1]! },
  }
}
