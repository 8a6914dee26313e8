import { Matrix, solve } from 'ml-matrix'
import { expect, test } from 'vitest'
import { baselines } from '../../../src/builder/evaluate/baselines/baselines.ts'
import { pairEncoder } from '../../../src/builder/evaluate/baselines/factorisation-machine.ts'
import { perceptron } from '../../../src/builder/evaluate/baselines/multilayer-perceptron.ts'
import type { Encoder } from '../../../src/builder/evaluate/baselines/next-item.ts'
import type { Shopper, Training } from '../../../src/builder/evaluate/model.ts'
import { sequencesOf } from '../../../src/builder/evaluate/sequences.ts'
import { trainAls } from '../../../src/builder/learn/als.ts'
import { sparseFromRows } from '../../../src/builder/learn/sparse.ts'
import { normal, type Random } from '../../../src/core/random.ts'
import { between, seededRandom } from '../../support/seed.ts'

const options = { seed: 1 }

async function scoresOf(name: string, training: Training, rows: readonly number[], more: Partial<Shopper> = {}) {
  const model = baselines({ content: training.content !== undefined }).find((model) => model.name === name)!
  const fitted = await model.fit(training, options)
  const scores = new Float64Array(training.items).fill(NaN)
  // Twice: nothing may be left of the first.
  fitted.score({ rows: Uint32Array.of(0, 1), ...more }, scores)
  fitted.score({ rows: Uint32Array.from(rows), ...more }, scores)
  expect(fitted.bytes).toBeGreaterThan(0)
  return scores
}

interface Drawn {
  readonly items: number
  readonly lists: number[][]
  readonly training: Training
  readonly prefix: number[]
}

function draw(random: Random): Drawn {
  const items = between(random, 4, 12)
  const lists = Array.from({ length: between(random, 5, 30) }, () =>
    Array.from({ length: between(random, 1, 6) }, () => between(random, 0, items - 1)),
  )
  const prefix = Array.from({ length: between(random, 1, 5) }, () => between(random, 0, items - 1))
  return { items, lists, training: { items, sequences: sequencesOf(lists) }, prefix }
}

function expectScores(got: Float64Array, expected: (row: number) => number): void {
  for (const [row, score] of got.entries()) {
    if (expected(row) === -Infinity) expect(score).toBe(-Infinity)
    else expect(score, `row ${row}`).toBeCloseTo(expected(row), 6)
  }
}

test('popularity counts all events but the first of a sequence, recent popularity the last tenth of the sequences', async () => {
  const random = seededRandom('popularity')
  for (let round = 0; round < 20; round++) {
    const { lists, training, prefix } = draw(random)
    const count = (rows: number[], row: number) => rows.filter((other) => other === row).length
    const popular = await scoresOf('popular', training, prefix)
    expectScores(popular, (row) => lists.reduce((sum, list) => sum + count(list.slice(1), row), 0))
    const recent = lists.slice(Math.ceil(lists.length * 0.9))
    const lately = await scoresOf('recent-popular', training, prefix)
    expectScores(lately, (row) => recent.filter((list) => list.includes(row)).length)
  }
})

test('with times, recent popularity counts the last thirty days', async () => {
  const day = 86_400_000
  const sequences = {
    ...sequencesOf([
      [0, 1],
      [1, 1],
    ]),
    times: Float64Array.of(0, 11 * day, 39 * day, 40 * day),
  }
  expect([...(await scoresOf('recent-popular', { items: 3, sequences }, [0]))]).toEqual([0, 2, 0])
})

test('Markov counts what followed the last item, and recommends nothing else', async () => {
  const random = seededRandom('markov')
  for (let round = 0; round < 20; round++) {
    const { items, lists, training, prefix } = draw(random)
    const followers = (row: number) =>
      lists.flatMap((list) => list.slice(1).filter((next, at) => list[at] === prefix.at(-1) && next === row)).length
    expectScores(await scoresOf('markov', training, prefix), (row) => followers(row) || -Infinity)
    const ranked = await scoresOf('markov-popular', training, prefix)
    const occurrences = (row: number) => lists.flat().filter((other) => other === row).length
    for (let a = 0; a < items; a++) {
      for (let b = 0; b < items; b++) {
        if (!followers(a) || !followers(b)) continue
        const before = followers(a) - followers(b) || occurrences(a) - occurrences(b)
        expect(Math.sign(ranked[a]! - ranked[b]!)).toBe(Math.sign(before))
      }
    }
  }
})

