import { expect, test } from 'vitest'
import { bareItem, type CatalogueItem } from '../../../src/builder/catalogue.ts'
import { meanOf } from '../../../src/builder/evaluate/bootstrap.ts'
import { mostPopular } from '../../../src/builder/evaluate/baselines/most-popular.ts'
import { coldStartCurve } from '../../../src/builder/evaluate/cold-start.ts'
import type { Dataset } from '../../../src/builder/evaluate/dataset.ts'
import { evaluate, chooseModels } from '../../../src/builder/evaluate/evaluate.ts'
import { gapBetween } from '../../../src/builder/evaluate/gap.ts'
import { groupsOf } from '../../../src/builder/evaluate/groups.ts'
import type { Case } from '../../../src/builder/evaluate/model.ts'
import { recommendAll } from '../../../src/builder/evaluate/recommend-all.ts'
import { sequencesOf } from '../../../src/builder/evaluate/sequences.ts'
import { servedModel } from '../../../src/builder/evaluate/served.ts'
import { shopDataset } from '../../../src/builder/evaluate/shop-dataset.ts'
import { silent } from '../../../src/builder/progress.ts'
import type { LogLine } from '../../../src/builder/read/read-events.ts'
import { defaultSettings } from '../../../src/core/settings.ts'
import { between, seededRandom } from '../../support/seed.ts'

const day = 86_400_000

function line(user: string, item: string, at: number, more: Partial<LogLine> = {}): LogLine {
  return { line: 1, user, item, time: at * day, kind: 'purchase', quantity: 1, price: 1, order: undefined, ...more }
}

function catalogueItem(id: string, more: Partial<CatalogueItem> = {}): CatalogueItem {
  return bareItem(id, { title: `Item ${id}`, ...more })
}

const catalogue = { items: ['a', 'b', 'c'].map((id) => catalogueItem(id)), duplicates: 0, incomplete: 0 }

test("a shop's log is split in time: only first purchases of customers with a history are wanted", () => {
  const log = [
    line('u', 'a', 1),
    line('u', 'b', 2, { kind: 'view_item' }),
    line('v', 'c', 3),
    // The last ten days: from day 40.5 on.
    line('u', 'a', 41),
    line('u', 'b', 42),
    line('u', 'c', 43, { kind: 'view_item' }),
    line('new', 'a', 44),
    line('v', 'b', 50.5),
  ]
  const { training, cases, items, hide } = shopDataset({ log, catalogue }, { days: 10, validation: false })
  expect(items.map(({ id }) => id)).toEqual(['a', 'b', 'c'])
  expect(hide).toBe('bought')
  expect([...training.sequences.rows]).toEqual([0, 1, 2])
  expect([...training.sequences.times!]).toEqual([day, 2 * day, 3 * day])
  expect(cases.map(({ rows, wanted }) => [[...rows], [...wanted]])).toEqual([
    [[0, 1], [1]],
    [[2], [1]],
  ])
})

test('validation never looks at the last days, and a later return does not undo what was bought before the cutoff', () => {
  const log = [
    line('u', 'a', 1),
    line('u', 'b', 20),
    line('u', 'a', 22, { kind: 'refund' }),
    line('u', 'c', 35),
    line('v', 'a', 39.9),
  ]
  const { training, cases } = shopDataset({ log, catalogue }, { days: 15, validation: true })
  expect([...training.sequences.rows]).toEqual([0])
  expect(cases.map(({ rows, wanted }) => [[...rows], [...wanted]])).toEqual([[[0], [1]]])
})

