import { WindowshopError } from '../../errors.ts'
import type { CleanLine } from '../clean/clean-log.ts'
import { salesBefore, salesLines } from '../clean/sales.ts'
import { dayOf } from '../day-of.ts'
import type { Estimate } from '../evaluate/judge.ts'
import { dayMs } from '../learn/interactions.ts'
import type { Progress } from '../progress.ts'
import type { LogLine } from '../read/read-events.ts'
import { customerFeatures, recencyFrequency } from './customer-features.ts'
import { chanceGain, judgeChances, type ChanceQuality } from './judge-chances.ts'
import { fitLogistic } from './logistic-regression.ts'
import { purchaseHistories } from './purchase-history.ts'

export interface CustomerChance {
  readonly id: string
  readonly orders: number
  /** Day of the last one. */
  readonly last: string
  /** The chance of another order within 30 days, 0 to 1; what is left of 1 is the chance of none. */
  readonly returns: number
}

export interface ReturnForecast {
  /** The days that are forecast. */
  readonly from: string
  readonly to: string
  readonly method: 'history' | 'recency and frequency'
  /** Those who are likeliest to come back first. */
  readonly customers: readonly CustomerChance[]
  /** The last 30 days of the log, forecast from those before. */
  readonly held_out: {
    readonly from: string
    readonly to: string
    readonly customers: number
    /** Share of them who came back. */
    readonly came: number
    readonly history: ChanceQuality
    readonly recency_frequency: ChanceQuality
    /** By how much the log loss of the first is lower. */
    readonly gain: Estimate
  }
}

const days = 30
/** Spans of 30 days before the one that is forecast, from which is learned; the log has to begin as long before the first. */
const mostSpans = 5
const fewest = 100

/**
 * The chance that a customer buys again within 30 days, by logistic regression over their orders, learned from earlier spans of 30 days;
 * by recency and frequency alone where the rest does not tell more of the last 30 days, by more than chance may. Throws `input-empty` where
 * the log has fewer than 120 days of purchases, or 100 customers with an earlier order.
 */
export function forecastReturns(
  log: readonly LogLine[],
  { seed, progress }: { readonly seed: number; readonly progress: Progress },
): ReturnForecast {
  progress.stage('Cleaning')
  const lines = salesLines(log, undefined)
  const sold = lines.filter(({ kind }) => kind === 'purchase')
  const end = (Math.floor((sold.at(-1)?.time ?? 0) / dayMs) + 1) * dayMs
  const length = days * dayMs
  const spans = Math.min(mostSpans, Math.floor((end - (sold[0]?.time ?? end)) / length) - 2)
  if (spans < 2) {
    throw new WindowshopError('input-empty', { where: 'log', expected: 'purchases of at least 120 days' })
  }
  progress.stage('Looking back')
  // Of the days that are held out nothing is learned: their spans end where they begin.
  const past = Array.from({ length: spans + 1 }, (_, at) => spanOf(lines, end - (at + 1) * length, length))
  const [test, ...before] = past as [Span, ...Span[]]
  if (test.customers.length < fewest || !test.came.some(Boolean)) {
    throw new WindowshopError('input-empty', { where: 'log', expected: `${fewest} customers who may come back` })
  }
  const [own, baseline] = [fit(before), fit(before, recencyFrequency)].map((model) => chancesOf(test, model)) as [
    Float64Array,
    Float64Array,
  ]
  const gain = chanceGain([own, baseline], { came: test.came, seed })
  const better = gain.interval[0] > 0
  progress.stage('Forecasting')
  const now = featuresAt(lines, end)
  const model = fit(past.slice(0, mostSpans), better ? undefined : recencyFrequency)
  const customers = now.map(({ id, features, orders, last }) => ({
    id,
    orders,
    last: dayOf(last),
    returns: Math.round(1e4 * model(features)) / 1e4,
  }))
  return {
    from: dayOf(end),
    to: dayOf(end + length - 1),
    method: better ? 'history' : 'recency and frequency',
    customers: customers.sort((a, b) => b.returns - a.returns || (a.id < b.id ? -1 : 1)),
    held_out: {
      from: dayOf(end - length),
      to: dayOf(end - 1),
      customers: test.customers.length,
      came: test.came.filter(Boolean).length / test.came.length,
      history: judgeChances(own, test.came),
      recency_frequency: judgeChances(baseline, test.came),
      gain,
    },
  }
}

interface Known {
  readonly id: string
  readonly features: readonly number[]
  readonly orders: number
  /** Milliseconds since the epoch. */
  readonly last: number
}

interface Span {
  readonly customers: readonly Known[]
  /** Whether each bought something in the 30 days that followed. */
  readonly came: readonly boolean[]
}

/** Who was known at `cutoff`, as the log knew them then, and who bought in the time after it. */
function spanOf(lines: readonly CleanLine[], cutoff: number, length: number): Span {
  const customers = featuresAt(lines, cutoff)
  const later = salesBefore(lines, cutoff + length).flatMap(({ user, time }) => (time >= cutoff ? [user] : []))
  const buyers = new Set(later)
  return { customers, came: customers.map(({ id }) => buyers.has(id)) }
}

function featuresAt(lines: readonly CleanLine[], now: number): Known[] {
  return [...purchaseHistories(salesBefore(lines, now))].map(([id, orders]) => ({
    id,
    features: customerFeatures(orders, now),
    orders: orders.length,
    last: orders.at(-1)!.time,
  }))
}

type Model = (features: readonly number[]) => number

/** Learns from spans; of the first `columns` features only, where that is given. */
function fit(spans: readonly Span[], columns?: number): Model {
  const rows = spans.flatMap(({ customers }) => customers.map(({ features }) => features.slice(0, columns)))
  const labels = spans.flatMap(({ came }) => came)
  const model = fitLogistic(rows, labels)
  return (features) => model(features.slice(0, columns))
}

function chancesOf({ customers }: Span, model: Model): Float64Array {
  return Float64Array.from(customers, ({ features }) => model(features))
}
