import { parse } from 'csv-parse/sync'
import { parseHTML } from 'linkedom'
import { expect, test } from 'vitest'
import { salesBefore, salesLines } from '../../src/builder/clean/sales.ts'
import { calibrate } from '../../src/builder/forecast/calibrate.ts'
import { forecastCsv } from '../../src/builder/forecast/forecast-csv.ts'
import { forecastDemand, type DemandForecast } from '../../src/builder/forecast/forecast-demand.ts'
import { formatForecast } from '../../src/builder/forecast/format-forecast.ts'
import { forecastGap, judgeForecast } from '../../src/builder/forecast/judge-forecast.ts'
import { seasonalNaive, smoothed } from '../../src/builder/forecast/methods.ts'
import { volumeGroups } from '../../src/builder/forecast/volume-groups.ts'
import { weekMs, weeklyDemand } from '../../src/builder/forecast/weekly-demand.ts'
import { silent } from '../../src/builder/progress.ts'
import type { LogLine } from '../../src/builder/read/read-events.ts'
import { renderForecast } from '../../src/builder/report/render-forecast.ts'
import type { Random } from '../../src/core/random.ts'
import { purchase, salesLog, salesStart } from '../support/sales-log.ts'
import { between, seededRandom } from '../support/seed.ts'

function forecastOf(log: readonly LogLine[]): DemandForecast {
  return forecastDemand({ log, catalogue: undefined, seed: 1, progress: silent })
}

/** Poisson numbers (Knuth, 1969). */
function poisson(random: Random, mean: number): number {
  let count = 0
  for (let left = random(); left > Math.exp(-mean); left *= random()) count++
  return count
}

function randomHistories(random: Random, weeks: number): Float64Array[] {
  return Array.from({ length: 30 }, () => {
    const mean = 8 * random()
    const first = between(random, 0, weeks)
    return Float64Array.from({ length: weeks }, (_, week) => (week < first ? 0 : poisson(random, mean)))
  })
}

const total = (units: ArrayLike<number>) => Array.from(units).reduce((sum, n) => sum + n, 0)

test('demand is what a plain count says: of anybody, by week, without corrections of the stock and other items', () => {
  const random = seededRandom('demand')
  const weeks = 6
  const end = salesStart + weeks * weekMs
  const log = Array.from({ length: 400 }, () =>
    purchase({
      time: salesStart + Math.floor(random() * 8 * weekMs) - weekMs,
      item: `item ${between(random, 1, 5)}`,
      user: random() < 0.3 ? undefined : `customer ${between(random, 1, 1000)}`,
      quantity: between(random, 1, 9),
      price: random() < 0.2 ? 0 : random() < 0.2 ? undefined : 3,
      kind: random() < 0.1 ? 'view_item' : 'purchase',
    }),
  )
  const known = new Set(['item 1', 'item 2', 'item 3'])
  const expected = new Map<string, number[]>()
  for (const { time, item, quantity, price, kind } of log) {
    if (kind !== 'purchase' || price === 0 || time >= end || time < salesStart || !known.has(item!)) continue
    const own = expected.get(item!) ?? Array.from({ length: weeks }, () => 0)
    own[Math.floor((time - salesStart) / weekMs)]! += quantity
    expected.set(item!, own)
  }
  const demand = weeklyDemand(salesBefore(salesLines(log, known), end), { end, weeks })
  expect(new Map([...demand].map(([item, units]) => [item, [...units]]))).toEqual(expected)
})

test('what is given back later is still sold when looked at earlier', () => {
  const lines = salesLines(
    [
      purchase({ user: 'ann', time: salesStart, quantity: 7 }),
      purchase({ user: 'ann', time: salesStart + weekMs, quantity: -5 }),
      purchase({ user: 'bob', time: salesStart + weekMs, quantity: 1 }),
    ],
    undefined,
  )
  const units = (end: number) => [...weeklyDemand(salesBefore(lines, end), { end, weeks: 1 }).values()].map(total)
  expect(units(salesStart + weekMs)).toEqual([7])
  const end = salesStart + 2 * weekMs
  expect([...weeklyDemand(salesBefore(lines, end), { end, weeks: 2 }).get('item 1')!]).toEqual([2, 1])
})

test('naive forecasts repeat the weeks of a season ago', () => {
  const weeks = Float64Array.from({ length: 60 }, (_, week) => week)
  const forecast = (season: 1 | 4 | 52) => [...seasonalNaive(season).forecast([weeks])[0]!]
  expect(forecast(1)).toEqual([59, 59, 59, 59])
  expect(forecast(4)).toEqual([56, 57, 58, 59])
  expect(forecast(52)).toEqual([8, 9, 10, 11])
})