test('groups hold every case by activity once, and every wanted item by popularity once', () => {
  const random = seededRandom('groups')
  const items = 60
  const lists = Array.from({ length: 200 }, () =>
    Array.from({ length: between(random, 1, 9) }, () => Math.floor((items - 5) * random() ** 3)),
  )
  const cases: Case[] = Array.from({ length: 50 }, () => ({
    rows: Uint32Array.from({ length: between(random, 0, 20) }, () => between(random, 0, items - 1)),
    wanted: new Uint32Array(
      new Set(Array.from({ length: between(random, 1, 5) }, () => between(random, 0, items - 1))),
    ),
  }))
  const training = { items, sequences: sequencesOf(lists) }
  const groups = groupsOf({ training, cases, hide: 'nothing', items: [], task: '', split: 'test' })
  const byActivity = groups.filter(({ by }) => by === 'shopper activity').flatMap(({ members }) => members)
  expect(byActivity.map(({ at }) => at).sort((a, b) => a - b)).toEqual(cases.map((_, at) => at))
  const byPopularity = groups.filter(({ by }) => by === 'item popularity')
  for (const [at, { wanted }] of cases.entries()) {
    const found = byPopularity.flatMap(({ members }) =>
      members.flatMap((member) => (member.at === at ? Array.from(member.wanted) : [])),
    )
    expect(found.sort((a, b) => a - b)).toEqual([...wanted].sort((a, b) => a - b))
  }
  const events = lists.flat()
  const best = new Set(byPopularity[0]!.members.flatMap(({ wanted }) => Array.from(wanted)))
  const tail = byPopularity
    .find(({ name }) => name === 'long tail')!
    .members.flatMap(({ wanted }) => Array.from(wanted))
  const count = (row: number) => events.filter((other) => other === row).length
  for (const row of best) for (const other of tail) expect(count(row)).toBeGreaterThanOrEqual(count(other))
  for (const { name, members } of byPopularity) {
    if (name === 'never seen')
      for (const { wanted } of members) for (const row of Array.from(wanted)) expect(count(row)).toBe(0)
  }
})

test('the cold-start curve asks about the same shoppers with their last events alone', async () => {
  const asked: number[][] = []
  const model = {
    bytes: 1,
    recommend: async ({ rows }: { rows: Uint32Array }) => {
      asked.push([...rows])
      return rows.length >= 2 ? [9] : []
    },
  }
  const cases = [
    { rows: Uint32Array.of(1, 2, 3, 4, 5, 6), wanted: Uint32Array.of(9) },
    { rows: Uint32Array.of(1, 2), wanted: Uint32Array.of(9) },
  ]
  const training = { items: 10, sequences: sequencesOf([[1]]) }
  const curve = await coldStartCurve(model, { training, cases, hide: 'nothing' }, { k: 20, seed: 1 })
  expect(asked).toEqual([[], [6], [5, 6], [4, 5, 6], [2, 3, 4, 5, 6]])
  expect(curve.map(({ events, recall }) => [events, recall.value])).toEqual([
    [0, 0],
    [1, 0],
    [2, 1],
    [3, 1],
    [5, 1],
  ])
})

/** Customers of two tastes: each buys items of one half of the catalogue. */
function twoTastes(): Dataset {
  const random = seededRandom('two tastes')
  const half = 20
  const draw = (taste: number) => between(random, 0, half - 1) + taste * half
  const lists = Array.from({ length: 300 }, (_, user) => Array.from({ length: 8 }, () => draw(user % 2)))
  const cases = Array.from({ length: 60 }, (_, user) => {
    const rows = Array.from({ length: 5 }, () => draw(user % 2))
    return {
      rows: Uint32Array.from(rows),
      wanted: Uint32Array.of(...new Set(Array.from({ length: 6 }, () => draw(user % 2)))),
    }
  })
  return {
    training: { items: 2 * half, sequences: sequencesOf(lists) },
    cases,
    hide: 'seen',
    items: Array.from({ length: 2 * half }, (_, row) => catalogueItem(`item-${row}`)),
    task: 'two tastes',
    split: 'test',
  }
}

test('what is served learns from the training, knows the shopper, and hides what it is told to', async () => {
  const { training, cases, items } = twoTastes()
  const fitted = await servedModel(items).fit(training, { seed: 1 })
  const { lists, auc } = await recommendAll(fitted, cases, { items: 40, count: 10, hide: 'seen' })
  expect(fitted.bytes).toBeGreaterThan(40 * 64)
  // A taste is half of the catalogue: what is wanted is told from the other half, and from nothing within its own.
  expect(meanOf(auc)).toBeGreaterThan(0.7)
  let right = 0
  for (const [at, { rows }] of cases.entries()) {
    const list = Array.from(lists[at]!)
    expect(list).toHaveLength(10)
    expect(new Set(list).size).toBe(10)
    expect(list.filter((row) => rows.includes(row))).toEqual([])
    right += list.filter((row) => row < 20 === rows[0]! < 20).length
  }
  expect(right).toBeGreaterThan(0.95 * 600)
})

