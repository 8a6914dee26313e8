import { WindowshopError } from '../../errors.ts'
import type { CleanLine } from '../clean/clean-log.ts'
import { salesBefore, salesLines } from '../clean/sales.ts'
import { dayMs } from '../learn/interactions.ts'
import { dayOf } from '../day-of.ts'
import type { Progress } from '../progress.ts'
import type { CatalogueLines } from '../read/read-catalogue.ts'
import type { LogLine } from '../read/read-events.ts'
import { calibrate } from './calibrate.ts'
import { byWeek, holdOut, soldOf, type HeldOut } from './hold-out.ts'
import { judgeForecast } from './judge-forecast.ts'
import { candidates, horizon, type Method } from './methods.ts'
import { pastOutcome, type PastOutcome } from './outcomes.ts'
import { roundUnits } from './units.ts'
import { weekMs, weeklyDemand } from './weekly-demand.ts'
import { sum } from './sum.ts'

export interface ItemForecast {
  readonly id: string
  readonly title: string
  /** Units sold in each of the last twelve weeks, oldest first. */
  readonly past: readonly number[]
  /** Units in each of the next four weeks, about the middle of what may come. */
  readonly weeks: readonly number[]
  /** Units in all four weeks: the middle, the mean, and what will be enough in nine of ten cases. */
  readonly likely: number
  readonly average: number
  readonly enough: number
}

export interface DemandForecast {
  /** Days, such as 2011-11-08; the last one is included. */
  readonly from: string
  readonly to: string
  readonly method: string
  readonly items: readonly ItemForecast[]
  /** Units that the whole shop sold, by week, oldest first. */
  readonly shop: readonly number[]
  readonly held_out: HeldOut
  /** Of every method, its WAPE on earlier weeks, by which it was chosen: the mean over `times` forecasts of four weeks. */
  readonly validation: { readonly times: number; readonly wape: Readonly<Record<string, number>> }
}

export interface DemandInputs {
  readonly log: readonly LogLine[]
  readonly catalogue: CatalogueLines | undefined
  readonly seed: number
  readonly progress: Progress
}

/** Weeks that are forecast from at least. */
const shortest = 4
/** Times that methods are tried on, before the weeks that are held out. */
const mostTimes = 5

/**
 * Demand by item for the next four weeks. The method is chosen by the weeks before the last four, and measured on those; where it is
 * not better there than the best seasonal-naive forecast, by more than chance, that one forecasts. Throws `input-empty` where the log has
 * fewer than twelve weeks of purchases, or none in a span of four weeks that is looked back on.
 */
export function forecastDemand({ log, catalogue, seed, progress }: DemandInputs): DemandForecast {
  const known = catalogue && new Set(catalogue.items.map(({ id }) => id))
  const { end, weeks } = spanOf(log)
  const times = Math.min(mostTimes, Math.floor((weeks - horizon - shortest) / horizon))
  progress.stage('Cleaning')
  const lines = salesLines(log, known)
  progress.stage('Looking back')
  const cuts = Array.from({ length: times + 2 }, (_, at) => ({
    cutoff: end - horizon * at * weekMs,
    weeks: weeks - horizon * at,
  }))
  const sales = cuts.map(({ cutoff }) => salesBefore(lines, cutoff))
  const past = cuts.slice(1).map((cut, at) => pastOutcome([sales[at + 1]!, sales[at]!], cut))
  const [test, ...validation] = past as [PastOutcome, ...PastOutcome[]]
  if (past.some(({ actual }) => actual.length === 0)) {
    throw new WindowshopError('input-empty', { where: 'log', expected: 'purchases of known items in every four weeks' })
  }
  const choose = (methods: readonly Method[]) => rank(methods, validation)
  const { naive, smoothed } = candidates()
  const [rivals, own] = [choose(naive), choose(smoothed)]
  const [chosen, rival] = [own[0]!.method, rivals[0]!.method]
  const held = holdOut(test, { chosen, rival, validation, seed, naive: rivals.map(({ method }) => method) })
  const method = held.gain.interval[0] > 0 ? chosen : rival
  progress.stage('Forecasting')
  const demand = weeklyDemand(sales[0]!, { end, weeks })
  const titles = titlesOf(sales[0]!, catalogue)
  const range = calibrate(past.flatMap((outcome) => soldOf(outcome, method)))
  const histories = [...demand.values()]
  const forecasts = method.forecast(histories)
  const items = [...demand.keys()].map((id, at): ItemForecast => {
    const likely = sum(forecasts[at]!)
    const { average, enough } = range(likely)
    return {
      id,
      title: titles.get(id) ?? id,
      past: Array.from(histories[at]!.slice(-12)),
      weeks: Array.from(forecasts[at]!, roundUnits),
      likely: roundUnits(likely),
      average: roundUnits(average),
      enough: Math.ceil(enough),
    }
  })
  return {
    from: dayOf(end),
    to: dayOf(end + horizon * weekMs - 1),
    method: method.name,
    items: items.sort((a, b) => b.likely - a.likely || (a.id < b.id ? -1 : 1)),
    shop: byWeek(histories, weeks),
    held_out: held,
    validation: {
      times,
      wape: Object.fromEntries([...rivals, ...own].map(({ method: { name }, wape }) => [name, wape])),
    },
  }
}

/** The last purchase's day (UTC) ends the last week; a week that the log does not have in full is left out. */
function spanOf(log: readonly LogLine[]): { end: number; weeks: number } {
  const times = log.flatMap(({ kind, time }) => (kind === 'purchase' && !Number.isNaN(time) ? [time] : []))
  const [first, last] = times.reduce(([low, high], time) => [Math.min(low, time), Math.max(high, time)] as const, [
    Infinity,
    -Infinity,
  ] as const)
  const end = (Math.floor(last / dayMs) + 1) * dayMs
  const weeks = Math.floor((end - first) / weekMs)
  if (weeks >= shortest + 2 * horizon) return { end, weeks }
  throw new WindowshopError('input-empty', { where: 'log', expected: 'purchases of at least twelve weeks' })
}

/** The methods for which all earlier outcomes are long enough, best first. */
function rank(methods: readonly Method[], outcomes: readonly PastOutcome[]): { method: Method; wape: number }[] {
  const shortestHistory = Math.min(...outcomes.map(({ weeks }) => weeks))
  return methods
    .filter(({ needs }) => needs <= shortestHistory)
    .map((method) => {
      const errors = outcomes.map((outcome) => judgeForecast(method.forecast(outcome.histories), outcome).wape)
      return { method, wape: sum(errors) / errors.length }
    })
    .sort((a, b) => a.wape - b.wape)
}

/** The catalogue's titles, or what most lines of the log call an item. */
function titlesOf(sales: readonly CleanLine[], catalogue: CatalogueLines | undefined): Map<string, string> {
  if (catalogue) return new Map(catalogue.items.map(({ id, title }) => [id, title]))
  const counts = new Map<string, Map<string, number>>()
  for (const { item, title } of sales) {
    if (title === undefined) continue
    const own = counts.get(item) ?? new Map<string, number>()
    counts.set(item, own.set(title, (own.get(title) ?? 0) + 1))
  }
  const commonest = (titles: ReadonlyMap<string, number>) =>
    [...titles].reduce((best, other) => (other[1] > best[1] ? other : best))[0]
  return new Map([...counts].map(([item, titles]) => [item, commonest(titles)]))
}
