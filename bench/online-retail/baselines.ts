import type { Recommend, Split } from './next-items.ts'
import type { Purchase } from './purchases.ts'

/** Items by the customers who bought them. */
export function mostPopular({ history }: Pick<Split, 'history'>): Recommend {
  const customers = new Map<string, Set<string>>()
  for (const { item, customer } of history) customers.set(item, (customers.get(item) ?? new Set()).add(customer))
  const ranked = [...customers].sort((a, b) => b[1].size - a[1].size).map(([item]) => item)
  return ({ history: own }, count) => withoutBought(ranked, own).slice(0, count)
}

/** As `mostPopular`, over the last days of the history. */
export function recentPopular({ history, cutoff }: Split, days = 30): Recommend {
  return mostPopular({ history: history.filter(({ time }) => time >= cutoff - days * 86_400_000) })
}

/** Sum over the customer's items of the cosine of item vectors over baskets. */
export function cosineOverBaskets({ history }: Split): Recommend {
  const items = [...new Set(history.map(({ item }) => item))]
  const numberOf = new Map(items.map((item, number) => [item, number]))
  const baskets = new Map<string, Set<number>>()
  for (const { order, item } of history) {
    baskets.set(order, (baskets.get(order) ?? new Set()).add(numberOf.get(item)!))
  }
  const together = new Uint16Array(items.length ** 2)
  for (const basket of baskets.values())
    for (const a of basket) for (const b of basket) together[a * items.length + b]!++
  const counts = items.map((_, number) => together[number * items.length + number]!)
  return ({ history: own }, count) => {
    const bought = new Set(own.map(({ item }) => numberOf.get(item)!))
    const scores = new Float64Array(items.length)
    for (const a of bought) {
      for (let b = 0; b < items.length; b++) {
        scores[b]! += together[a * items.length + b]! / Math.sqrt(counts[a]! * counts[b]!)
      }
    }
    const ranked = [...scores.keys()].filter((number) => !bought.has(number)).sort((a, b) => scores[b]! - scores[a]!)
    return ranked.slice(0, count).map((number) => items[number]!)
  }
}

function withoutBought(ranked: readonly string[], own: readonly Purchase[]): string[] {
  const bought = new Set(own.map(({ item }) => item))
  return ranked.filter((item) => !bought.has(item))
}
