import { weekMs } from '../../src/builder/forecast/weekly-demand.ts'
import type { LogLine } from '../../src/builder/read/read-events.ts'

/** When the first week of a sales log begins; milliseconds since the epoch. */
export const salesStart = Date.UTC(2024, 0, 1)

let number = 0

/** A purchase of one piece of item 1 by a customer of its own, but for what is given. */
export function purchase(values: Partial<LogLine>): LogLine {
  return {
    line: ++number,
    time: salesStart + number,
    kind: 'purchase',
    user: `customer ${number}`,
    item: 'item 1',
    quantity: 1,
    price: 2,
    order: undefined,
    ...values,
  }
}

/** A log of whole weeks in which `units(item, week)` pieces of `item 0` and so on are sold in one order, and one of item 0 at either end. */
export function salesLog(items: number, weeks: number, units: (item: number, week: number) => number): LogLine[] {
  const lines = [purchase({ item: 'item 0', title: 'Item 0', time: salesStart })]
  for (let week = 0; week < weeks; week++) {
    for (let item = 0; item < items; item++) {
      const quantity = units(item, week)
      const time = salesStart + week * weekMs + weekMs / 2
      if (quantity > 0) lines.push(purchase({ item: `item ${item}`, title: `Item ${item}`, time, quantity }))
    }
  }
  return [...lines, purchase({ item: 'item 0', title: 'Item 0', time: salesStart + weeks * weekMs - 1 })]
}
