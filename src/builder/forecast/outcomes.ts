import type { CleanLine } from '../clean/clean-log.ts'
import type { Outcome } from './judge-forecast.ts'
import { horizon } from './methods.ts'
import { weekMs, weeklyDemand } from './weekly-demand.ts'

/** Four weeks of the past that are forecast from the weeks before them. */
export interface PastOutcome extends Outcome {
  /** Weeks before them. */
  readonly weeks: number
  /** When they begin; milliseconds since the epoch. */
  readonly cutoff: number
}

/**
 * What was sold in the `weeks` weeks before `cutoff`, as was known then, and in the four from then on, as was known after them. Every item
 * of either is a row.
 */
export function pastOutcome(
  [known, later]: readonly [readonly CleanLine[], readonly CleanLine[]],
  { cutoff, weeks }: { readonly cutoff: number; readonly weeks: number },
): PastOutcome {
  const before = weeklyDemand(known, { end: cutoff, weeks })
  const after = weeklyDemand(later, { end: cutoff + horizon * weekMs, weeks: horizon })
  const ids = [...new Set([...before.keys(), ...after.keys()])]
  return {
    weeks,
    cutoff,
    histories: ids.map((id) => before.get(id) ?? new Float64Array(weeks)),
    actual: ids.map((id) => after.get(id) ?? new Float64Array(horizon)),
  }
}
