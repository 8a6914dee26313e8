import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Dataset } from '../../src/builder/evaluate/dataset.ts'
import { judge } from '../../src/builder/evaluate/judge.ts'
import { recommendAll } from '../../src/builder/evaluate/recommend-all.ts'
import { servedModel } from '../../src/builder/evaluate/served.ts'
import { silent, type Progress } from '../../src/builder/progress.ts'
import { readSettingsFile, withDefaults } from '../../src/builder/settings-file.ts'
import { formatTuning } from '../../src/builder/tune/format-tuning.ts'
import { knobsFor } from '../../src/builder/tune/knobs.ts'
import { createMeasure } from '../../src/builder/tune/measure-point.ts'
import { settingsOf, valueAt, type Point } from '../../src/builder/tune/point.ts'
import { searchKnobs } from '../../src/builder/tune/search-knobs.ts'
import { tuneSettings } from '../../src/builder/tune/tune-settings.ts'
import { kindShop } from '../support/kind-shop.ts'
import { between, seededRandom } from '../support/seed.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'windowshop-tune-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** With few shoppers to ask. */
const someOf = (dataset: Dataset): Dataset => ({ ...dataset, cases: dataset.cases.slice(0, 60) })
const mean = (values: ArrayLike<number>) => Array.from(values).reduce((sum, value) => sum + value, 0) / values.length

test('the search finds what trying everything finds, where settings do not depend on each other', async () => {
  const random = seededRandom('search')
  for (let round = 0; round < 20; round++) {
    const knobs = ['a', 'b', 'c'].map((path) => ({ path, values: [0, 1, 2, 3, 4].slice(0, between(random, 2, 5)) }))
    const goals = knobs.map(({ values }) => values[between(random, 0, values.length - 1)]!)
    const tastes = Array.from({ length: 40 }, () => random())
    const worth = (point: Point) => knobs.reduce((sum, { path }, at) => sum - ((point[path] ?? 1) - goals[at]!) ** 2, 0)
    const { point, steps } = await searchKnobs({
      knobs,
      rounds: 2,
      defaults: () => 1,
      measure: async (tried) => Float64Array.from(tastes, (taste) => taste + worth(tried) * (1 + 0.1 * taste)),
    })
    const expected = Object.fromEntries(
      knobs.map(({ path }, at) => [path, goals[at]!]).filter(([, goal]) => goal !== 1),
    )
    expect(point).toEqual(expected)
    expect(steps.map(({ path, from, to }) => [path, from, to])).toEqual(
      Object.entries(expected).map(([path, goal]) => [path, 1, goal]),
    )
    for (const { before, after } of steps) expect(after).toBeGreaterThan(before)
  }
})

test('what is better for some and as much worse for others changes nothing', async () => {
  const { point, steps } = await searchKnobs({
    knobs: [{ path: 'a', values: [0, 1, 2] }],
    rounds: 2,
    defaults: () => 1,
    measure: async ({ a = 1 }) => Float64Array.from({ length: 41 }, (_, at) => (a === 1 ? 0 : at % 2 === 0 ? 1 : -1)),
  })
  expect(point).toEqual({})
  expect(steps).toEqual([])
})

test('a point is a settings file, and its values are found by their paths', async () => {
  const point = { 'settings.trend': 0.25, 'settings.strengths.view_item': 2, 'learning.collaborative.dims': 32 }
  const file = join(folder, 'settings.json')
  await writeFile(file, JSON.stringify(settingsOf(point)))
  const tuned = await readSettingsFile(file)
  for (const [path, value] of Object.entries(point)) expect(valueAt(tuned, path)).toBe(value)
  expect(tuned.settings.profile).toBe(withDefaults({}).settings.profile)
  // Whatever is tried may stand in such a file.
  for (const { path, values } of knobsFor(
    new Map([
      ['view_item', 9],
      ['purchase', 2],
      ['refund', 1],
    ]),
  )) {
    for (const value of values) {
      await writeFile(file, JSON.stringify(settingsOf({ [path]: value })))
      expect(valueAt(await readSettingsFile(file), path)).toBe(value)
    }
  }
})

