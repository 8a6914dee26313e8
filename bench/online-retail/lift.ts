import type { Purchase } from './purchases.ts'

/**
 * The `count` items with the highest lift over baskets beside an item, where five customers or more had both in one
 * basket: plain loops that share nothing with the builder.
 */
export function topByLift(purchases: readonly Purchase[], item: string, count: number): string[] {
  const baskets = new Map<string, { customer: string; items: Set<string> }>()
  for (const { order, customer, item: bought } of purchases) {
    const basket = baskets.get(order) ?? { customer, items: new Set<string>() }
    baskets.set(order, basket)
    basket.items.add(bought)
  }
  const containing = new Map<string, number>()
  const together = new Map<string, number>()
  const customers = new Map<string, Set<string>>()
  for (const { customer, items } of baskets.values()) {
    for (const other of items) {
      containing.set(other, (containing.get(other) ?? 0) + 1)
      if (!items.has(item) || other === item) continue
      together.set(other, (together.get(other) ?? 0) + 1)
      customers.set(other, (customers.get(other) ?? new Set()).add(customer))
    }
  }
  const lift = (other: string) =>
    (together.get(other)! * baskets.size) / (containing.get(item)! * containing.get(other)!)
  return [...together.keys()]
    .filter((other) => customers.get(other)!.size >= 5)
    .sort((a, b) => lift(b) - lift(a))
    .slice(0, count)
}
