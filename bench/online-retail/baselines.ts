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
  const baskets = new Map<string, Set<string>>()
  for (const { order, item } of history) baskets.set(order, (baskets.get(order) ?? new Set()).add(item))
  const counts = new Map<string, number>()
  const together = new Map<string, Map<string, number>>()
  for (const basket of baskets.values()) {
    for (const item of basket) {
      counts.set(item, (counts.get(item) ?? 0) + 1)
      const own = together.get(item) ?? new Map<string, number>()
      together.set(item, own)
      for (const other of basket) if (other !== item) own.set(other, (own.get(other) ?? 0) + 1)
    }
  }
  return ({ history: own }, count) => {
    const scores = new Map<string, number>()
    for (const item of new Set(own.map((purchase) => purchase.item))) {
      for (const [other, n] of together.get(item) ?? []) {
        scores.set(other, (scores.get(other) ?? 0) + n / Math.sqrt(counts.get(item)! * counts.get(other)!))
      }
    }
    const ranked = [...scores].sort((a, b) => b[1] - a[1]).map(([item]) => item)
    return withoutBought(ranked, own).slice(0, count)
  }
}

function withoutBought(ranked: readonly string[], own: readonly Purchase[]): string[] {
  const bought = new Set(own.map(({ item }) => item))
  return ranked.filter((item) => !bought.has(item))
}
