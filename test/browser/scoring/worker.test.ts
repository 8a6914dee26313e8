import { expect, test } from 'vitest'
import type { ScorerName } from '../../../src/scoring/scorer.ts'

test.each(['plain', 'wasm', 'webgpu'] as const)('in a worker the %s scorer is equal to the oracle', async (name) => {
  const worker = new Worker(new URL('./scorer.worker.ts', import.meta.url), { type: 'module' })
  const verdict = await new Promise((resolve, reject) => {
    worker.addEventListener('message', ({ data }) => resolve(data))
    worker.addEventListener('error', ({ message }) => reject(new Error(message)))
    worker.postMessage(name satisfies ScorerName)
  })
  worker.terminate()
  expect(verdict).toEqual({ name, equal: true })
})