test('the scores of what is served order its lists, and say -Infinity of what it never lists', async () => {
  const { training, cases, items } = twoTastes()
  const unlisted = [...items, catalogueItem('of nobody', { added: Infinity })]
  const plain = { settings: { ...defaultSettings, diversity: 0 } }
  const fitted = await servedModel(unlisted, plain).fit({ ...training, items: 41 }, { seed: 1 })
  if (!('recommend' in fitted) || !fitted.score) throw new Error('expected a list with scores')
  const scores = new Float64Array(41)
  for (const shopper of cases.slice(0, 20)) {
    const list = Array.from(await fitted.recommend(shopper, 10, new Set()))
    await fitted.score(shopper, scores)
    const ranked = [...scores.keys()].sort((a, b) => scores[b]! - scores[a]!)
    expect(list.map((row) => scores[row])).toEqual(ranked.slice(0, 10).map((row) => scores[row]))
    expect(scores[40]).toBe(-Infinity)
    for (const row of shopper.rows) expect(scores[row]).toBe(-Infinity)
  }
})

test('a gap is the mean difference shopper by shopper, and narrower than two intervals apart', () => {
  const random = seededRandom('gap')
  const cases = Array.from({ length: 400 }, () => ({
    rows: new Uint32Array(),
    wanted: Uint32Array.of(between(random, 0, 9)),
  }))
  const first = cases.map(() => [...new Set(Array.from({ length: 5 }, () => between(random, 0, 9)))])
  // The other one is the same, but for every eighth shopper, to whom it shows nothing.
  const other = first.map((list, at) => (at % 8 === 0 ? [] : list))
  const { recall } = gapBetween([first, other], { cases, k: 5, seed: 1 })
  const hits = (lists: number[][]) => lists.filter((list, at) => list.includes(cases[at]!.wanted[0]!)).length
  expect(recall.value).toBeCloseTo((hits(first) - hits(other)) / 400, 12)
  expect(recall.interval[0]).toBeGreaterThan(0)
  const { recall: turned } = gapBetween([other, first], { cases, k: 5, seed: 1 })
  expect(turned.value).toBeCloseTo(-recall.value, 12)
})

test('an evaluation reports every model with its bytes, seconds and percentages', async () => {
  const dataset = twoTastes()
  const { dataset: summary, models } = await evaluate('two', dataset, [mostPopular, servedModel(dataset.items)], {
    seed: 1,
    ks: [10, 20],
    progress: silent,
  })
  expect(summary).toMatchObject({ name: 'two', items: 40, sequences: 300, events: 2400, cases: 60 })
  expect(Object.keys(models)).toEqual(['popular', 'windowshop'])
  const { popular, windowshop } = models
  expect(windowshop!.quality['recall@10']!.value).toBeGreaterThan(popular!.quality['recall@10']!.interval[1])
  expect(windowshop!.hr20).toBeCloseTo(100 * windowshop!.quality['hit@20']!.value, 1)
  expect(popular!.bytes).toBe(160)
  expect(popular!.quality['auc']!.value).toBeGreaterThan(0)
  expect(windowshop!.quality['auc']!.value).toBeGreaterThan(popular!.quality['auc']!.value)
  expect(popular!.gap).toEqual({ recall: { value: 0, interval: [0, 0] }, ndcg: { value: 0, interval: [0, 0] } })
  const lead = windowshop!.quality['recall@20']!.value - popular!.quality['recall@20']!.value
  expect(windowshop!.gap.recall.value).toBeCloseTo(-lead, 12)
  expect(windowshop!.cold_start.map(({ events }) => events)).toEqual([0, 1, 2, 3, 5])
})

test('models are chosen by their names, unknown ones refused', () => {
  const models = [mostPopular]
  expect(chooseModels(models, undefined)).toEqual(models)
  expect(() => chooseModels(models, ['popular', 'oracle'])).toThrow('oracle')
})
