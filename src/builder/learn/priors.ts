import { dayMs, type Interactions } from './interactions.ts'

export interface PriorSettings {
  /** Half-life of popularity, in days. */
  readonly popularityHalfLifeDays: number
  /** The span that a trend compares with the popularity, in days. */
  readonly trendHalfLifeDays: number
  /** Days after which an item's newness has fallen to a half. */
  readonly newnessHalfLifeDays: number
}

export interface Priors {
  readonly popularity: Float32Array
  readonly trend: Float32Array
  readonly newness: Float32Array
  /** Rows by rising popularity rank: best sellers first. */
  readonly order: Uint32Array
}

/**
 * The prior columns, 0 to 1 by row. Popularity and trend are ranks, not amounts, so that no sales number can be read from
 * them: the value of rank r among N is 1 - log(1 + r) / log(1 + N). Rows of fewer than five customers get 0.
 * `added` are times by row, undefined where the catalogue does not say; then the fifth customer's first visit counts.
 */
export function learnPriors(
  log: Interactions,
  added: readonly (number | undefined)[],
  customers: Uint32Array,
  settings: PriorSettings & { readonly minCustomers: number },
): Priors {
  const { rows, now } = log
  const { minCustomers } = settings
  const steady = decayedCustomers(log, settings.popularityHalfLifeDays)
  const lately = decayedCustomers(log, settings.trendHalfLifeDays)
  const share = settings.trendHalfLifeDays / settings.popularityHalfLifeDays
  const growth = lately.map((count, row) => (count + 1) / (share * steady[row]! + 1))
  const enough = (row: number) => customers[row]! >= minCustomers
  const fifth = nthVisits(log, minCustomers)
  const newness = Float32Array.from({ length: rows }, (_, row) => {
    const born = added[row] ?? fifth[row]
    if (born === undefined) return 0
    return 2 ** (-Math.max(0, now - born) / (settings.newnessHalfLifeDays * dayMs))
  })
  const order = Uint32Array.from({ length: rows }, (_, row) => row).sort(
    (a, b) => (enough(b) ? steady[b]! : -1) - (enough(a) ? steady[a]! : -1) || a - b,
  )
  return { popularity: rankValues(steady, enough), trend: rankValues(growth, enough), newness, order }
}

/** Customers by row, each by the age of the last visit. */
function decayedCustomers({ rows, events, now }: Interactions, halfLifeDays: number): Float64Array {
  const last = new Map<number, number>()
  for (const { user, row, time } of events) last.set(user * rows + row, time)
  const counts = new Float64Array(rows)
  for (const [pair, time] of last) counts[pair % rows]! += 2 ** ((time - now) / (halfLifeDays * dayMs))
  return counts
}

function rankValues(amounts: Float64Array, enough: (row: number) => boolean): Float32Array {
  const ranked = [...amounts.keys()].filter(enough).sort((a, b) => amounts[b]! - amounts[a]! || a - b)
  const values = new Float32Array(amounts.length)
  for (const [rank, row] of ranked.entries()) values[row] = 1 - Math.log(1 + rank) / Math.log(1 + ranked.length)
  return values
}

/** When the `count`-th customer first came to each row; undefined where fewer did. */
function nthVisits({ rows, events }: Interactions, count: number): (number | undefined)[] {
  const customers = new Map<number, Set<number>>()
  const visits: (number | undefined)[] = Array.from({ length: rows })
  for (const { user, row, time } of events) {
    if (visits[row] !== undefined) continue
    const seen = customers.get(row) ?? new Set()
    customers.set(row, seen.add(user))
    if (seen.size >= count) visits[row] = time
  }
  return visits
}
