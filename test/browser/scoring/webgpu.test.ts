import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { createBitmask, clearBit, setBit } from '../../../src/core/bitmask.ts'
import { createRandom } from '../../../src/core/random.ts'
import { type Gpu, openGpu } from '../../../src/scoring/open-gpu.ts'
import { createWebgpuScorer } from '../../../src/scoring/webgpu-scorer.ts'
import { pick, randomCases, randomQuery, randomTable } from '../../scoring/cases.ts'
import { oracle } from '../../scoring/oracle.ts'

const seed = Date.now() % 2 ** 32
console.log(`webgpu: seed ${seed}`)

let gpu: Gpu
beforeAll(async () => {
  gpu = await openGpu()
})
afterAll(() => gpu.device.destroy())
afterEach(() => void vi.restoreAllMocks())

/** How adapters differ: this one has packed products and subgroups, though it is slow at them. */
const variants = [
  { packedDot: true, subgroups: true, software: false },
  { packedDot: true, subgroups: false, software: false },
  { packedDot: false, subgroups: true, software: false },
  { packedDot: false, subgroups: false, software: true },
]

describe('the webgpu scorer', () => {
  test.each(variants)('returns exactly the oracle’s rows and scores with %o', async (variant) => {
    expect(gpu.device.features.has('subgroups')).toBe(true)
    for (const { name, table, queries } of randomCases(createRandom(seed), 6)) {
      const scorer = await createWebgpuScorer(table, { ...gpu, ...variant })
      const answers = await scorer.topK(queries)
      answers.forEach((answer, i) => expect(answer, `${name}, query ${i}`).toEqual(oracle(table, queries[i]!)))
      scorer.close()
    }
  })

  test.each(variants)(
    'answers tables of sizes around those of workgroups, dispatches and blocks with %o',
    async (variant) => {
      const random = createRandom(seed)
      for (const edge of [64, 4096, 8192, variant.software ? 32_768 : 131_072]) {
        const items = edge + pick(random, [-1, 0, 1])
        const table = randomTable(random, { items, dims: [pick(random, [3, 16, 17])] })
        const scorer = await createWebgpuScorer(table, { ...gpu, ...variant })
        const queries = [1, 20, 512].map((k) => ({ ...randomQuery(random, table), k }))
        expect(await scorer.topK(queries), `${items} items`).toEqual(queries.map((query) => oracle(table, query)))
        scorer.close()
      }
    },
  )

  test.each(variants)('is not held up by few rows that are far longer than all others with %o', async (variant) => {
    const random = createRandom(seed)
    const table = randomTable(random, { items: 20_000, dims: [64] })
    for (let row = 0; row < table.items; row++) table.scales[row] = row % 1000 === 7 ? 1 : 0.001 + 0.001 * random()
    const scorer = await createWebgpuScorer(table, { ...gpu, ...variant })
    const queries = [20, 300].map((k) => ({ ...randomQuery(random, table), k, mask: createBitmask(table.items) }))
    expect(await scorer.topK(queries)).toEqual(queries.map((query) => oracle(table, query)))
    scorer.close()
  })

  test('splits a table over several bindings', async () => {
    const random = createRandom(seed)
    const table = randomTable(random, { items: 5000, dims: [20, 12] })
    for (const rows of [64, 1000, 4999, 5000, 5001]) {
      const buffers = vi.spyOn(gpu.device, 'createBuffer')
      const scorer = await createWebgpuScorer(table, gpu, { bindingBytes: table.stride * rows + 4 })
      const groups = vi.spyOn(gpu.device, 'createBindGroup')
      const queries = Array.from({ length: 3 }, () => randomQuery(random, table))
      expect(await scorer.topK(queries)).toEqual(queries.map((query) => oracle(table, query)))
      expect(groups).toHaveBeenCalledTimes(Math.ceil(table.items / rows))
      const sizes = buffers.mock.calls.map(([{ size }]) => size)
      expect(sizes.filter((size) => size === Math.min(rows, table.items) * table.stride).length).toBeGreaterThan(0)
      scorer.close()
      vi.restoreAllMocks()
    }
  })

  test('refuses a table over the ceiling with a code, before anything is allocated; one that is just below serves', async () => {
    const random = createRandom(seed)
    const table = randomTable(random, { items: 1000, dims: [16] })
    const bytes = 1000 * (16 + 4)
    const created = vi.spyOn(gpu.device, 'createBuffer')
    await expect(createWebgpuScorer(table, gpu, { maxBytes: bytes - 1 })).rejects.toMatchObject({
      code: 'scorer-unavailable',
      details: { where: 'webgpu', expected: `at most ${bytes - 1} bytes`, got: bytes },
    })
    expect(created).not.toHaveBeenCalled()
    const scorer = await createWebgpuScorer(table, gpu, { maxBytes: bytes })
    const query = randomQuery(random, table)
    expect(await scorer.topK([query])).toEqual([oracle(table, query)])
    scorer.close()
  })

  test('takes an eighth of the device’s memory at most, where nothing else is asked for', async () => {
    const table = randomTable(createRandom(seed), { items: 1000, dims: [16] })
    const memory = vi.spyOn(navigator as unknown as { deviceMemory: number }, 'deviceMemory', 'get')
    memory.mockReturnValue((8 * 1000 * (16 + 4) - 8) / 2 ** 30)
    await expect(createWebgpuScorer(table, gpu)).rejects.toMatchObject({ code: 'scorer-unavailable' })
    memory.mockReturnValue((8 * 1000 * (16 + 4)) / 2 ** 30)
    const scorer = await createWebgpuScorer(table, gpu)
    expect(scorer.bytes).toBeGreaterThan(0)
    scorer.close()
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

  test('uploads of a mask only the words that changed', async () => {
    const random = createRandom(seed)
    const table = randomTable(random, { items: 60_000, dims: [8] })
    const scorer = await createWebgpuScorer(table, gpu)
    const query = { ...randomQuery(random, table), bias: undefined, mask: createBitmask(table.items) }
    const uploaded = async (): Promise<number> => {
      const write = vi.spyOn(gpu.device.queue, 'writeBuffer')
      expect(await scorer.topK([query])).toEqual([oracle(table, query)])
      const words = write.mock.calls.filter(([, , data]) => data === query.mask).map(([, , , , size]) => size ?? 0)
      vi.restoreAllMocks()
      return words.reduce((sum, count) => sum + count, 0)
    }
    expect(await uploaded()).toBe(0)
    for (const row of [3, 40_000, 40_100]) setBit(query.mask, row)
    expect(await uploaded()).toBe(1 + (40_100 >> 5) - (40_000 >> 5) + 1)
    expect(await uploaded()).toBe(0)
    clearBit(query.mask, 40_000)
    setBit(query.mask, table.items - 1)
    // Too far from each other to be one upload.
    expect(await uploaded()).toBe(2)
    for (let round = 0; round < 30; round++) {
      for (let i = 0; i < 40; i++) {
        const row = Math.floor(random() * table.items)
        if (random() < 0.7) setBit(query.mask, row)
        else clearBit(query.mask, row)
      }
      await uploaded()
    }
    scorer.close()
  })

  test('creates no buffer for a request, and destroys all of them at the end', async () => {
    const random = createRandom(seed)
    const table = randomTable(random, { items: 2000, dims: [8] })
    const living = new Set<GPUBuffer>()
    const create = gpu.device.createBuffer.bind(gpu.device)
    const created = vi.spyOn(gpu.device, 'createBuffer').mockImplementation((descriptor) => {
      const buffer = create(descriptor)
      living.add(buffer)
      const destroy = buffer.destroy.bind(buffer)
      buffer.destroy = () => {
        living.delete(buffer)
        return destroy()
      }
      return buffer
    })
    const bytes = () => [...living].reduce((sum, { size }) => sum + size, 0)
    const scorer = await createWebgpuScorer(table, gpu)
    const queries = Array.from({ length: 30 }, () => randomQuery(random, table))
    const request = (i: number) => scorer.topK(queries.slice(i % 20, (i % 20) + 1 + (i % 9)))
    for (let i = 0; i < 40; i++) await request(i)
    const before = { bytes: scorer.bytes, created: created.mock.calls.length }
    expect(bytes()).toBe(before.bytes)
    for (let i = 0; i < 1000; i++) await request(i)
    expect({ bytes: scorer.bytes, created: created.mock.calls.length }).toEqual(before)
    expect(bytes()).toBe(before.bytes)
    scorer.close()
    expect(living.size).toBe(0)
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
    expect(scorer.gpuMs).toBeGreaterThan(0)
    scorer.close()
  })
})
