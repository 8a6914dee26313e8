import type { LogLine } from '../read/read-events.ts'
import { cancelPurchases } from './cancel-purchases.ts'
import { goodsLines, type CleanLine } from './clean-log.ts'
import { createReport } from './report.ts'

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