test('strengths are tried for all kinds of a log but the commonest one and those that push away', () => {
  const paths = knobsFor(new Map([['purchase', 3], ['view_item', 900], ['dismiss', 50], ['add_to_cart', 20]])) // prettier-ignore
    .map(({ path }) => path)
    .filter((path) => path.includes('strengths'))
  expect(paths).toEqual(['settings.strengths.add_to_cart', 'settings.strengths.purchase'])
})

test('a point is worth what its own bundle finds, whatever was asked before', async () => {
  const dataset = someOf(kindShop(seededRandom('measure')))
  const measure = createMeasure(dataset, 1)
  const points: Point[] = [
    {},
    { 'settings.content': 0, 'settings.trend': 2 },
    { 'learning.collaborative.dims': 8, 'learning.content.dims': 4 },
    { 'settings.content': 0, 'settings.trend': 2 },
  ]
  for (const point of points) {
    const { settings, learning } = withDefaults(settingsOf(point))
    const model = await servedModel(dataset.items, { settings, learning }).fit(dataset.training, { seed: 1 })
    const { lists } = await recommendAll(model, dataset.cases, {
      items: dataset.training.items,
      count: 20,
      hide: 'nothing',
    })
    const wanted = dataset.cases.map((shopper) => shopper.wanted)
    const expected = judge(lists, wanted, { ks: [20], seed: 1, resamples: 1 })
    const { ndcg, recall, bytes } = await measure(point)
    expect(mean(ndcg)).toBeCloseTo(expected['ndcg@20']!.value, 12)
    expect(mean(recall)).toBeCloseTo(expected['recall@20']!.value, 12)
    expect(bytes).toBeGreaterThan(0)
  }
})

const knobs = [
  { path: 'settings.trend', values: [0, 0.8, 3] },
  { path: 'settings.content', values: [0, 0.5, 2] },
]

test('an interrupted search goes on to the same result, without asking again what it knows', async () => {
  const dataset = someOf(kindShop(seededRandom('resume')))
  const journal = join(folder, 'own.trials')
  const whole = await tuneSettings(dataset, { seed: 1, knobs, journal: join(folder, 'whole.trials'), progress: silent })
  let told = 0
  const interrupted: Progress = {
    stage: () => () => {
      if (++told === 3) throw new Error('interrupted')
    },
    end: () => {},
  }
  await expect(tuneSettings(dataset, { seed: 1, knobs, journal, progress: interrupted })).rejects.toThrow('interrupted')
  const lines = (await readFile(journal, 'utf8')).trimEnd().split('\n')
  expect(lines).toHaveLength(1 + 3)
  // Killed while it wrote.
  await writeFile(journal, [...lines, '{"point":{"settings.tre'].join('\n'))
  expect(await tuneSettings(dataset, { seed: 1, knobs, journal, progress: silent })).toEqual(whole)
  await expect(readFile(journal)).rejects.toThrow('ENOENT')
  // What the journal says is believed, of these shoppers: here that a trend of 3 is perfect, for all or for those who choose.
  const plant = async (worth: (shopper: number) => number) => {
    const ndcg = JSON.stringify(dataset.cases.map((_, at) => worth(at)))
    const told = JSON.stringify({
      point: { 'settings.trend': 3 },
      ndcg: JSON.parse(ndcg),
      recall: JSON.parse(ndcg),
      bytes: 1,
    })
    await writeFile(journal, [...lines.slice(0, 2), told, ''].join('\n'))
  }
  await plant(() => 1)
  const believed = await tuneSettings(dataset, { seed: 1, knobs, journal, progress: silent })
  expect(believed.settings).toEqual({ settings: { trend: 3 }, learning: {} })
  await plant((shopper) => 1 - (shopper % 2))
  const refuted = await tuneSettings(dataset, { seed: 1, knobs, journal, progress: silent })
  expect(refuted.steps.map(({ path, to }) => [path, to])).toEqual([['settings.trend', 3]])
  expect(refuted.confirmed['ndcg@20'].gain.value).toBeLessThan(0)
  expect(refuted.settings).toEqual({ settings: {}, learning: {} })
  expect(formatTuning(refuted, 'tuned.json')).toContain('tuned.json changes nothing')
  await plant(() => 1)
  const other = { ...dataset, cases: dataset.cases.slice(1) }
  const anew = await tuneSettings(other, { seed: 1, knobs, journal, progress: silent })
  expect(anew.confirmed_by).toBe(29)
  for (const { after } of anew.steps) expect(after).toBeLessThan(1)
})