test('smoothing is the weighted power mean since the first sale', () => {
  const random = seededRandom('smoothing')
  const histories = randomHistories(random, 20)
  for (const [halfLife, power] of [
    [2, 1],
    [5, 0.5],
    [9, 0.75],
  ] as const) {
    const forecasts = smoothed({ halfLife, power, yearly: false }).forecast(histories)
    for (const [at, weeks] of histories.entries()) {
      const since = [...weeks].slice([...weeks].findIndex((units) => units > 0)).toReversed()
      const weights = since.map((_, age) => Math.exp((-age * Math.LN2) / halfLife))
      const mean = total(since.map((units, age) => weights[age]! * Math.pow(units, power))) / total(weights)
      const expected = total(weeks) === 0 ? 0 : Math.pow(mean, 1 / power)
      for (const units of forecasts[at]!) expect(units).toBeCloseTo(expected, 9)
    }
  }
})

test('errors are those of the definitions', () => {
  const random = seededRandom('errors')
  const histories = randomHistories(random, 12)
  const actual = histories.map(() => Float64Array.from({ length: 4 }, () => poisson(random, 3)))
  const [own, other] = [seasonalNaive(4).forecast(histories), seasonalNaive(1).forecast(histories)]
  const asked = total(actual.map(total))
  const wape = (forecasts: readonly Float64Array[]) =>
    total(forecasts.map((forecast, at) => Math.abs(total(forecast) - total(actual[at]!)))) / asked
  const scaled: number[] = []
  let byWeek = 0
  for (const [at, weeks] of histories.entries()) {
    const error = total([0, 1, 2, 3].map((week) => Math.abs(own[at]![week]! - actual[at]![week]!)))
    byWeek += error
    const first = weeks.findIndex((units) => units > 0)
    const naive: number[] = []
    for (let week = first + 4; first >= 0 && week < 12; week++) naive.push(Math.abs(weeks[week]! - weeks[week - 4]!))
    if (total(naive) > 0) scaled.push(error / 4 / (total(naive) / naive.length))
  }
  const quality = judgeForecast(own, { histories, actual })
  expect(quality.wape).toBeCloseTo(wape(own), 9)
  expect(quality.wape_by_week).toBeCloseTo(byWeek / asked, 9)
  expect(quality.mase).toBeCloseTo(total(scaled) / scaled.length, 9)
  expect(quality.bias).toBeCloseTo(total(own.map(total)) / asked - 1, 9)
  const gap = forecastGap([own, other], { actual, seed: 1 })
  expect(gap.value).toBeCloseTo(wape(other) - wape(own), 9)
  expect(gap.interval[0]).toBeLessThan(gap.value)
  expect(gap.interval[1]).toBeGreaterThan(gap.value)
  const groups = volumeGroups({ histories, actual }, [own, other])
  expect(total(groups.map(({ items }) => items))).toBe(histories.length)
  expect(total(groups.map(({ units, chosen }) => (units > 0 ? units * chosen : 0)))).toBeCloseTo(wape(own) * asked, 6)
})

test('averages add up, and what should be enough is so in nine of ten cases', () => {
  const random = seededRandom('calibrate')
  const draw = () =>
    Array.from({ length: 6000 }, () => {
      const mean = 40 * random() ** 3
      // The forecast is systematically too low, and rough.
      return { forecast: mean * (0.5 + 0.3 * random()), actual: poisson(random, mean) }
    })
  const range = calibrate(draw())
  const later = draw()
  const ranges = later.map(({ forecast }) => range(forecast))
  const sold = total(later.map(({ actual }) => actual))
  expect(total(ranges.map(({ average }) => average)) / sold).toBeCloseTo(1, 1)
  const enough = later.filter(({ actual }, at) => actual <= Math.ceil(ranges[at]!.enough)).length / later.length
  expect(enough).toBeGreaterThan(0.87)
  expect(enough).toBeLessThan(0.97)
})

test('demand by chance about a level is forecast better than by repeating what was', () => {
  const random = seededRandom('level')
  const means = Array.from({ length: 150 }, () => 1 + 20 * random())
  const { method, held_out: held, items } = forecastOf(salesLog(150, 30, (item) => poisson(random, means[item]!)))
  expect(held.gain.interval[0]).toBeGreaterThan(0)
  expect(method).toBe(held.chosen)
  expect(held.methods[held.chosen]!.mase).toBeLessThan(1)
  for (const { id, average } of items) {
    const mean = means[Number(id.slice(5))]!
    expect(Math.abs(average / 4 - mean)).toBeLessThan(8 * Math.sqrt(mean))
  }
})

