import type { CleanLine } from '../clean/clean-log.ts'
import { dayMs } from '../learn/interactions.ts'

/** What a customer bought in one order, or on one day where the log has no orders. */
export interface Order {
  /** Milliseconds since the epoch. */
  readonly time: number
  /** Units times prices; 0 where the log has no prices. */
  readonly amount: number
}

/** Orders by customer, oldest first. */
export type PurchaseHistories = ReadonlyMap<string, readonly Order[]>

/** Sales of customers who have a name, oldest first. */
export function purchaseHistories(sales: readonly CleanLine[]): PurchaseHistories {
  const customers = new Map<string, Map<string, Order>>()
  for (const { user, time, order, quantity, price = 0 } of sales) {
    if (user === '') continue
    const orders = customers.get(user) ?? new Map<string, Order>()
    customers.set(user, orders)
    const key = order ?? String(Math.floor(time / dayMs))
    const known = orders.get(key)
    orders.set(key, { time: known?.time ?? time, amount: (known?.amount ?? 0) + quantity * price })
  }
  return new Map([...customers].map(([user, orders]) => [user, [...orders.values()]]))
}