const naive = {
  cosine: (a: number[], b: number[]) => dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b)),
  jaccard: (a: number[], b: number[]) => dot(a, b) / a.filter((value, at) => value || b[at]).length,
  pearson: (a: number[], b: number[]) => {
    const [x, y] = [a, b].map((values) => values.map((value) => value - mean(values))) as [number[], number[]]
    const spread = Math.sqrt(dot(x, x) * dot(y, y))
    return spread > 1e-9 ? dot(x, y) / spread : 0
  },
}

test.each(['cosine', 'pearson', 'jaccard'] as const)(
  'item and user neighbours by %s are those of dense vectors',
  async (name) => {
    const random = seededRandom(`neighbours by ${name}`)
    for (let round = 0; round < 20; round++) {
      const { items, lists, training, prefix } = draw(random)
      const vectorOf = (list: number[]) => Array.from({ length: items }, (_, row) => (list.includes(row) ? 1 : 0))
      const columnOf = (row: number) => lists.map((list) => (list.includes(row) ? 1 : 0))
      const own = [...new Set(prefix)]
      const together = (a: number, b: number) => lists.some((list) => list.includes(a) && list.includes(b))
      expectScores(await scoresOf(`item-knn-${name}`, training, prefix), (row) =>
        own
          .filter((other) => other !== row && together(other, row))
          .reduce((sum, other) => sum + naive[name](columnOf(other), columnOf(row)), 0),
      )
      const voters = lists.filter((list) => list.some((row) => own.includes(row)))
      expectScores(await scoresOf(`user-knn-${name}`, training, prefix), (row) =>
        voters
          .filter((list) => list.includes(row))
          .reduce((sum, list) => sum + naive[name](vectorOf(own), vectorOf(list)), 0),
      )
    }
  },
)

test('only a hundred neighbours vote, the most alike, of equals the latest', async () => {
  const lists = Array.from({ length: 150 }, (_, s) => (s < 50 ? [0, 2] : [0, 1]))
  const scores = await scoresOf('user-knn-cosine', { items: 3, sequences: sequencesOf(lists) }, [0])
  expect(scores[1]).toBeCloseTo(100 / Math.SQRT2, 9)
  expect(scores[2]).toBe(0)
})

test('V-SKNN weighs the items of the session by how late they came, and a vote by the latest shared item', async () => {
  const random = seededRandom('v-sknn')
  for (let round = 0; round < 40; round++) {
    const { lists, training, prefix } = draw(random)
    const back = [...new Set(prefix.toReversed())]
    const votes = lists.map((list) => {
      const shared = back.flatMap((row, at) => (list.includes(row) ? [at] : []))
      if (shared.length === 0) return 0
      const alike = shared.reduce((sum, at) => sum + (back.length - at) / back.length, 0)
      return alike / Math.sqrt(new Set(list).size) / (1 + Math.min(...shared))
    })
    expectScores(await scoresOf('v-sknn', training, prefix), (row) =>
      lists.reduce((sum, list, s) => sum + (list.includes(row) ? votes[s]! : 0), 0),
    )
  }
})

test('content-based scores are cosines with the sum of what the shopper saw', async () => {
  const random = seededRandom('content')
  for (let round = 0; round < 20; round++) {
    const { items, training, prefix } = draw(random)
    const rows = Array.from({ length: items }, () =>
      unit(Array.from({ length: 5 }, () => (random() < 0.5 ? random() : 0))),
    )
    const content = sparseFromRows(
      rows.map((row) => new Map(row.flatMap((value, at) => (value ? [[at, value]] : [])))),
      5,
    )
    const profile = unit(rows[0]!.map((_, at) => prefix.reduce((sum, row) => sum + rows[row]![at]!, 0)))
    expectScores(await scoresOf('content', { ...training, content }, prefix), (row) => dot(rows[row]!, profile))
  }
})

