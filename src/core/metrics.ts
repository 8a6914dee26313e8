/** Share of the relevant items that stand among the first k, 0 to 1; NaN when nothing is relevant. */
export function recallAt<T>(list: readonly T[], relevant: ReadonlySet<T>, k: number): number {
  const hits = list.slice(0, k).filter((item) => relevant.has(item)).length
  return hits / relevant.size
}

/** Normalised discounted cumulative gain with binary relevance (Järvelin and Kekäläinen, 2002), 0 to 1. */
export function ndcgAt<T>(list: readonly T[], relevant: ReadonlySet<T>, k: number): number {
  const discount = (position: number) => 1 / Math.log2(position + 2)
  let gain = 0
  for (const [position, item] of list.slice(0, k).entries()) if (relevant.has(item)) gain += discount(position)
  let ideal = 0
  for (let position = 0; position < Math.min(k, relevant.size); position++) ideal += discount(position)
  return gain / ideal
}
