import { expect, test, vi } from 'vitest'
import { createRandom } from '../../src/core/random.ts'
import { chooseScorer } from '../../src/scoring/choose-scorer.ts'
import * as wasm from '../../src/scoring/wasm-scorer.ts'
import { startScorer } from '../../src/scoring/start-scorer.ts'
import { randomQuery, randomTable } from './cases.ts'
import { oracle } from './oracle.ts'

const random = createRandom(5)
const table = randomTable(random, { items: 3000, dims: [40, 20] })
const query = randomQuery(random, table)

test('without a GPU wasm serves, and the status says why', async () => {
  const { scorer, status } = await chooseScorer(table, { wasm })
  expect(scorer.name).toBe('wasm')
  expect(status.name).toBe('wasm')
  expect(status.reason).toContain('no WebGPU')
  expect(status.measured.wasm).toBeGreaterThan(0)
  expect(await scorer.topK([query])).toEqual([oracle(table, query)])
})

test('where WebAssembly is forbidden the plain scorer starts and serves', async () => {
  vi.stubGlobal('WebAssembly', undefined)
  try {
    expect(startScorer(table).name).toBe('plain')
    const { scorer, status } = await chooseScorer(table, { wasm })
    expect(scorer.name).toBe('plain')
    expect(status.reason).toContain('wasm')
    expect(await scorer.topK([query])).toEqual([oracle(table, query)])
    await expect(chooseScorer(table, { wasm, force: 'wasm' })).rejects.toMatchObject({
      code: 'scorer-unavailable',
    })
  } finally {
    vi.unstubAllGlobals()
  }
})

test('the scorer that starts at once answers at once', async () => {
  const scorer = startScorer(table)
  expect(scorer.name).toBe('wasm')
  expect(await scorer.topK([query])).toEqual([oracle(table, query)])
})

test('a forced scorer serves or is refused with a code', async () => {
  expect((await chooseScorer(table, { wasm, force: 'plain' })).status).toMatchObject({
    name: 'plain',
    reason: 'forced',
  })
  await expect(chooseScorer(table, { wasm, force: 'webgpu' })).rejects.toMatchObject({
    code: 'scorer-unavailable',
  })
})

test('a GPU that never answers does not hold up the choice for ever', async () => {
  vi.useFakeTimers()
  try {
    const gpu = { requestAdapter: () => new Promise(() => {}) } as unknown as GPU
    const choosing = chooseScorer(table, { wasm, gpu })
    await vi.waitFor(() => expect(vi.getTimerCount()).toBe(1))
    await vi.advanceTimersByTimeAsync(20_000)
    const choice = await choosing
    expect(choice.scorer.name).toBe('wasm')
    expect(choice.status.reason).toContain('in time')
  } finally {
    vi.useRealTimers()
  }
})
