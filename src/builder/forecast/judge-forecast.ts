import { bootstrapMeans } from '../evaluate/bootstrap.ts'
import type { Estimate } from '../evaluate/judge.ts'
import type { Forecasts, Histories } from './methods.ts'
import { sum } from './sum.ts'

export interface ForecastQuality {
  /** Sum of the errors over items, of four weeks together, as a share of what was asked for (WAPE); 0 is perfect. */
  readonly wape: number
  /** The same, week by week. */
  readonly wape_by_week: number
  /**
   * The error of an item's week as a multiple of that which repeating the last four weeks made in its history, its mean over items that were
   * sold before (MASE; Hyndman and Koehler, 2006).
   */
  readonly mase: number
  /** By how much all forecasts together are too high, as a share of what was asked for. */
  readonly bias: number
}

/** What was forecast from `histories` beside what was asked for then. */
export interface Outcome {
  readonly histories: Histories
  readonly actual: Histories
}

export function judgeForecast(forecasts: Forecasts, { histories, actual }: Outcome): ForecastQuality {
  const asked = sum(actual.map(sum))
  const scaled = forecasts.flatMap((forecast, at) => {
    const scale = seasonalError(histories[at]!)
    return scale > 0 ? [weekErrors(forecast, actual[at]!) / forecast.length / scale] : []
  })
  return {
    wape: sum(totalErrors(forecasts, actual)) / asked,
    wape_by_week: sum(forecasts.map((forecast, at) => weekErrors(forecast, actual[at]!))) / asked,
    mase: sum(scaled) / scaled.length,
    bias: sum(forecasts.map(sum)) / asked - 1,
  }
}

/** By how much the first forecast's WAPE is lower, with the interval of the difference, item by item. */
export function forecastGap(
  [own, other]: readonly [Forecasts, Forecasts],
  { actual, seed }: { actual: Histories; seed: number },
): Estimate {
  const [ours, theirs] = [totalErrors(own, actual), totalErrors(other, actual)]
  const mean = sum(actual.map(sum)) / actual.length
  const gains = Float64Array.from(ours, (error, at) => (theirs[at]! - error) / mean)
  const [interval] = bootstrapMeans([gains], { seed })
  return { value: sum(gains) / gains.length, interval: interval! }
}

function totalErrors(forecasts: Forecasts, actual: Histories): number[] {
  return forecasts.map((forecast, at) => Math.abs(sum(forecast) - sum(actual[at]!)))
}

function weekErrors(forecast: Float64Array, actual: Float64Array): number {
  return sum(forecast.map((units, week) => Math.abs(units - actual[week]!)))
}

/** Mean error of repeating the last four weeks, from the first sale on. */
function seasonalError(weeks: Float64Array): number {
  const first = weeks.findIndex((units) => units > 0)
  if (first < 0) return 0
  const errors = weeks.subarray(first + 4).map((units, at) => Math.abs(units - weeks[first + at]!))
  return errors.length > 0 ? sum(errors) / errors.length : 0
}
