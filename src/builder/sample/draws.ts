import { createRandom, type Random } from '../../core/random.ts'

/**
 * A generator of its own for one thing of the shop (item 17, shopper 4), so that making one does not change another.
 * The sample shop draws numbers with IEEE 754's exact operations only (no exp, log or cos, whose last bit may differ
 * from engine to engine): the same seed gives the same bytes on every machine.
 */
export function streamOf(seed: number, topic: number, index: number): Random {
  let mixed = Math.imul((seed >>> 0) ^ 0x9e3779b9, 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13) ^ topic, 0xc2b2ae35)
  mixed = Math.imul(mixed ^ (mixed >>> 16) ^ index, 0x27d4eb2f)
  return createRandom(mixed ^ (mixed >>> 15))
}

/** Topics of `streamOf`. */
export const topics = { items: 1, shopper: 2, day: 3, companions: 4, fresh: 5 } as const

/** A whole number from 0 to `below - 1`. */
export function drawIndex(random: Random, below: number): number {
  return Math.floor(random() * below)
}

/** One of a list that is not empty. */
export function drawFrom<T>(random: Random, list: readonly T[]): T {
  return list[drawIndex(random, list.length)]!
}

/** About normal, mean 0, standard deviation 1, from -3 to 3: a sum of uniforms (Irwin and Hall). */
export function drawBell(random: Random): number {
  return (random() + random() + random() + random() - 2) * Math.sqrt(3)
}

/** Running sums of weights, for `drawWeighted`. */
export function runningSums(weights: readonly number[]): Float64Array {
  let sum = 0
  return Float64Array.from(weights, (weight) => (sum += weight))
}

/** An index with probability proportional to its weight; at least one weight must be positive. */
export function drawWeighted(random: Random, sums: Float64Array): number {
  const mark = random() * sums[sums.length - 1]!
  let low = 0
  let high = sums.length - 1
  while (low < high) {
    const middle = (low + high) >>> 1
    if (sums[middle]! > mark) high = middle
    else low = middle + 1
  }
  return low
}

/** `value` moved into the range from `low` to `high`. */
export function clamp(value: number, low: number, high: number): number {
  return value < low ? low : value > high ? high : value
}
