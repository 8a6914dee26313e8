import { expect, test } from 'vitest'
import { createRandom } from '../../../src/core/random.ts'
import type { WindowshopError } from '../../../src/errors.ts'
import { chooseScorer } from '../../../src/scoring/choose-scorer.ts'
import * as wasm from '../../../src/scoring/wasm-scorer.ts'
import { openGpu } from '../../../src/scoring/open-gpu.ts'
import { createWebgpuScorer } from '../../../src/scoring/webgpu-scorer.ts'
import { randomQuery, randomTable } from '../../scoring/cases.ts'
import { oracle } from '../../scoring/oracle.ts'

const random = createRandom(6)
const table = randomTable(random, { items: 5000, dims: [32, 16] })
const query = randomQuery(random, table)

test('a software GPU loses to wasm, and the status says so', async () => {
  const { scorer, status } = await chooseScorer(table, { wasm })
  expect(scorer.name).toBe('wasm')
  expect(status.reason).toContain('software adapter')
  expect(status.adapter).toBeTruthy()
})

test('a forced GPU serves even in software', async () => {
  const { scorer, status } = await chooseScorer(table, { wasm, force: 'webgpu' })
  expect(status).toMatchObject({ name: 'webgpu', reason: 'forced' })
  expect(status.measured.webgpu).toBeGreaterThan(0)
  expect(await scorer.topK([query])).toEqual([oracle(table, query)])
  scorer.close()
  await expect(scorer.topK([query])).rejects.toMatchObject({ code: 'closed' })
})

test('when the device is lost, calls under way and later ones reject with a code', async () => {
  const gpu = await openGpu()
  const scorer = await createWebgpuScorer(table, gpu)
  const right = JSON.stringify([...oracle(table, query).rows])
  const underWay = [scorer.topK([query]), scorer.topK([query, query])].map((answer) =>
    answer.then(
      ([first]) => JSON.stringify([...first!.rows]),
      (error: WindowshopError) => error.code,
    ),
  )
  gpu.device.destroy()
  for (const outcome of await Promise.all(underWay)) expect([right, 'device-lost']).toContain(outcome)
  await expect(scorer.topK([query])).rejects.toMatchObject({ code: 'device-lost' })
})

test('an error of the device that nobody caught ends the scorer with a code', async () => {
  const gpu = await openGpu()
  const scorer = await createWebgpuScorer(table, gpu)
  expect(await scorer.topK([query])).toEqual([oracle(table, query)])
  gpu.device.createBuffer({ size: 16, usage: 0 })
  await gpu.device.queue.onSubmittedWorkDone()
  await expect(scorer.topK([query])).rejects.toMatchObject({ code: 'device-lost' })
  gpu.device.destroy()
})
