import type { Outcome } from './judge-forecast.ts'
import type { Forecasts } from './methods.ts'
import { sum } from './sum.ts'

/** Items that sold alike before the weeks that were forecast. */
export interface VolumeGroup {
  readonly name: string
  readonly items: number
  /** Units that were asked for then. */
  readonly units: number
  /** WAPE of the method that was chosen, and of its rival. */
  readonly chosen: number
  readonly rival: number
}

/** Weeks before that say how much an item sells. */
const lately = 12

const groups = [
  { name: 'best sellers: half of what was sold', upTo: 0.5 },
  { name: 'the next third', upTo: 0.5 + 1 / 3 },
  { name: 'the rest', upTo: Infinity },
] as const

/** How well either forecast does by how much of an item was sold in the twelve weeks before. */
export function volumeGroups(
  { histories, actual }: Outcome,
  [chosen, rival]: readonly [Forecasts, Forecasts],
): VolumeGroup[] {
  const sold = histories.map((weeks) => sum(weeks.subarray(-lately)))
  const all = sum(sold)
  const order = Array.from(sold.keys()).sort((a, b) => sold[b]! - sold[a]! || a - b)
  let before = 0
  const shares = new Map(order.map((at) => [at, ((before += sold[at]!) - sold[at]!) / all]))
  return groups.map(({ name, upTo }, group) => {
    const from = groups[group - 1]?.upTo ?? 0
    const own = order.filter((at) => shares.get(at)! >= from && shares.get(at)! < upTo)
    const units = sum(own.map((at) => sum(actual[at]!)))
    const error = (forecasts: Forecasts) =>
      sum(own.map((at) => Math.abs(sum(forecasts[at]!) - sum(actual[at]!)))) / units
    return { name, items: own.length, units, chosen: error(chosen), rival: error(rival) }
  })
}
