import { cleanLog, type CleanLine } from '../clean/clean-log.ts'
import { createReport } from '../clean/report.ts'
import { dayMs } from '../learn/interactions.ts'
import type { LogLine } from '../read/read-events.ts'

/** Units by item and week: item by item, the weeks oldest first; an item that was never sold then has none. */
export type Demand = ReadonlyMap<string, Float64Array>

export const weekMs = 7 * dayMs

/**
 * What was sold before `end` (milliseconds since the epoch), as the log knew it then: purchases of anybody, also of customers without a
 * name, less what had been given back. A line of price 0 is a correction of the stock, no sale. With `known`, the catalogue's ids,
 * only what it lists.
 */
export function salesBefore(
  log: readonly LogLine[],
  { end, known }: { end: number; known?: ReadonlySet<string> | undefined },
): readonly CleanLine[] {
  const lines = log.flatMap((line) => {
    const { kind, time, price, user = '' } = line
    const counts = (kind === 'purchase' || kind === 'refund') && time < end && price !== 0
    return counts ? [{ ...line, user }] : []
  })
  return cleanLog(lines, createReport(), known).filter(({ item }) => !known || known.has(item))
}

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