test('content-based refuses data that describes nothing', () => {
  const model = baselines({ content: true }).find(({ name }) => name === 'content')!
  expect(() => model.fit({ items: 2, sequences: sequencesOf([[0, 1]]) }, options)).toThrow('option-invalid')
})

test('the hybrid adds up its parts, each relative to its highest score', async () => {
  const random = seededRandom('hybrid')
  for (let round = 0; round < 10; round++) {
    const { training, prefix } = draw(random)
    const alike = await scoresOf('item-knn-cosine', training, prefix)
    const recent = await scoresOf('recent-popular', training, prefix)
    const share = (scores: Float64Array, row: number) => scores[row]! / (Math.max(...scores) || 1)
    expectScores(await scoresOf('hybrid', training, prefix), (row) => share(alike, row) + 0.1 * share(recent, row))
  }
})

test('matrix factorisation folds a shopper in as least squares do', async () => {
  const random = seededRandom('als fold-in')
  const { items, lists, training, prefix } = draw(random)
  const incidence = sparseFromRows(
    lists.map((list) => new Map(list.map((row) => [row, 1]))),
    items,
  )
  const factors = Matrix.from1DArray(
    items,
    64,
    trainAls(incidence, { dims: 64, lambda: 10, alpha: 10, iterations: 8, seed: 1 }),
  )
  const confidence = Matrix.diag(Array.from({ length: items }, (_, row) => (prefix.includes(row) ? 11 : 1)))
  const wanted = Matrix.columnVector(Array.from({ length: items }, (_, row) => (prefix.includes(row) ? 1 : 0)))
  const system = factors.transpose().mmul(confidence).mmul(factors).add(Matrix.eye(64).mul(10))
  const user = solve(system, factors.transpose().mmul(confidence).mmul(wanted))
  const expected = factors.mmul(user).to1DArray()
  expectScores(await scoresOf('als', training, prefix), (row) => expected[row]!)
})

test.each(['fm', 'mlp'])('%s learns a cycle of items, and gives the same model for the same seed', async (name) => {
  const random = seededRandom(`${name} on a cycle`)
  const items = 30
  const lists = Array.from({ length: 1200 }, () => {
    const start = between(random, 0, items - 1)
    return Array.from({ length: 4 }, (_, at) => (start + 7 * at) % items)
  })
  const training = { items, sequences: sequencesOf(lists) }
  const model = baselines({ content: false }).find((model) => model.name === name)!
  const fitted = await model.fit(training, options)
  const scores = new Float64Array(items)
  for (let row = 0; row < items; row++) {
    fitted.score({ rows: Uint32Array.of(row) }, scores)
    expect(scores.indexOf(Math.max(...scores)), `after ${row}`).toBe((row + 7) % items)
  }
  expect(await scoresOf(name, training, [items - 1])).toEqual(scores)
})

const encoders: Record<string, (items: number, random: Random) => Encoder> = {
  fm: (items, random) => pairEncoder(items, 4, random),
  mlp: (items, random) => perceptron(items, { dims: 4, hidden: 6 }, random),
}

test.each(Object.keys(encoders))('a step of %s goes down the gradient of the loss', (name) => {
  const random = seededRandom(`${name} gradient`)
  let sloped = 0
  for (let round = 0; round < 50; round++) {
    const encoder = encoders[name]!(9, random)
    const prefix = Uint32Array.from({ length: between(random, 1, 4) }, () => between(random, 0, 8))
    const direction = Float64Array.from({ length: 4 }, () => normal(random))
    const before = dot([...encoder.encode(prefix)], [...direction])
    // Where no hidden unit is above zero, the loss is flat.
    if (before === 0) continue
    sloped++
    encoder.learn(direction.map((value) => value * 1e-3))
    const after = dot([...encoder.encode(prefix)], [...direction])
    expect(after).toBeLessThan(before)
  }
  expect(sloped).toBeGreaterThan(25)
})

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, at) => sum + value * b[at]!, 0)
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function unit(values: readonly number[]): number[] {
  const norm = Math.sqrt(dot(values, values))
  return values.map((value) => (norm > 0 ? value / norm : 0))
}
