import { cancelPurchases } from '../clean/cancel-purchases.ts'
import { goodsLines, type CleanLine } from '../clean/clean-log.ts'
import { createReport } from '../clean/report.ts'
import { dayMs } from '../learn/interactions.ts'
import type { LogLine } from '../read/read-events.ts'

/** Units by item and week: item by item, the weeks oldest first; an item that was never sold then has none. */
export type Demand = ReadonlyMap<string, Float64Array>

export const weekMs = 7 * dayMs

/**
 * Purchases and returns of anybody, also of customers without a name, oldest first. A line of price 0 is a correction of the stock, no
 * sale. With `known`, the catalogue's ids, only what it lists.
 */
export function salesLines(log: readonly LogLine[], known: ReadonlySet<string> | undefined): readonly CleanLine[] {
  const lines = log.flatMap((line) => {
    const { kind, price, user = '' } = line
    return (kind === 'purchase' || kind === 'refund') && price !== 0 ? [{ ...line, user }] : []
  })
  return goodsLines(lines, createReport(), known).filter(({ item }) => !known || known.has(item))
}

/** What was sold before `end` (milliseconds since the epoch), less what had been given back by then. */
export function salesBefore(lines: readonly CleanLine[], end: number): readonly CleanLine[] {
  return cancelPurchases(
    lines.filter(({ time }) => time < end),
    createReport(),
  )
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
