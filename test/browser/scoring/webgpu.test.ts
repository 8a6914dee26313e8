import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createRandom } from '../../../src/core/random.ts'
import { type Gpu, openGpu } from '../../../src/scoring/open-gpu.ts'
import { createWebgpuScorer } from '../../../src/scoring/webgpu-scorer.ts'
import { randomCases } from '../../scoring/cases.ts'
import { oracle } from '../../scoring/oracle.ts'

const seed = Date.now() % 2 ** 32
console.log(`webgpu: seed ${seed}`)

let gpu: Gpu
beforeAll(async () => {
  gpu = await openGpu()
})
afterAll(() => gpu.device.destroy())

describe('the webgpu scorer', () => {
  test.each([true, false])('returns exactly the oracle’s rows and scores, packed products: %s', async (packedDot) => {
    for (const { name, table, queries } of randomCases(createRandom(seed), 20)) {
      const scorer = await createWebgpuScorer(table, { ...gpu, packedDot })
      const answers = await scorer.topK(queries)
      answers.forEach((answer, i) => expect(answer, `${name}, query ${i}`).toEqual(oracle(table, queries[i]!)))
      scorer.close()
    }
  })
})
