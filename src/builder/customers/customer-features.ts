import { dayMs } from '../learn/interactions.ts'
import type { Order } from './purchase-history.ts'

/** What the baseline knows: how long ago the last order was, and how many there were. */
export const recencyFrequency = 2

/** What is known of a customer, in the order of the columns; the first two are the baseline's. */
export const featureNames = [
  'days since the last order, log',
  'orders, log',
  'days since the first order, log',
  'single order',
  'days between orders, log',
  'days since the last order as a multiple of those between orders, log',
  'how unlike the gaps between orders are',
  'orders of the last 30 days',
  'orders of the 30 days before',
  'orders of the last 90 days',
  'orders a month',
  'amount, log',
] as const

/** Days that count as none: an order and its supplement. */
const sameDays = 0.5

/** Features of a customer at `now`, from at least one order, all before it; oldest first. */
export function customerFeatures(orders: readonly Order[], now: number): number[] {
  const ages = orders.map(({ time }) => (now - time) / dayMs)
  const gaps = ages
    .slice(1)
    .map((age, at) => ages[at]! - age)
    .filter((gap) => gap > sameDays)
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length
  const spread = Math.sqrt(gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / gaps.length)
  const [first, last] = [ages[0]!, ages.at(-1)!]
  const within = (from: number, to: number) => ages.filter((age) => age >= from && age < to).length
  const again = gaps.length > 0
  const count = gaps.length + 1
  return [
    Math.log1p(last),
    Math.log(count),
    Math.log1p(first),
    again ? 0 : 1,
    again ? Math.log1p(mean) : 0,
    again ? Math.log1p(last / mean) : 0,
    gaps.length > 1 ? spread / mean : 0,
    within(0, 30),
    within(30, 60),
    within(0, 90),
    (30 * count) / (first + 30),
    Math.log1p(orders.reduce((sum, { amount }) => sum + Math.max(0, amount), 0)),
  ]
}
