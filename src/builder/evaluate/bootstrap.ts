import { createRandom } from '../../core/random.ts'

export interface BootstrapOptions {
  readonly seed: number
  /** 1,000 by default. */
  readonly resamples?: number
}

/** Low and high end of a 95 % interval. */
export type Interval = readonly [low: number, high: number]

/**
 * 95 % percentile bootstrap intervals of the mean of each column (Efron and Tibshirani, 1993). The columns hold one value a
 * shopper, all equally long; shoppers are drawn together, so the same seed pairs models that saw the same shoppers.
 * NaN values are left out of their column's means.
 */
export function bootstrapMeans(
  columns: readonly Float64Array[],
  { seed, resamples = 1000 }: BootstrapOptions,
): Interval[] {
  const random = createRandom(seed)
  const count = columns[0]?.length ?? 0
  const means = columns.map(() => new Float64Array(resamples))
  const drawn = new Uint32Array(count)
  for (let resample = 0; resample < resamples; resample++) {
    for (let i = 0; i < count; i++) drawn[i] = Math.floor(random() * count)
    for (const [at, column] of columns.entries()) {
      let sum = 0
      let valid = 0
      for (let i = 0; i < count; i++) {
        const value = column[drawn[i]!]!
        if (Number.isNaN(value)) continue
        sum += value
        valid++
      }
      means[at]![resample] = sum / valid
    }
  }
  return means.map((column) => {
    column.sort()
    return [column[Math.floor(resamples * 0.025)]!, column[Math.ceil(resamples * 0.975) - 1]!]
  })
}

/** Mean of the values that are numbers; NaN where there is none. */
export function meanOf(values: Float64Array): number {
  let sum = 0
  let valid = 0
  for (const value of values) {
    if (Number.isNaN(value)) continue
    sum += value
    valid++
  }
  return sum / valid
}
