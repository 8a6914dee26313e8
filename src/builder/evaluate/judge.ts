import { bootstrapMeans, meanOf, type Interval } from './bootstrap.ts'
import { judgeList, type ListQuality } from './metrics.ts'

/** A mean over shoppers and its 95 % interval. */
export interface Estimate {
  readonly value: number
  readonly interval: Interval
}

/** `hit`, `recall`, ... at k, as `hit@20`. */
export type Quality = Readonly<Record<string, Estimate>>

export interface JudgeOptions {
  /** Lengths of the list at which it is judged. */
  readonly ks: readonly number[]
  readonly seed: number
  readonly resamples?: number
  /** More values by case that are averaged with the others, such as `auc`. */
  readonly more?: Readonly<Record<string, Float64Array>>
}

/** Judges one list a case against what was wanted there, at every k, with intervals. */
export function judge(
  lists: readonly ArrayLike<number>[],
  wanted: readonly ArrayLike<number>[],
  { ks, seed, resamples, more = {} }: JudgeOptions,
): Quality {
  const columns = new Map([...Object.entries(more), ...judgeCases(lists, wanted, ks)])
  const values = [...columns.values()]
  const intervals = bootstrapMeans(values, { seed, ...(resamples !== undefined && { resamples }) })
  return Object.fromEntries(
    [...columns.keys()].map((name, at) => [name, { value: meanOf(values[at]!), interval: intervals[at]! }] as const),
  )
}

/** Every metric, as `hit@20`, a value a case. */
export function judgeCases(
  lists: readonly ArrayLike<number>[],
  wanted: readonly ArrayLike<number>[],
  ks: readonly number[],
): Map<string, Float64Array> {
  const columns = new Map<string, Float64Array>()
  for (const k of ks) {
    for (const [at, list] of lists.entries()) {
      const quality = judgeList(list, new Set(Array.from(wanted[at]!)), k)
      for (const name of Object.keys(quality) as (keyof ListQuality)[]) {
        const key = `${name}@${k}`
        const column = columns.get(key) ?? new Float64Array(lists.length)
        columns.set(key, column)
        column[at] = quality[name]
      }
    }
  }
  return columns
}