test('where the same four weeks come again and again, they are repeated', () => {
  const random = seededRandom('season')
  const season = Array.from({ length: 40 }, () => Array.from({ length: 4 }, () => 10 + between(random, 0, 90)))
  const { method, items } = forecastOf(salesLog(40, 24, (item, week) => season[item]![week % 4]!))
  expect(method).toBe('last four weeks again')
  for (const { id, weeks } of items) {
    if (id !== 'item 0') expect(weeks).toEqual(season[Number(id.slice(5))])
  }
})

test('a season of the whole shop is known from last year, and moves items that were not sold then', () => {
  const random = seededRandom('year')
  const busy = (week: number) => ([46, 47, 48, 49, 50, 51].includes(week % 52) ? 4 : 1)
  const weeks = 2 * 52 - 4
  const log = salesLog(80, weeks, (item, week) => (item < 40 || week > 70 ? poisson(random, 10 * busy(week)) : 0))
  const histories = [...weeklyDemand(salesLines(log, undefined), { end: salesStart + weeks * weekMs, weeks }).values()]
  const plain = smoothed({ halfLife: 8, power: 1, yearly: false }).forecast(histories)
  const yearly = smoothed({ halfLife: 8, power: 1, yearly: true }).forecast(histories)
  const shop = [0, 1, 2, 3].map((week) => total(histories.map((units) => units[weeks - 52 + week]!)))
  const before = Array.from({ length: weeks - 52 }, (_, week) => total(histories.map((units) => units[week]!)))
  const weights = before.map((_, week) => 2 ** ((week + 1 - before.length) / 8))
  const level = total(before.map((units, week) => units * weights[week]!)) / total(weights)
  for (const [at, weekly] of yearly.entries()) {
    for (const [week, units] of weekly.entries()) {
      expect(units).toBeCloseTo((plain[at]![week]! * shop[week]!) / level, 6)
    }
  }
  expect(forecastOf(log).held_out.methods).toHaveProperty('same weeks of last year')
})

test('a log of fewer than twelve weeks of purchases is refused', () => {
  expect(() => forecastOf(salesLog(3, 11, () => 5))).toThrow(expect.objectContaining({ code: 'input-empty' }))
  expect(() => forecastOf(salesLog(3, 20, () => 5).map((own) => ({ ...own, kind: 'view_item' as const })))).toThrow(
    expect.objectContaining({ code: 'input-empty' }),
  )
  expect(forecastOf(salesLog(3, 12, () => 5)).items).toHaveLength(3)
})

test('titles stay text, in the table and on the page', () => {
  const titles = ['=HYPERLINK("http://evil")', '<img src=x onerror=alert(1)>', 'a "quoted", one', '+1', '-2', '@x']
  const log = salesLog(6, 14, (item) => 5 + item).map((own) => ({ ...own, title: titles[Number(own.item!.slice(5))]! }))
  const forecast = forecastOf(log)
  const rows = parse(forecastCsv(forecast), { columns: true }) as Record<string, string>[]
  expect(rows).toHaveLength(6)
  for (const [at, { id, title, likely, week_1: first }] of rows.entries()) {
    const item = forecast.items[at]!
    expect(id).toBe(item.id)
    expect(title).toBe(/^[=+\-@]/.test(item.title) ? `'${item.title}` : item.title)
    expect([likely, first].map(Number)).toEqual([item.likely, item.weeks[0]])
  }
  const page = renderForecast('<script>alert(1)</script>', forecast)
  const { document } = parseHTML(page)
  expect(document.querySelectorAll('script, img, [src], [href]')).toHaveLength(0)
  const shown = [...document.querySelectorAll('section:nth-of-type(3) tbody th')].map((cell) => cell.textContent)
  expect(shown).toEqual(forecast.items.map(({ id, title }) => title + id))
  expect(document.querySelectorAll('svg.plot')).toHaveLength(2)
})

test('the page and the text say so where the forecast is no better than repeating', () => {
  const forecast = forecastOf(salesLog(20, 24, (item, week) => 10 + ((item + week) % 4) * 20))
  const { document } = parseHTML(renderForecast('log.csv', forecast))
  expect(document.querySelector('.verdict.unsure')!.textContent).toContain('Not better')
  expect(formatForecast(forecast)).toContain('by: last four weeks again')
})
