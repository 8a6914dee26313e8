import { expect, test } from 'vitest'
import { createRandom } from '../../../src/core/random.ts'
import relaxedKernel from '../../../src/scoring/scan.as.ts?wasm&enable=simd,relaxed-simd'
import scalarKernel from '../../../src/scoring/scan.as.ts?wasm&scalar'
import { createWasmScorer, simdKernel } from '../../../src/scoring/wasm-scorer.ts'
import { randomCases } from '../../scoring/cases.ts'
import { oracle } from '../../scoring/oracle.ts'

const seed = Date.now() % 2 ** 32
console.log(`wasm: seed ${seed}`)

const kernels = { relaxed: relaxedKernel, simd: simdKernel, scalar: scalarKernel }

test.each(Object.entries(kernels))('the %s kernel returns exactly the oracle’s rows and scores', async (_, kernel) => {
  for (const { name, table, queries } of randomCases(createRandom(seed), 100)) {
    const answers = await createWasmScorer(table, { kernels: [kernel] }).topK(queries)
    answers.forEach((answer, i) => expect(answer, `${name}, query ${i}`).toEqual(oracle(table, queries[i]!)))
  }
})
