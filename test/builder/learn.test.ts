import { expect, test } from 'vitest'
import { bareItem, type CatalogueItem } from '../../src/builder/catalogue.ts'
import type { CleanLine } from '../../src/builder/clean/clean-log.ts'
import { countCustomers, numberLog } from '../../src/builder/learn/interactions.ts'
import { learnNeighbours } from '../../src/builder/learn/neighbours.ts'
import { learnPriors } from '../../src/builder/learn/priors.ts'
import { learnStrengths } from '../../src/builder/learn/strengths.ts'
import { learnTextVectors } from '../../src/builder/learn/text-vectors.ts'
import { defaultSettings } from '../../src/core/settings.ts'
import { words } from '../../src/core/words.ts'
import { between, seededRandom } from '../support/seed.ts'

const dayMs = 86_400_000
const start = Date.UTC(2026, 0, 1)

function line(
  user: string,
  item: number,
  { day = 0, kind = 'purchase' }: { day?: number; kind?: CleanLine['kind'] } = {},
): CleanLine {
  const order = `${user}-${day}`
  return { line: 1, time: start + day * dayMs, kind, user, item: `${item}`, quantity: 1, price: undefined, order }
}

function log(lines: readonly CleanLine[], rows: number) {
  return numberLog(
    [...lines].sort((a, b) => a.time - b.time),
    rows,
    (item) => (Number(item) < rows ? Number(item) : undefined),
  )
}

const settings = { count: 20, shrink: 5, basketLimit: 200 }

test('neighbours are the pairs of five customers with the highest shrunk lift, by plain loops', () => {
  const random = seededRandom('neighbours')
  const lines = Array.from({ length: 3000 }, () => {
    const user = `u${between(random, 0, 60)}`
    return line(user, Math.floor(30 * random() ** 2), { day: between(random, 0, 9) })
  })
  const baskets = new Map<string, { user: string; items: Set<number> }>()
  for (const { order, user, item } of lines) {
    const basket = baskets.get(order!) ?? { user, items: new Set<number>() }
    baskets.set(order!, basket)
    basket.items.add(Number(item))
  }
  const all = [...baskets.values()]
  const { offsets, rows, weights } = learnNeighbours(log(lines, 30), settings)
  let pairs = 0
  for (let a = 0; a < 30; a++) {
    const scored = []
    for (let b = 0; b < 30; b++) {
      const both = all.filter(({ items }) => a !== b && items.has(a) && items.has(b))
      if (new Set(both.map(({ user }) => user)).size < 5) continue
      const [inA, inB] = [a, b].map((row) => all.filter(({ items }) => items.has(row)).length) as [number, number]
      const lift = (both.length * all.length) / (inA * inB)
      scored.push({ b, score: (lift * both.length) / (both.length + 5) })
    }
    scored.sort((x, y) => y.score - x.score || x.b - y.b)
    const expected = scored.slice(0, 20)
    pairs += expected.length
    expect([...rows.subarray(offsets[a], offsets[a + 1])]).toEqual(expected.map(({ b }) => b))
    for (const [n, { score }] of expected.entries()) {
      expect(weights[offsets[a]! + n]).toBeCloseTo(score / expected[0]!.score, 5)
    }
  }
  expect(pairs).toBeGreaterThan(50)
})

test('a pair that four customers bought a hundred times is no neighbour, that of a fifth makes it one', () => {
  const four = ['a', 'b', 'c', 'd'].flatMap((user) =>
    Array.from({ length: 100 }, (_, day) => [line(user, 0, { day }), line(user, 1, { day })]).flat(),
  )
  expect(learnNeighbours(log(four, 2), settings).rows).toHaveLength(0)
  const five = [...four, line('e', 0), line('e', 1)]
  expect([...learnNeighbours(log(five, 2), settings).rows]).toEqual([1, 0])
})

test('without purchases carts tell what goes together, without those views of a day', () => {
  const users = ['a', 'b', 'c', 'd', 'e']
  const of = (kind: CleanLine['kind']) => users.flatMap((user) => [line(user, 0, { kind }), line(user, 1, { kind })])
  for (const kind of ['add_to_cart', 'view_item'] as const) {
    expect([...learnNeighbours(log(of(kind), 2), settings).rows]).toEqual([1, 0])
  }
})

const priorSettings = { popularityHalfLifeDays: 60, trendHalfLifeDays: 10, newnessHalfLifeDays: 30, minCustomers: 5 }

function priors(lines: readonly CleanLine[], rows: number, added: (number | undefined)[] = []) {
  const numbered = log(lines, rows)
  return learnPriors(
    numbered,
    Array.from({ length: rows }, (_, row) => added[row]),
    countCustomers(numbered),
    priorSettings,
  )
}

