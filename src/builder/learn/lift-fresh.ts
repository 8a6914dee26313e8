import type { ItemGroup } from '../group-variants.ts'
import { dayMs } from './interactions.ts'

/** Items that came lately, of which too few customers know yet. */
export interface FreshSettings {
  /** An item is fresh for so many days after the catalogue's date. */
  readonly days: number
  /** Length of a fresh item's predicted row, as a share of the learned rows' root mean square length. */
  readonly length: number
}

/** By row, whether it came lately and nothing was learned of it; `now` is the time of the log's last event. */
export function findFresh(
  groups: readonly ItemGroup[],
  known: readonly boolean[],
  { now, days }: { now: number; days: number },
): boolean[] {
  return groups.map(({ item: { added } }, row) => !known[row] && added !== undefined && added >= now - days * dayMs)
}

/**
 * A prediction is short, which keeps what came lately from every list. So fresh rows get the length of what is known; what has lain on
 * the shelf for long, and nobody wanted, does not.
 */
export function liftRows(
  rows: Float64Array,
  dims: number,
  { fresh, known, length }: { fresh: readonly boolean[]; known: readonly boolean[]; length: number },
): void {
  const squares = Float64Array.from(known, (_, row) => {
    let sum = 0
    for (let at = row * dims; at < (row + 1) * dims; at++) sum += rows[at]! ** 2
    return sum
  })
  const target = length * Math.sqrt(meanOfKnown(squares, known))
  for (const [row, isFresh] of fresh.entries()) {
    if (!isFresh || squares[row] === 0) continue
    const scale = target / Math.sqrt(squares[row]!)
    for (let at = row * dims; at < (row + 1) * dims; at++) rows[at]! *= scale
  }
}

/**
 * Nothing sold is no popularity, but it is no falling demand either: fresh rows get the trend that one expects of an item of which
 * nothing is known, the mean.
 */
export function liftTrend(trend: Float32Array, fresh: readonly boolean[], known: readonly boolean[]): Float32Array {
  const mean = meanOfKnown(trend, known)
  return trend.map((value, row) => (fresh[row] ? mean : value))
}

function meanOfKnown(values: ArrayLike<number>, known: readonly boolean[]): number {
  let sum = 0
  let count = 0
  for (const [row, isKnown] of known.entries()) {
    if (!isKnown) continue
    sum += values[row]!
    count++
  }
  return count === 0 ? 0 : sum / count
}
