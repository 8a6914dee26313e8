import { meanOf } from '../evaluate/bootstrap.ts'
import { exceedsChance } from '../evaluate/exceeds-chance.ts'
import type { Knob } from './knobs.ts'
import type { Point } from './point.ts'

export interface KnobSearch {
  readonly knobs: readonly Knob[]
  /** What stands at a path where a point says nothing. */
  readonly defaults: (path: string) => number
  /** How often all knobs are gone through, where the time before changed something. */
  readonly rounds: number
  /** How good a point is, shopper by shopper. */
  readonly measure: (point: Point) => Promise<Float64Array>
}

/** A change that was taken. */
export interface Step {
  readonly path: string
  readonly from: number
  readonly to: number
  /** Means before and after it. */
  readonly before: number
  readonly after: number
}

/**
 * Goes through the settings one by one, and takes the value that is best, where it is better than the one before by more than chance may
 * (two standard errors of the paired differences); otherwise the value stays.
 */
export async function searchKnobs({
  knobs,
  defaults,
  rounds,
  measure,
}: KnobSearch): Promise<{ point: Point; steps: Step[] }> {
  const steps: Step[] = []
  let best = { point: {} as Point, quality: await measure({}) }
  for (let round = 0; round < rounds; round++) {
    const taken = steps.length
    for (const { path, values } of knobs) {
      const before = best
      const from = before.point[path] ?? defaults(path)
      for (const value of values) {
        if (value === from) continue
        const { [path]: _, ...rest } = before.point
        const point = value === defaults(path) ? rest : { ...rest, [path]: value }
        const quality = await measure(point)
        if (meanOf(quality) > meanOf(best.quality) && exceedsChance(quality, before.quality)) best = { point, quality }
      }
      if (best === before) continue
      const to = best.point[path] ?? defaults(path)
      steps.push({ path, from, to, before: meanOf(before.quality), after: meanOf(best.quality) })
    }
    if (steps.length === taken) break
  }
  return { point: best.point, steps }
}