const crowd = (size: number, item: number, day: number) =>
  Array.from({ length: size }, (_, u) => line(`u${u}`, item, { day }))

test('popularity is a rank: the same whether the best seller sold twice or fifty times as often', () => {
  const twice = priors([...crowd(10, 0, 0), ...crowd(20, 1, 0), ...crowd(5, 2, 0)], 3)
  const often = priors([...crowd(10, 0, 0), ...crowd(500, 1, 0), ...crowd(5, 2, 0)], 3)
  expect([...twice.popularity]).toEqual([...often.popularity])
  expect([...twice.order]).toEqual([1, 0, 2])
  expect(twice.popularity[1]).toBe(1)
})

test('items of fewer than five customers have no rank and stand last, in the order of the catalogue', () => {
  const { popularity, trend, order } = priors([...crowd(4, 0, 9), ...crowd(2, 1, 9), ...crowd(6, 2, 0)], 4)
  expect([...popularity]).toEqual([0, 0, 1, 0])
  expect([...trend].map((value, row) => row !== 2 && value !== 0)).toEqual([false, false, false, false])
  expect([...order]).toEqual([2, 0, 1, 3])
})

test('popularity forgets, and what sells lately is the trend', () => {
  const { popularity, trend } = priors([...crowd(30, 0, 0), ...crowd(20, 1, 200)], 2)
  expect(popularity[1]).toBeGreaterThan(popularity[0]!)
  expect(trend[1]).toBeGreaterThan(trend[0]!)
})

test("newness halves in its half-life, from the catalogue's date or the fifth customer's visit", () => {
  const lines = [...crowd(5, 0, 0), ...crowd(5, 1, 60)]
  const { newness } = priors(lines, 4, [undefined, undefined, start + 30 * dayMs])
  expect([...newness].map((value) => Math.round(value * 1000) / 1000)).toEqual([0.25, 1, 0.5, 0])
})

test('strengths count kinds, ages and repeats, and nothing that pushes away', () => {
  const lines = [
    line('a', 0, { day: 0 }),
    line('a', 1, { day: 10 }),
    line('a', 2, { day: 10, kind: 'view_item' }),
    line('a', 3, { day: 10, kind: 'dismiss' }),
  ]
  const { indices, values } = learnStrengths(log(lines, 4), { strengths: defaultSettings.strengths, halfLifeDays: 10 })
  expect([...indices]).toEqual([0, 1, 2])
  expect(values[0]).toBeCloseTo(Math.log2(1.5))
  expect(values[1]).toBeCloseTo(1)
  expect(values[2]).toBeCloseTo(Math.log2(1 + 1 / 4))
})

function item(id: string, title: string, values: Partial<CatalogueItem> = {}): CatalogueItem {
  return bareItem(id, { title, ...values })
}

test("a search's words point at the items that carry them", () => {
  const random = seededRandom('text vectors')
  const kinds = ['red tent', 'warm blanket', 'oak table', 'steel bottle', 'wool hat']
  const items = Array.from({ length: 60 }, (_, i) =>
    item(`${i}`, `${kinds[i % 5]} model ${between(random, 1, 20)}`, {
      category: `C > ${i % 5}`,
      price: 1 + 9 * random(),
    }),
  )
  const { rows, dims, terms } = learnTextVectors(items, { dims: 8, seed: 1 })
  const vectorOf = (text: string) => {
    const sum = new Float64Array(dims)
    for (const word of words(text)) {
      const at = terms.words.indexOf(word)
      if (at >= 0) for (let d = 0; d < dims; d++) sum[d]! += terms.rows[at * dims + d]!
    }
    return sum
  }
  for (const [kind, text] of kinds.entries()) {
    const query = vectorOf(text)
    const scores = items.map((_, row) => query.reduce((sum, value, d) => sum + value * rows[row * dims + d]!, 0))
    const best = [...scores.keys()].sort((a, b) => scores[b]! - scores[a]!).slice(0, 10)
    expect(best.map((row) => row % 5)).toEqual(best.map(() => kind))
  }
  const squares = rows.reduce((sum, value) => sum + value * value, 0)
  expect(squares / items.length).toBeCloseTo(1)
  expect(terms.words.some((word) => word.includes(':'))).toBe(false)
})

test('texts that share nothing give rows of zeros, no broken numbers', () => {
  const { rows, terms } = learnTextVectors([item('1', 'tent'), item('2', 'hat'), item('3', '?')], { dims: 4, seed: 1 })
  expect([...rows]).toEqual(Array.from({ length: 12 }, () => 0))
  expect(terms.words).toEqual([])
})
