import type { Bundle } from '../bundle/bundle.ts'
import { dayMs, strengthOf, type Fold } from '../core/fold.ts'
import type { Settings } from '../core/settings.ts'
import type { Boosts } from './rules/shelf-rules.ts'

/** Events that the shopper's price level is made of, the last ones. */
const mostEvents = 200

/** What each row gains by a price like those of what the shopper has dealt with. */
export interface PriceFit extends Boosts {
  /** From 0 to `priceSensitivity`. */
  readonly of: (row: number) => number
}

interface PriceContext {
  readonly bundle: Bundle
  readonly fold: Fold
  readonly settings: Settings
  readonly now: number
  /** Of the shop: prices may have changed with it. */
  readonly revision?: number | undefined
}

/**
 * `priceSensitivity` x W / (W + 1) x (1 - |level of the row - level of the shopper|). A row's level is its rank by price within
 * its category, 0 the cheapest and 1 the dearest. The shopper's is the mean over the events that speak for an item, weighed by
 * strength x 2^(-age / half-life), and W is the sum of these weights: one view counts a half. Undefined where prices do not
 * count, or nothing is known of the shopper's.
 */
export function priceFit({ bundle, fold, settings, now, revision = 0 }: PriceContext): PriceFit | undefined {
  const { priceSensitivity, halfLifeDays } = settings
  if (!priceSensitivity) return undefined
  const levels = priceLevels(bundle, revision)
  let sum = 0
  let total = 0
  for (const event of fold.counted.slice(-mostEvents)) {
    const row = event.item === undefined ? undefined : bundle.rowOf(event.item)
    const level = row === undefined ? NaN : levels[row]!
    const weight = strengthOf(event, settings) * 2 ** (Math.min(0, event.time - now) / (halfLifeDays * dayMs))
    if (!(weight > 0) || Number.isNaN(level)) continue
    sum += weight * level
    total += weight
  }
  if (total === 0) return undefined
  const own = sum / total
  const most = (priceSensitivity * total) / (total + 1)
  // A row without a price stands in the middle.
  const of = (row: number) => most * (1 - Math.abs((levels[row]! >= 0 ? levels[row]! : 0.5) - own))
  return {
    of,
    key: ['price', most, own, revision].join(),
    addTo(bias) {
      for (let row = 0; row < bias.length; row++) bias[row]! += of(row)
    },
  }
}

const levelsOf = new WeakMap<Bundle, { readonly revision: number; readonly levels: Float32Array }>()

/** The level of each row, those of one price alike; NaN without a price. */
function priceLevels(bundle: Bundle, revision: number): Float32Array {
  const known = levelsOf.get(bundle)
  if (known?.revision === revision) return known.levels
  const { prices, categories } = bundle
  const levels = new Float32Array(prices.length).fill(NaN)
  const order = Array.from(prices.keys())
    .filter((row) => prices[row]! >= 0)
    .sort((a, b) => categories[a]! - categories[b]! || prices[a]! - prices[b]!)
  for (let first = 0, next = 0; first < order.length; first = next) {
    const category = categories[order[first]!]
    while (categories[order[next]!] === category) next++
    for (let i = first, j = i; i < next; i = j) {
      while (j < next && prices[order[j]!] === prices[order[i]!]) j++
      for (let at = i; at < j; at++) levels[order[at]!] = ((i + j) / 2 - first) / (next - first)
    }
  }
  levelsOf.set(bundle, { revision, levels })
  return levels
}
