import { parse } from 'csv-parse/sync'
import { expect, test } from 'vitest'
import { customerFeatures, featureNames, recencyFrequency } from '../../src/builder/customers/customer-features.ts'
import { customersCsv } from '../../src/builder/customers/customers-csv.ts'
import { forecastReturns } from '../../src/builder/customers/forecast-returns.ts'
import { formatReturns } from '../../src/builder/customers/format-returns.ts'
import { chanceGain, judgeChances } from '../../src/builder/customers/judge-chances.ts'
import { fitLogistic } from '../../src/builder/customers/logistic-regression.ts'
import { purchaseHistories } from '../../src/builder/customers/purchase-history.ts'
import { salesBefore, salesLines } from '../../src/builder/clean/sales.ts'
import { dayMs } from '../../src/builder/learn/interactions.ts'
import { silent } from '../../src/builder/progress.ts'
import type { LogLine } from '../../src/builder/read/read-events.ts'
import type { Random } from '../../src/core/random.ts'
import { purchase, salesStart } from '../support/sales-log.ts'
import { between, seededRandom } from '../support/seed.ts'

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

test('orders are put together, with what they cost; a return undoes a purchase from when it is known', () => {
  const lines = salesLines(
    [
      purchase({ user: 'ann', time: salesStart, order: '1', item: 'item 1', quantity: 2, price: 3 }),
      purchase({ user: 'ann', time: salesStart + 1, order: '1', item: 'item 2', quantity: 1, price: 4 }),
      purchase({ user: 'ann', time: salesStart + dayMs, order: '2', item: 'item 1', quantity: 1, price: 5 }),
      purchase({ user: 'ann', time: salesStart + 2 * dayMs, order: '3', item: 'item 1', quantity: -1, price: 5 }),
      purchase({ user: undefined, time: salesStart, order: '4' }),
    ],
    undefined,
  )
  const known = (end: number) => [...purchaseHistories(salesBefore(lines, end))]
  expect(known(salesStart + 2 * dayMs)).toEqual([
    [
      'ann',
      [
        { time: salesStart, amount: 10 },
        { time: salesStart + dayMs, amount: 5 },
      ],
    ],
  ])
  expect(known(salesStart + 3 * dayMs)).toEqual([['ann', [{ time: salesStart, amount: 10 }]]])
})

test('features are what a plain count says', () => {
  const random = seededRandom('features')
  const now = salesStart + 300 * dayMs
  for (let round = 0; round < 200; round++) {
    // Whole days apart, so that no two orders are one.
    const days = [...new Set(Array.from({ length: between(random, 1, 9) }, () => between(random, 1, 290)))].sort(
      (a, b) => b - a,
    )
    const orders = days.map((day) => ({ time: now - day * dayMs, amount: day }))
    const gaps = days.slice(1).map((day, at) => days[at]! - day)
    const deviation = Math.sqrt(mean(gaps.map((gap) => (gap - mean(gaps)) ** 2)))
    const expected = [
      Math.log(1 + days.at(-1)!),
      Math.log(days.length),
      Math.log(1 + days[0]!),
      days.length === 1 ? 1 : 0,
      gaps.length > 0 ? Math.log(1 + mean(gaps)) : 0,
      gaps.length > 0 ? Math.log(1 + days.at(-1)! / mean(gaps)) : 0,
      gaps.length > 1 ? deviation / mean(gaps) : 0,
      days.filter((day) => day < 30).length,
      days.filter((day) => day >= 30 && day < 60).length,
      days.filter((day) => day < 90).length,
      days.length / ((days[0]! + 30) / 30),
      Math.log(1 + days.reduce((sum, day) => sum + day, 0)),
    ]
    const features = customerFeatures(orders, now)
    expect(features).toHaveLength(featureNames.length)
    for (const [at, value] of features.entries()) expect(value, featureNames[at]).toBeCloseTo(expected[at]!, 9)
  }
})

test('the regression stands where its penalised likelihood has no slope', () => {
  const random = seededRandom('logistic')
  const rows = Array.from({ length: 400 }, () => [random() * 10, random() < 0.3 ? 1 : 0, 7])
  const labels = rows.map(([a, b]) => random() < 1 / (1 + Math.exp(3 - a! * 0.5 - b!)))
  const model = fitLogistic(rows, labels)
  // The model's own weights, by what it says of the standardised axes.
  const stats = [0, 1].map((column) => {
    const values = rows.map((row) => row[column]!)
    return { mean: mean(values), deviation: Math.sqrt(mean(values.map((value) => (value - mean(values)) ** 2))) }
  })
  const middle = [...stats.map((own) => own.mean), 7]
  const logit = (row: readonly number[]) => Math.log(model(row) / (1 - model(row)))
  const weights = stats.map(({ deviation }, at) => {
    const moved = middle.map((value, place) => (place === at ? value + deviation : value))
    return logit(moved) - logit(middle)
  })
  const errors = rows.map((row, at) => model(row) - (labels[at] ? 1 : 0))
  expect(mean(errors)).toBeCloseTo(0, 8)
  for (const [at, weight] of weights.entries()) {
    const { mean: from, deviation } = stats[at]!
    const slope = errors.reduce((sum, error, i) => sum + (error * (rows[i]![at]! - from)) / deviation, 0)
    expect(slope + weight).toBeCloseTo(0, 6)
  }
})

