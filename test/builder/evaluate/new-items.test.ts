import { expect, test } from 'vitest'
import { contentBased } from '../../../src/builder/evaluate/baselines/content-based.ts'
import { mostPopular } from '../../../src/builder/evaluate/baselines/most-popular.ts'
import type { Model } from '../../../src/builder/evaluate/model.ts'
import { hideItems, judgeNewItems } from '../../../src/builder/evaluate/new-items.ts'
import { servedModel } from '../../../src/builder/evaluate/served.ts'
import { silent } from '../../../src/builder/progress.ts'
import { kindShop } from '../../support/kind-shop.ts'
import { seededRandom } from '../../support/seed.ts'

test('hidden items stand in no training and no history, and nothing else is wanted', () => {
  const dataset = kindShop(seededRandom('hidden items'))
  const { training, cases, hidden } = hideItems(dataset, 1)
  expect(hidden.size).toBeGreaterThan(0)
  const { offsets, rows, times } = training.sequences
  expect([...rows].filter((row) => hidden.has(row))).toEqual([])
  // Sequence by sequence, the others in their order, each with its time.
  const before = dataset.training.sequences
  for (let s = 0; s + 1 < offsets.length; s++) {
    const kept = [...before.rows.keys()]
      .slice(before.offsets[s], before.offsets[s + 1])
      .filter((at) => !hidden.has(before.rows[at]!))
    expect([...rows.subarray(offsets[s], offsets[s + 1])]).toEqual(kept.map((at) => before.rows[at]))
    expect([...times!.subarray(offsets[s], offsets[s + 1])]).toEqual(kept.map((at) => before.times![at]))
  }
  expect(cases.length).toBe(dataset.cases.filter(({ wanted }) => wanted.some((row) => hidden.has(row))).length)
  for (const shopper of cases) {
    expect([...shopper.wanted].every((row) => hidden.has(row))).toBe(true)
    expect([...shopper.rows].some((row) => hidden.has(row))).toBe(false)
    expect(shopper.times!.length).toBe(shopper.rows.length)
  }
})

test('new items are found by what the catalogue says of them, and not by how popular they are', async () => {
  const dataset = kindShop(seededRandom('new items'))
  const others: Model = { ...mostPopular, name: 'another' }
  const models = [servedModel(dataset.items), contentBased, mostPopular, others]
  const found = (await judgeNewItems(dataset, models, { k: 20, seed: 1, progress: silent }))!
  expect(Object.keys(found.recall)).toEqual(['windowshop', 'content', 'popular'])
  expect(found.recall['windowshop']!.value).toBeGreaterThan(0.25)
  expect(found.recall['popular']!.value).toBeLessThan(0.05)
  const { content: _, ...training } = dataset.training
  expect(await judgeNewItems({ ...dataset, training }, models, { k: 20, seed: 1, progress: silent })).toBeUndefined()
})
