import { ndcgAt, recallAt } from '../../src/core/metrics.ts'
import type { Purchase } from './purchases.ts'

/** A customer with a history, and what this customer bought for the first time afterwards. */
export interface Case {
  readonly customer: string
  readonly history: readonly Purchase[]
  readonly wanted: ReadonlySet<string>
}

export interface Split {
  readonly cutoff: number
  readonly history: readonly Purchase[]
  readonly cases: readonly Case[]
}

const dayMs = 86_400_000

/**
 * Splits a log in time: `days` days are predicted, `skip` days before the log's end are not looked at (validation is
 * `days` 30, `skip` 30; test is `days` 30, `skip` 0).
 */
export function splitInTime(purchases: readonly Purchase[], { days = 30, skip = 0 } = {}): Split {
  const end = purchases.at(-1)!.time + 1 - skip * dayMs
  const cutoff = end - days * dayMs
  const history = purchases.filter(({ time }) => time < cutoff)
  const byCustomer = new Map<string, Purchase[]>()
  for (const purchase of history) {
    const own = byCustomer.get(purchase.customer)
    if (own) own.push(purchase)
    else byCustomer.set(purchase.customer, [purchase])
  }
  const wanted = new Map<string, Set<string>>()
  for (const { customer, item, time } of purchases) {
    const own = byCustomer.get(customer)
    if (time < cutoff || time >= end || !own || own.some((purchase) => purchase.item === item)) continue
    wanted.set(customer, (wanted.get(customer) ?? new Set()).add(item))
  }
  const cases = [...wanted].map(([customer, items]) => ({
    customer,
    history: byCustomer.get(customer)!,
    wanted: items,
  }))
  return { cutoff, history, cases }
}

/** Recommends `count` items that the customer never bought, best first. */
export type Recommend = (shopper: Case, count: number) => readonly string[] | Promise<readonly string[]>

export interface Score {
  readonly recall20: number
  readonly ndcg20: number
  /** 95 % bootstrap intervals over customers. */
  readonly recall20Interval: readonly [number, number]
  readonly ndcg20Interval: readonly [number, number]
}

/** Mean recall (hits / items bought) and NDCG of the first 20 over the customers. */
export async function score(cases: readonly Case[], recommend: Recommend, random: () => number): Promise<Score> {
  const recalls: number[] = []
  const gains: number[] = []
  for (const shopper of cases) {
    const list = await recommend(shopper, 20)
    recalls.push(recallAt(list, shopper.wanted, 20))
    gains.push(ndcgAt(list, shopper.wanted, 20))
  }
  return {
    recall20: mean(recalls),
    ndcg20: mean(gains),
    recall20Interval: bootstrap(recalls, random),
    ndcg20Interval: bootstrap(gains, random),
  }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function bootstrap(values: readonly number[], random: () => number): [number, number] {
  const means = Array.from({ length: 1000 }, () =>
    mean(values.map(() => values[Math.floor(random() * values.length)]!)),
  ).sort((a, b) => a - b)
  return [means[25]!, means[974]!]
}