test('AUC, log loss and calibration are those of the definitions', () => {
  const random = seededRandom('chances')
  const chances = Float64Array.from({ length: 300 }, () => Math.round(random() * 20) / 20)
  const came = Array.from(chances, (chance) => random() < chance)
  let wins = 0
  let pairs = 0
  for (const [a, comes] of came.entries()) {
    for (const [b, others] of came.entries()) {
      if (!comes || others) continue
      pairs++
      wins += chances[a]! > chances[b]! ? 1 : chances[a] === chances[b] ? 0.5 : 0
    }
  }
  const { auc, log_loss: loss, calibration_error: error, groups } = judgeChances(chances, came)
  expect(auc).toBeCloseTo(wins / pairs, 12)
  const clipped = (chance: number) => Math.min(1 - 1e-6, Math.max(1e-6, chance))
  const losses = (of: Float64Array) => came.map((is, at) => -Math.log(is ? clipped(of[at]!) : 1 - clipped(of[at]!)))
  expect(loss).toBeCloseTo(mean(losses(chances)), 12)
  expect(groups.map(({ customers }) => customers)).toEqual(Array.from({ length: 10 }, () => 30))
  expect(error).toBeCloseTo(mean(groups.map(({ said, was }) => Math.abs(said - was))), 12)
  expect(mean(groups.map(({ was }) => was))).toBeCloseTo(came.filter(Boolean).length / 300, 12)
  const flat = chances.map(() => 0.5)
  expect(chanceGain([chances, flat], { came, seed: 1 }).value).toBeCloseTo(
    mean(losses(flat)) - mean(losses(chances)),
    12,
  )
})

/** Half of the customers come every 20 to 40 days like clockwork, the others (or all) by chance, as often in the mean. */
function shopOf(
  random: Random,
  customers: number,
  isMixed = true,
): { log: LogLine[]; steady: (id: string) => boolean } {
  const log = Array.from({ length: customers }, (_, customer) => {
    const every = 20 + 20 * random()
    const lines: LogLine[] = []
    const gap = () => (isMixed && customer % 2 === 0 ? every : -every * 2 * Math.log(1 - random()))
    for (let day = random() * every; day < 360; day += gap()) {
      lines.push(purchase({ user: `=customer ${customer}`, time: salesStart + Math.floor(day * dayMs) }))
    }
    return lines
  }).flat()
  return { log, steady: (id) => Number(id.split(' ')[1]) % 2 === 0 }
}

test('who comes like clockwork is told from who comes by chance; recency and frequency alone do not', () => {
  const { log, steady } = shopOf(seededRandom('clockwork'), 600)
  const forecast = forecastReturns(log, { seed: 1, progress: silent })
  const { method, customers, held_out: held } = forecast
  expect(method).toBe('history')
  expect(held.gain.interval[0]).toBeGreaterThan(0)
  expect(held.history.auc).toBeGreaterThan(held.recency_frequency.auc)
  const chances = (is: boolean) => mean(customers.filter(({ id }) => steady(id) === is).map(({ returns }) => returns))
  expect(chances(true)).toBeGreaterThan(chances(false))
  const rows = parse(customersCsv(forecast), { columns: true }) as Record<string, string>[]
  expect(rows.map(({ id, returns }) => [id, Number(returns)])).toEqual(
    customers.map(({ id, returns }) => [`'${id}`, returns]),
  )
  expect(formatReturns(forecast)).toContain(`${customers.length} customers; of these, `)
})

test('where all come by chance, recency and frequency forecast alone, but for the chance of one in forty', () => {
  const random = seededRandom('by chance')
  const methods = Array.from({ length: 6 }, () => {
    const { log } = shopOf(random, 300, false)
    const { method, held_out: held } = forecastReturns(log, { seed: 1, progress: silent })
    expect(method).toBe(held.gain.interval[0] > 0 ? 'history' : 'recency and frequency')
    return method
  })
  expect(methods).toContain('recency and frequency')
})

test('what happened in the days that are held out changes nothing of what was said of them', () => {
  const { log } = shopOf(seededRandom('held out'), 300)
  const end = salesStart + 360 * dayMs
  const last = purchase({ user: 'last', time: end - 1 })
  const before = log.filter(({ time }) => time < end - 30 * dayMs)
  const said = (lines: readonly LogLine[]) =>
    forecastReturns([...lines, last], { seed: 1, progress: silent }).held_out.history.groups.map((group) => group.said)
  const others = before.slice(0, 40).map((line) => ({ ...line, line: line.line + 1e6, time: end - 5 * dayMs }))
  expect(said([...before, ...others])).toEqual(said(log))
  expect(recencyFrequency).toBe(2)
})

test('a log that is too short is refused', () => {
  const { log } = shopOf(seededRandom('short'), 200)
  const short = log.filter(({ time }) => time < salesStart + 110 * dayMs)
  expect(() => forecastReturns(short, { seed: 1, progress: silent })).toThrow(
    expect.objectContaining({ code: 'input-empty' }),
  )
})
