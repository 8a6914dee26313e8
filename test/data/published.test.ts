import { expect, test } from 'vitest'
import { markov, markovByPopularity } from '../../src/builder/evaluate/baselines/markov.ts'
import { mostPopular } from '../../src/builder/evaluate/baselines/most-popular.ts'
import { judge, type Quality } from '../../src/builder/evaluate/judge.ts'
import type { Model, Training } from '../../src/builder/evaluate/model.ts'
import { readCases, readSessions, readShoppers } from '../../src/builder/evaluate/read-sequences.ts'
import { recommendAll, type Hide } from '../../src/builder/evaluate/recommend-all.ts'
import { leaveOneOut, type Split } from '../../src/builder/evaluate/split.ts'
import { dataFile } from './data-file.ts'

// The protocol is the published one: simple models give the published numbers to the last printed digit.

test('most popular and Markov have their published quality on Diginetica', async () => {
  const { items, sequences } = await readSessions(dataFile('diginetica/train_sessions.txt.gz'))
  const cases = await readCases(dataFile('diginetica/test_prefix_target.txt.gz'))
  expect([items, sequences.offsets.length - 1, cases.length]).toEqual([43_097, 186_670, 60_858])
  const measure = (model: Model) => qualityOf(model, { items, sequences }, { cases, hide: 'nothing' })
  expect(await measure(mostPopular)).toMatchObject({ 'hit@20': '0.0081', 'mrr@20': '0.0022' })
  expect(await measure(markov)).toMatchObject({ 'hit@20': '0.3399', 'mrr@20': '0.1278' })
})

test('Markov has its published quality on Beauty', async () => {
  const { items, sequences } = await readShoppers(dataFile('beauty/Beauty.txt.gz'))
  const { training, cases } = leaveOneOut(sequences, { validation: false })
  const quality = await qualityOf(markovByPopularity, { items, sequences: training }, { cases, hide: 'seen' })
  expect(quality).toMatchObject({ 'hit@10': '0.0640', 'ndcg@10': '0.0430' })
})

async function qualityOf(
  model: Model,
  training: Training,
  { cases, hide }: { cases: Split['cases']; hide: Hide },
): Promise<Record<string, string>> {
  const fitted = await model.fit(training, { seed: 1 })
  const { lists } = await recommendAll(fitted, cases, { items: training.items, count: 20, hide })
  const wanted = cases.map((shopper) => shopper.wanted)
  const quality: Quality = judge(lists, wanted, { ks: [10, 20], seed: 1, resamples: 1 })
  return Object.fromEntries(Object.entries(quality).map(([name, { value }]) => [name, value.toFixed(4)]))
}
