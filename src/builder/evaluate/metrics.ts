/** Quality of one list for one shopper; every value 0 to 1. */
export interface ListQuality {
  /** 1 where any wanted item is in the list. */
  readonly hit: number
  /** Share of the wanted items that are in the list. */
  readonly recall: number
  /** Wanted items in the list, divided by k. */
  readonly precision: number
  /** Harmonic mean of precision and recall. */
  readonly f1: number
  /** 1 / position of the first wanted item, 0 where none is in the list. */
  readonly mrr: number
  /** Normalised discounted cumulative gain, binary relevance (Järvelin and Kekäläinen, 2002). */
  readonly ndcg: number
}

/** Judges the first `k` of a list, best first, against the items that were wanted (one or more). */
export function judgeList<T>(list: ArrayLike<T>, wanted: ReadonlySet<T>, k: number): ListQuality {
  const length = Math.min(k, list.length)
  let hits = 0
  let first = 0
  let gain = 0
  for (let at = 0; at < length; at++) {
    if (!wanted.has(list[at]!)) continue
    hits++
    first ||= at + 1
    gain += 1 / Math.log2(at + 2)
  }
  let ideal = 0
  for (let at = 0; at < Math.min(k, wanted.size); at++) ideal += 1 / Math.log2(at + 2)
  return {
    hit: hits > 0 ? 1 : 0,
    recall: hits / wanted.size,
    precision: hits / k,
    f1: (2 * hits) / (k + wanted.size),
    mrr: first && 1 / first,
    ndcg: gain / ideal,
  }
}

/**
 * Area under the ROC curve of one shopper: the chance that a wanted row scores higher than another one, ties counting half
 * (Mann and Whitney). Hidden rows take no part. NaN where no pair is left.
 */
export function areaUnderCurve(
  scores: Float64Array,
  wanted: ReadonlySet<number>,
  hidden: ReadonlySet<number> = new Set(),
): number {
  const taking = [...wanted].filter((row) => !hidden.has(row))
  const left = [...new Set([...wanted, ...hidden])]
  const others = scores.length - left.length
  let wins = 0
  for (const row of taking) {
    const own = scores[row]!
    let lower = 0
    let equal = 0
    for (let other = 0; other < scores.length; other++) {
      const score = scores[other]!
      if (score < own) lower++
      else if (score === own) equal++
    }
    for (const other of left) {
      if (scores[other]! < own) lower--
      else if (scores[other] === own) equal--
    }
    wins += lower + equal / 2
  }
  return wins / (taking.length * others)
}
