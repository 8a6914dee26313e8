import { dayOf } from '../day-of.ts'
import type { Estimate } from '../evaluate/judge.ts'
import { calibrate, type Sold } from './calibrate.ts'
import { forecastGap, judgeForecast, type ForecastQuality } from './judge-forecast.ts'
import { horizon, type Forecasts, type Method } from './methods.ts'
import type { PastOutcome } from './outcomes.ts'
import { roundUnits } from './units.ts'
import { sum } from './sum.ts'
import { volumeGroups, type VolumeGroup } from './volume-groups.ts'
import { weekMs } from './weekly-demand.ts'

/** The last four weeks of the log, forecast from those before. */
export interface HeldOut {
  readonly from: string
  readonly to: string
  readonly units: number
  /** Share of the units that were of items never sold before. */
  readonly unforeseen: number
  readonly chosen: string
  readonly rival: string
  /** By how much the WAPE of `chosen` is lower than that of `rival`. */
  readonly gain: Estimate
  readonly methods: Readonly<Record<string, ForecastQuality>>
  /** Units by week: the averages of the method that was chosen, what its rival forecast, and what was asked for. */
  readonly shop: Readonly<Record<'chosen' | 'rival' | 'actual', readonly number[]>>
  readonly groups: readonly VolumeGroup[]
  /** Share of the items of which `enough` was enough. */
  readonly enough: number
  /** By how much the averages together were too high, as a share of what was asked for. */
  readonly average_bias: number
}

export interface Compared {
  readonly chosen: Method
  readonly rival: Method
  readonly naive: readonly Method[]
  readonly validation: readonly PastOutcome[]
  readonly seed: number
}

/** Forecasts the weeks of `test`, from which nothing was chosen. */
export function holdOut(test: PastOutcome, { chosen, rival, naive, validation, seed }: Compared): HeldOut {
  const { histories, actual, cutoff } = test
  const [own, theirs] = [chosen.forecast(histories), rival.forecast(histories)]
  const units = sum(actual.map(sum))
  const range = calibrate(validation.flatMap((outcome) => soldOf(outcome, chosen)))
  const sold = soldOf(test, chosen).map(({ forecast, actual: units }) => ({ ...range(forecast), units }))
  const averages = own.map((weeks) => weeks.map((units) => (units * range(sum(weeks)).average) / (sum(weeks) || 1)))
  const unforeseen = histories.map((weeks, at) => (weeks.some((units) => units > 0) ? 0 : sum(actual[at]!)))
  return {
    from: dayOf(cutoff),
    to: dayOf(cutoff + horizon * weekMs - 1),
    units,
    unforeseen: sum(unforeseen) / units,
    chosen: chosen.name,
    rival: rival.name,
    gain: forecastGap([own, theirs], { actual, seed }),
    methods: Object.fromEntries(
      [chosen, ...naive].map((method) => [method.name, judgeForecast(method.forecast(histories), test)]),
    ),
    shop: { chosen: byWeek(averages, horizon), rival: byWeek(theirs, horizon), actual: byWeek(actual, horizon) },
    groups: volumeGroups(test, [own, theirs]),
    enough: sum(sold.map(({ enough, units: asked }) => (asked <= Math.ceil(enough) ? 1 : 0))) / sold.length,
    average_bias: sum(sold.map(({ average }) => average)) / (units - sum(unforeseen)) - 1,
  }
}

/** Items that were sold before: nothing else can be forecast. */
export function soldOf({ histories, actual }: PastOutcome, method: Method): Sold[] {
  return method
    .forecast(histories)
    .flatMap((forecast, at) =>
      histories[at]!.some((units) => units > 0) ? [{ forecast: sum(forecast), actual: sum(actual[at]!) }] : [],
    )
}

/** Units of all items together, by week. */
export function byWeek(items: Forecasts, weeks: number): number[] {
  return Array.from({ length: weeks }, (_, week) => roundUnits(sum(items.map((own) => own[week]!))))
}
