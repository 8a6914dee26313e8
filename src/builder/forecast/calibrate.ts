/** What an item was forecast to sell, and sold; units. */
export interface Sold {
  readonly forecast: number
  readonly actual: number
}

export interface Range {
  /** What is sold on average where so much was forecast. */
  readonly average: number
  /** What would have been enough in nine of ten cases. */
  readonly enough: number
}

const most = 10
const fewest = 30
/** Forecasts below it are like it: whether one sells at all is chance. Units in four weeks. */
const floor = 0.25

/**
 * Learns from earlier forecasts what was sold for what was forecast: in up to ten bands of equally many forecasts, the mean and the 90th
 * percentile of what was sold as multiples of the forecast; between the middles of two bands both are interpolated.
 */
export function calibrate(sold: readonly Sold[]): (forecast: number) => Range {
  const sorted = sold
    .map(({ forecast, actual }) => ({ base: Math.max(floor, forecast), actual }))
    .sort((a, b) => a.base - b.base)
  const bands = Math.max(1, Math.min(most, Math.floor(sorted.length / fewest)))
  const knots = Array.from({ length: bands }, (_, band) => {
    const own = sorted.slice(
      Math.floor((band * sorted.length) / bands),
      Math.floor(((band + 1) * sorted.length) / bands),
    )
    const ratios = own.map(({ base, actual }) => actual / base).sort((a, b) => a - b)
    const total = (of: (pair: (typeof own)[number]) => number) => own.reduce((sum, pair) => sum + of(pair), 0)
    return {
      base: own[Math.floor(own.length / 2)]?.base ?? floor,
      average: own.length === 0 ? 1 : total(({ actual }) => actual) / total(({ base }) => base),
      enough: ratios[Math.ceil(0.9 * ratios.length) - 1] ?? 1,
    }
  })
  return (forecast) => {
    const base = Math.max(floor, forecast)
    const above = knots.findIndex((knot) => knot.base > base)
    const high = knots.at(above)!
    const low = above <= 0 ? high : knots[above - 1]!
    const share = above <= 0 ? 0 : (base - low.base) / (high.base - low.base)
    const between = (of: 'average' | 'enough') => base * (low[of] + share * (high[of] - low[of]))
    return { average: between('average'), enough: between('enough') }
  }
}
