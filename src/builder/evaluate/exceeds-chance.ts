import { meanOf } from './bootstrap.ts'

/** Whether paired values are greater than others in the mean, by more than two standard errors. */
export function exceedsChance(values: Float64Array, others: Float64Array): boolean {
  const gains = values.map((value, i) => value - others[i]!)
  const gain = meanOf(gains)
  const variance = meanOf(gains.map((value) => (value - gain) ** 2))
  return gain > 2 * Math.sqrt(variance / gains.length)
}
