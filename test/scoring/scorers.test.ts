import { describe, expect, test } from 'vitest'
import type { ItemTable } from '../../src/bundle/item-table.ts'
import { createBitmask, clearBit } from '../../src/core/bitmask.ts'
import { createRandom, normal } from '../../src/core/random.ts'
import { createPlainScorer } from '../../src/scoring/plain-scorer.ts'
import type { Scorer } from '../../src/scoring/scorer.ts'
import scalarKernel from '../../src/scoring/scan.as.ts?wasm&scalar'
import { createWasmScorer, simdKernel } from '../../src/scoring/wasm-scorer.ts'
import { randomCases, randomQuery, randomTable } from './cases.ts'
import { oracle } from './oracle.ts'

const seed = Number(process.env['SEED'] ?? Date.now() % 2 ** 32)
console.log(`scorers: SEED=${seed}`)

const scorers: Record<string, (table: ItemTable) => Scorer> = {
  plain: createPlainScorer,
  'wasm, SIMD': (table) => createWasmScorer(table, { kernels: [simdKernel] }),
  'wasm, scalar': (table) => createWasmScorer(table, { kernels: [scalarKernel] }),
}

describe.each(Object.entries(scorers))('the %s scorer', (_, create) => {
  test('returns exactly the oracle’s rows and scores for random tables and batches', async () => {
    for (const { name, table, queries } of randomCases(createRandom(seed), 250)) {
      const scorer = create(table)
      const answers = await scorer.topK(queries)
      expect(answers.length).toBe(queries.length)
      answers.forEach((answer, i) => expect(answer, `${name}, query ${i}`).toEqual(oracle(table, queries[i]!)))
    }
  })

  test('fills a list of 8 from the 9 rows that a mask leaves of 100,000', async () => {
    const random = createRandom(seed)
    const table = randomTable(random, { items: 100_000, dims: [24, 8] })
    const mask = createBitmask(table.items).fill(-1)
    for (let i = 0; i < 9; i++) clearBit(mask, (i + 1) * 11_111 - 1)
    const query = { ...randomQuery(random, table), mask, k: 8 }
    const [answer] = await create(table).topK([query])
    expect(answer!.rows.length).toBe(8)
    expect(answer).toEqual(oracle(table, query))
  })
})

test('the wasm scorer copies a table that lies elsewhere, and never changes it', async () => {
  const random = createRandom(seed)
  const own = randomTable(random, { items: 700, dims: [20, 13] })
  const table = { ...own, rows: own.rows.slice(), scales: own.scales.slice() }
  const query = randomQuery(random, table)
  expect(await createWasmScorer(table).topK([query])).toEqual([oracle(own, query)])
  expect(table.rows).toEqual(own.rows)
})

test('a mask that changes between requests counts, and biases are told apart after many', async () => {
  const random = createRandom(seed)
  const table = randomTable(random, { items: 500, dims: [8] })
  const scorer = createWasmScorer(table)
  const queries = Array.from({ length: 30 }, () => randomQuery(random, table))
  for (let i = 0; i < 200; i++) {
    const query = queries[Math.floor(random() * queries.length)]!
    query.mask[Math.floor(random() * query.mask.length)] = Math.floor(random() * 2 ** 32)
    expect(await scorer.topK([query])).toEqual([oracle(table, query)])
  }
})

test('a long list is right although its cut was guessed, on tables whose best rows lie where no sample is taken', async () => {
  const random = createRandom(seed)
  const table = randomTable(random, { items: 40_000, dims: [16] })
  for (const place of ['sampled', 'not sampled', 'anywhere']) {
    // The sample takes one word of 32 rows in 16.
    const isSampled = (row: number) => (row >>> 5) % 16 === 0
    const favours = {
      sampled: isSampled,
      'not sampled': (row: number) => !isSampled(row),
      anywhere: () => random() < 0.1,
    }
    const bias = Float32Array.from({ length: table.items }, (_, row) =>
      favours[place as keyof typeof favours](row) ? 50 * random() : 0,
    )
    const vector = Float64Array.from({ length: 16 }, () => normal(random))
    const query = { vector, bias, mask: createBitmask(table.items), k: 300 }
    for (const create of Object.values(scorers))
      expect(await create(table).topK([query])).toEqual([oracle(table, query)])
  }
})

test('two wasm scorers of one table do not disturb each other', async () => {
  const random = createRandom(seed)
  const table = randomTable(random, { items: 500, dims: [8] })
  const pair = [createWasmScorer(table), createWasmScorer(table)]
  const queries = Array.from({ length: 20 }, () => randomQuery(random, table))
  for (let i = 0; i < 100; i++) {
    const query = queries[Math.floor(random() * queries.length)]!
    expect(await pair[i % 2]!.topK([query])).toEqual([oracle(table, query)])
  }
})
