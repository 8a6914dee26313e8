import { expect, test } from 'vitest'
import { bootstrapMeans, meanOf } from '../../../src/builder/evaluate/bootstrap.ts'
import { describeLists } from '../../../src/builder/evaluate/catalogue-metrics.ts'
import { areaUnderCurve, judgeList } from '../../../src/builder/evaluate/metrics.ts'
import type { Random } from '../../../src/core/random.ts'
import { between, seededRandom } from '../../support/seed.ts'

test('a list by hand: two of three wanted items, at the second and the fifth place', () => {
  const quality = judgeList(['a', 'B', 'c', 'd', 'E', 'F'], new Set(['B', 'E', 'F']), 5)
  expect(quality.hit).toBe(1)
  expect(quality.recall).toBeCloseTo(2 / 3, 12)
  expect(quality.precision).toBeCloseTo(2 / 5, 12)
  expect(quality.f1).toBeCloseTo(0.5, 12)
  expect(quality.mrr).toBe(0.5)
  expect(quality.ndcg).toBeCloseTo((1 / Math.log2(3) + 1 / Math.log2(6)) / (1 + 1 / Math.log2(3) + 1 / 2), 12)
})

test('lists are judged as the definitions say, shorter than k too', () => {
  const random = seededRandom('list metrics')
  for (let round = 0; round < 300; round++) {
    const items = between(random, 5, 40)
    const list = shuffled(items, random).slice(0, between(random, 0, items))
    const wanted = shuffled(items, random).slice(0, between(random, 1, items))
    const k = between(random, 1, 15)
    const shown = list.slice(0, k)
    const found = wanted.filter((item) => shown.includes(item))
    const precision = found.length / k
    const recall = found.length / wanted.length
    const gainOf = (items: number[]) =>
      items.map((item, at) => (wanted.includes(item) ? Math.LN2 / Math.log(at + 2) : 0)).reduce((a, b) => a + b, 0)
    const first = shown.findIndex((item) => wanted.includes(item))
    const got = judgeList(list, new Set(wanted), k)
    expect(got.hit).toBe(found.length > 0 ? 1 : 0)
    expect(got.recall).toBeCloseTo(recall, 12)
    expect(got.precision).toBeCloseTo(precision, 12)
    expect(got.f1).toBeCloseTo(found.length ? (2 * precision * recall) / (precision + recall) : 0, 12)
    expect(got.mrr).toBeCloseTo(first < 0 ? 0 : 1 / (first + 1), 12)
    expect(got.ndcg).toBeCloseTo(gainOf(shown) / gainOf(wanted.slice(0, k)), 12)
  }
})

test('the area under the curve is the share of pairs in the right order, ties half, hidden rows left out', () => {
  const random = seededRandom('auc')
  for (let round = 0; round < 200; round++) {
    const items = between(random, 3, 30)
    const scores = Float64Array.from({ length: items }, () => (random() < 0.2 ? -Infinity : between(random, 0, 6)))
    const rows = shuffled(items, random)
    const wanted = new Set(rows.slice(0, between(random, 1, items - 2)))
    const hidden = new Set(shuffled(items, random).slice(0, between(random, 0, 3)))
    let pairs = 0
    let right = 0
    for (const one of wanted) {
      for (let other = 0; other < items; other++) {
        if (wanted.has(other) || hidden.has(other) || hidden.has(one)) continue
        pairs++
        right += scores[one]! > scores[other]! ? 1 : scores[one] === scores[other] ? 0.5 : 0
      }
    }
    if (pairs === 0) expect(areaUnderCurve(scores, wanted, hidden)).toBeNaN()
    else expect(areaUnderCurve(scores, wanted, hidden)).toBeCloseTo(right / pairs, 12)
  }
})

test('coverage, exposure, popularity, novelty and diversity are those of their definitions', () => {
  const random = seededRandom('catalogue metrics')
  for (let round = 0; round < 60; round++) {
    const items = between(random, 4, 25)
    const popularity = Uint32Array.from({ length: items }, () => between(random, 0, 9))
    const place = Float64Array.from({ length: items }, random)
    const distance = (a: number, b: number) => Math.abs(place[a]! - place[b]!)
    const lists = Array.from({ length: between(random, 1, 12) }, () =>
      shuffled(items, random).slice(0, between(random, 2, 4)),
    )
    const got = describeLists(lists, { items, popularity, sequences: 10, distance })
    const shown = lists.flat()
    const exposure = Array.from({ length: items }, (_, row) => shown.filter((other) => other === row).length)
    expect(got.coverage).toBeCloseTo(new Set(shown).size / items, 12)
    // Half the relative mean absolute difference.
    let differences = 0
    for (const a of exposure) for (const b of exposure) differences += Math.abs(a - b)
    expect(got.gini).toBeCloseTo(differences / (2 * items * shown.length), 10)
    const overLists = (value: (list: number[]) => number) => average(lists.map(value))
    expect(got.popularity).toBeCloseTo(
      overLists((list) => average(list.map((row) => popularity[row]!))),
      10,
    )
    const bits = (row: number) => Math.log2(10 / Math.max(1, popularity[row]!))
    expect(got.novelty).toBeCloseTo(
      overLists((list) => average(list.map(bits))),
      10,
    )
    const apart = (list: number[]) =>
      average(list.flatMap((a) => list.flatMap((b) => (a === b ? [] : [distance(a, b)]))))
    expect(got.diversity).toBeCloseTo(overLists(apart), 10)
  }
})

test('the interval of a mean is about two standard errors wide, falls with the number of shoppers, and repeats with its seed', () => {
  const random = seededRandom('bootstrap')
  for (const count of [100, 2500]) {
    const values = Float64Array.from({ length: count }, () => (random() < 0.3 ? 1 : 0))
    const twice = values.map((value) => 2 * value)
    const [[low, high], doubled] = bootstrapMeans([values, twice], { seed: 3, resamples: 2000 }) as [
      [number, number],
      [number, number],
    ]
    const mean = meanOf(values)
    const error = Math.sqrt((mean * (1 - mean)) / count)
    expect((high - low) / (2 * 1.96 * error)).toBeGreaterThan(0.9)
    expect((high - low) / (2 * 1.96 * error)).toBeLessThan(1.1)
    expect((low + high) / 2).toBeCloseTo(mean, count > 1000 ? 2 : 1)
    // Columns are resampled together.
    expect(doubled[0]).toBeCloseTo(2 * low, 12)
    expect(bootstrapMeans([values], { seed: 3, resamples: 2000 })[0]).toEqual([low, high])
  }
})

test('shoppers without a value are left out of a mean and of its interval', () => {
  const values = Float64Array.from([1, NaN, 1, NaN, 1])
  expect(meanOf(values)).toBe(1)
  expect(bootstrapMeans([values], { seed: 1 })[0]).toEqual([1, 1])
})

function shuffled(count: number, random: Random): number[] {
  const rows = Array.from({ length: count }, (_, row) => row)
  for (let at = count - 1; at > 0; at--) {
    const other = between(random, 0, at)
    ;[rows[at], rows[other]] = [rows[other]!, rows[at]!]
  }
  return rows
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
