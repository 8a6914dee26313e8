import type { CleanLine } from './clean-log.ts'
import type { CleaningReport } from './report.ts'

/**
 * Matches every return (a refund, or a purchase of a negative quantity) to the customer's latest purchases of the item
 * before it, and takes its quantity off them; a purchase of which nothing is left goes. `lines` are oldest first.
 */
export function cancelPurchases(lines: readonly CleanLine[], report: CleaningReport): CleanLine[] {
  const purchases = new Map<string, number[]>()
  const left = lines.map((line) => line.quantity)
  for (const [at, { user, item, kind, quantity, line }] of lines.entries()) {
    const key = `${user}\n${item}`
    const isReturn = kind === 'refund' || quantity < 0
    if (!isReturn) {
      if (kind !== 'purchase') continue
      const known = purchases.get(key)
      if (known) known.push(at)
      else purchases.set(key, [at])
      continue
    }
    const open = purchases.get(key)
    report.drop(open?.length ? 'cancellation' : 'lone-cancellation', line)
    let returned = Math.abs(quantity)
    while (open?.length && returned > 0) {
      const purchase = open.at(-1)!
      const taken = Math.min(returned, left[purchase]!)
      left[purchase]! -= taken
      returned -= taken
      if (left[purchase]! > 0) continue
      open.pop()
      report.drop('cancelled', lines[purchase]!.line)
    }
  }
  return lines.flatMap((line, at) =>
    line.kind === 'refund' || !(left[at]! > 0)
      ? []
      : left[at] === line.quantity
        ? [line]
        : [{ ...line, quantity: left[at]! }],
  )
}
