import { describe, expect, test } from 'vitest'
import type { ItemTable } from '../../src/bundle/item-table.ts'
import { createBitmask, clearBit } from '../../src/core/bitmask.ts'
import { createRandom } from '../../src/core/random.ts'
import { createPlainScorer } from '../../src/scoring/plain-scorer.ts'
import type { Scorer } from '../../src/scoring/scorer.ts'
import { createWasmScorer } from '../../src/scoring/wasm-scorer.ts'
import { randomCases, randomQuery, randomTable } from './cases.ts'
import { oracle } from './oracle.ts'

const seed = Number(process.env['SEED'] ?? Date.now() % 2 ** 32)
console.log(`scorers: SEED=${seed}`)

const scorers: Record<string, (table: ItemTable) => Scorer> = {
  plain: createPlainScorer,
  wasm: createWasmScorer,
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
