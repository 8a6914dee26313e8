/** Weeks that are forecast. */
export const horizon = 4

/** Weeks of a year, in which seasons come again. */
const year = 52

/** An item's units by week, oldest first; the same weeks for every item. */
export type Histories = readonly Float64Array[]

/** Units of each item in the next four weeks. */
export type Forecasts = readonly Float64Array[]

export interface Method {
  readonly name: string
  /** Fewer weeks than these tell it nothing. */
  readonly needs: number
  forecast(histories: Histories): Forecasts
}

/** What was asked for a season ago, again: the last week, the last four, or the same weeks of last year. */
export function seasonalNaive(season: 1 | 4 | 52): Method {
  const names = { 1: 'last week again', 4: 'last four weeks again', 52: 'same weeks of last year' }
  return {
    name: names[season],
    needs: season,
    forecast: (histories) =>
      histories.map((weeks) =>
        Float64Array.from({ length: horizon }, (_, week) => weeks[weeks.length - season + (week % season)]!),
      ),
  }
}

export interface Smoothing {
  /** Weeks in which a week's weight halves. */
  readonly halfLife: number
  /** Units are averaged as their powers: below 1, a single large order counts for less, and the result is nearer to the median. */
  readonly power: number
  /** Whether the shop's demand of the same weeks of last year, against its level then, moves all items. */
  readonly yearly: boolean
}

/**
 * A weighted power mean of the weeks since the item was first sold, the newest heaviest: simple exponential smoothing (Brown, 1956),
 * of powers.
 */
export function smoothed({ halfLife, power, yearly }: Smoothing): Method {
  const kind = power === 1 ? 'mean' : power === 0.5 ? 'mean of square roots' : `mean of powers ${power}`
  return {
    name: `${kind}, half-life of ${halfLife} weeks${yearly ? ', season of last year' : ''}`,
    needs: yearly ? year + 2 * horizon : horizon,
    forecast(histories) {
      const seasons = yearly ? yearAgo(histories, halfLife) : new Float64Array(horizon).fill(1)
      return histories.map((weeks) => {
        const level = levelOf(weeks, { halfLife, power })
        return seasons.map((season) => season * level)
      })
    },
  }
}

function levelOf(weeks: Float64Array, { halfLife, power }: Pick<Smoothing, 'halfLife' | 'power'>): number {
  const first = weeks.findIndex((units) => units > 0)
  if (first < 0) return 0
  let sum = 0
  let total = 0
  for (let week = first; week < weeks.length; week++) {
    const weight = 2 ** ((week + 1 - weeks.length) / halfLife)
    sum += weight * weeks[week]! ** power
    total += weight
  }
  return (sum / total) ** (1 / power)
}

/** The shop's demand in each of these weeks of last year, as a multiple of its level before them. */
function yearAgo(histories: Histories, halfLife: number): Float64Array {
  const length = histories[0]?.length ?? 0
  const shop = new Float64Array(length)
  for (const weeks of histories) for (let week = 0; week < length; week++) shop[week]! += weeks[week]!
  const level = levelOf(shop.subarray(0, length - year), { halfLife, power: 1 })
  return Float64Array.from({ length: horizon }, (_, week) => (level > 0 ? shop[length - year + week]! / level : 1))
}

/** Everything that is tried where the log is long enough. */
export function candidates(): { naive: readonly Method[]; smoothed: readonly Method[] } {
  const settings = [false, true].flatMap((yearly) =>
    [1, 0.75, 0.5].flatMap((power) => [2, 4, 8, 16].map((halfLife) => ({ halfLife, power, yearly }))),
  )
  return { naive: ([1, 4, 52] as const).map(seasonalNaive), smoothed: settings.map(smoothed) }
}
