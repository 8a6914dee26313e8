import type { CleanLine } from '../clean/clean-log.ts'
import { dayMs } from '../learn/interactions.ts'

/** Units by item and week: item by item, the weeks oldest first; an item that was never sold then has none. */
export type Demand = ReadonlyMap<string, Float64Array>

export const weekMs = 7 * dayMs

/** Units that were sold in the `weeks` weeks before `end`; nothing was sold later. */
export function weeklyDemand(
  sales: readonly CleanLine[],
  { end, weeks }: { readonly end: number; readonly weeks: number },
): Demand {
  const demand = new Map<string, Float64Array>()
  for (const { item, time, quantity } of sales) {
    const week = weeks - 1 - Math.floor((end - 1 - time) / weekMs)
    if (week < 0) continue
    const own = demand.get(item) ?? new Float64Array(weeks)
    own[week]! += quantity
    demand.set(item, own)
  }
  return demand
}
