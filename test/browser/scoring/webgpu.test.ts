import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createBitmask, clearBit } from '../../../src/core/bitmask.ts'
import { createRandom } from '../../../src/core/random.ts'
import { type Gpu, openGpu } from '../../../src/scoring/open-gpu.ts'
import { createWebgpuScorer } from '../../../src/scoring/webgpu-scorer.ts'
import { randomCases, randomQuery, randomTable } from '../../scoring/cases.ts'
import { oracle } from '../../scoring/oracle.ts'

const seed = Date.now() % 2 ** 32
console.log(`webgpu: seed ${seed}`)

let gpu: Gpu
beforeAll(async () => {
  // As a real GPU, for which several queries are scored together.
  gpu = { ...(await openGpu()), software: false }
})
afterAll(() => gpu.device.destroy())

describe('the webgpu scorer', () => {
  test.each([true, false])('returns exactly the oracle’s rows and scores, packed products: %s', async (packedDot) => {
    for (const { name, table, queries } of randomCases(createRandom(seed), 12)) {
      const scorer = await createWebgpuScorer(table, { ...gpu, packedDot })
      const answers = await scorer.topK(queries)
      answers.forEach((answer, i) => expect(answer, `${name}, query ${i}`).toEqual(oracle(table, queries[i]!)))
      scorer.close()
    }
  })

  test('answers batches on a software GPU, one query at a time', async () => {
    const random = createRandom(seed)
    const table = randomTable(random, { items: 3000, dims: [20] })
    const scorer = await createWebgpuScorer(table, { ...gpu, software: true, packedDot: false })
    const queries = Array.from({ length: 5 }, () => randomQuery(random, table))
    expect(await scorer.topK(queries)).toEqual(queries.map((query) => oracle(table, query)))
    scorer.close()
  })

  test('splits a table over several bindings', async () => {
    const random = createRandom(seed)
    const table = randomTable(random, { items: 5000, dims: [20, 12] })
    for (const bindingBytes of [table.stride * 64, table.stride * 1000 + 4, table.stride * 4999, table.stride * 5000]) {
      const scorer = await createWebgpuScorer(table, gpu, { bindingBytes })
      const queries = Array.from({ length: 3 }, () => randomQuery(random, table))
      expect(await scorer.topK(queries)).toEqual(queries.map((query) => oracle(table, query)))
      scorer.close()
    }
  })

  test('answers many batches in turn, with masks that change and more biases than it keeps', async () => {
    const random = createRandom(seed)
    const table = randomTable(random, { items: 20_000, dims: [16] })
    const scorer = await createWebgpuScorer(table, gpu)
    const queries = Array.from({ length: 12 }, () => randomQuery(random, table))
    const batches = Array.from({ length: 20 }, (_, i) => queries.filter((__, j) => (i * 7 + j * 3) % 5 < 2))
    const expected = batches.map((batch) => batch.map((query) => oracle(table, query)))
    expect(await Promise.all(batches.map((batch) => scorer.topK(batch)))).toEqual(expected)
    queries[0]!.mask.fill(0)
    expect(await scorer.topK([queries[0]!])).toEqual([oracle(table, queries[0]!)])
    scorer.close()
  })

  test('fills lists from 100,000 rows: 8 from the 9 that a mask leaves, 512 from all', async () => {
    const random = createRandom(seed)
    const table = randomTable(random, { items: 100_000, dims: [16] })
    const scorer = await createWebgpuScorer(table, gpu)
    const mask = createBitmask(table.items).fill(-1)
    for (let i = 0; i < 9; i++) clearBit(mask, (i + 1) * 11_111 - 1)
    const few = { ...randomQuery(random, table), mask, k: 8 }
    const all = { ...randomQuery(random, table), mask: createBitmask(table.items), k: 512 }
    const answers = await scorer.topK([few, all])
    expect(answers[0]!.rows.length).toBe(8)
    expect(answers).toEqual([oracle(table, few), oracle(table, all)])
    scorer.close()
  })
})
