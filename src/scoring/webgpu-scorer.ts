import type { ItemTable } from '../bundle/item-table.ts'
import { WindowshopError } from '../errors.ts'
import { createBiasPool } from './bias-pool.ts'
import { exactScore } from './exact-score.ts'
import { createGpuBuffers } from './gpu-buffers.ts'
import { CANDIDATES, FOUND_WORDS, PASS_QUERIES } from './gpu-kernels.ts'
import { createGpuMasks } from './gpu-masks.ts'
import { createGpuPass } from './gpu-pass.ts'
import { compileGpuPipelines } from './gpu-pipelines.ts'
import { createGpuQueries } from './gpu-queries.ts'
import { createGpuTable } from './gpu-table.ts'
import type { Gpu } from './open-gpu.ts'
import { plainTopK } from './plain-scorer.ts'
import type { Scorer, ScoreQuery, TopK } from './scorer.ts'
import { TopHeap } from './top-heap.ts'
import { watchDevice } from './watch-device.ts'

export interface WebgpuOptions {
  /** Most bytes of the table in one binding; default: the device's limit. */
  readonly bindingBytes?: number
  /** Most bytes of the table on the device; default: an eighth of the memory that the browser tells of. */
  readonly maxBytes?: number
  /** Whether closing the scorer destroys the device too; default false. */
  readonly ownsDevice?: boolean
}

/**
 * Scores on the GPU with packed int8 products, reads back the few rows that can be among the best, and re-scores those
 * in float64. Rejects with `scorer-unavailable` if the table does not fit, before anything is allocated where it would take too much; after the device is lost or has failed every
 * call rejects with `device-lost`.
 */
export async function createWebgpuScorer(table: ItemTable, gpu: Gpu, options: WebgpuOptions = {}): Promise<Scorer> {
  const { device } = gpu
  requireRoom(table, options.maxBytes)
  const failure = watchDevice(device)
  device.pushErrorScope('out-of-memory')
  device.pushErrorScope('validation')
  const resources = createResources(table, gpu, options)
  const { pass, queries: held } = resources
  const compiling = compileGpuPipelines(table, gpu, { layout: pass.layout, blocks: resources.blocks })
  const [invalid, full, uncompiled] = await Promise.all([
    device.popErrorScope(),
    device.popErrorScope(),
    compiling.then(
      () => undefined,
      (error: Error) => error,
    ),
  ])
  const error = invalid ?? uncompiled ?? full
  if (error) {
    failure.stop()
    resources.close()
    throw new WindowshopError('scorer-unavailable', { where: 'webgpu', got: error.message })
  }
  const pipelines = await compiling
  let closed = false
  let stamp = 0
  let gpuMs: number | undefined
  let turn: Promise<unknown> = Promise.resolve()

  async function score(queries: readonly ScoreQuery[]): Promise<TopK[]> {
    const stamps = queries.map(() => (stamp = (stamp + 1) >>> 0))
    const certain = held.write(queries, stamps)
    const found = await pass.run(pipelines, queries.length)
    gpuMs = found.gpuMs
    return queries.map((query, i) => {
      const words = found.words.subarray(i * FOUND_WORDS, (i + 1) * FOUND_WORDS)
      if (words[2] !== stamps[i]) throw new Error('the GPU did not answer')
      const count = words[0]!
      if (!certain[i] || count > CANDIDATES) return plainTopK(table, query)
      const best = new TopHeap(query.k)
      for (const row of words.subarray(4, 4 + count)) best.offer(row, exactScore(table, query, row))
      return best.sorted()
    })
  }

  async function answer(queries: readonly ScoreQuery[]): Promise<TopK[]> {
    const answers: TopK[] = []
    const size = Math.min(PASS_QUERIES, resources.biasLimit)
    for (let from = 0; from < queries.length; from += size) {
      if (closed) throw new WindowshopError('closed', { where: 'webgpu' })
      failure.check()
      try {
        answers.push(...(await score(queries.slice(from, from + size))))
      } catch (cause) {
        if (closed) throw new WindowshopError('closed', { where: 'webgpu' }, { cause })
        throw failure.note(cause)
      }
      failure.check()
    }
    return answers
  }

  return {
    name: 'webgpu',
    get bytes() {
      return resources.bytes
    },
    get gpuMs() {
      return gpuMs
    },
    topK(queries) {
      const answers = turn.then(() => answer(queries))
      turn = answers.catch(() => {})
      return answers
    },
    close() {
      closed = true
      failure.stop()
      resources.close()
      if (options.ownsDevice) device.destroy()
    },
  }
}

/** A GPU shares its memory with the page, and on most devices with everything else: who takes it all takes others down. */
function requireRoom({ rows, scales }: ItemTable, maxBytes = deviceMemory() / 8): void {
  const got = rows.byteLength + scales.byteLength
  if (got > maxBytes)
    throw new WindowshopError('scorer-unavailable', { where: 'webgpu', expected: `at most ${maxBytes} bytes`, got })
}

/** Bytes; 4 GiB where the browser does not tell. */
function deviceMemory(): number {
  return ((globalThis.navigator as { deviceMemory?: number } | undefined)?.deviceMemory ?? 4) * 2 ** 30
}

/** Everything that one scorer holds on the device. */
function createResources(table: ItemTable, gpu: Gpu, { bindingBytes }: WebgpuOptions) {
  const { device, packedDot } = gpu
  const buffers = createGpuBuffers(device)
  const words = Math.ceil(table.items / 32)
  const onGpu = createGpuTable(table, gpu, { buffers, bindingBytes })
  const biases = createBiasPool(device, table.items)
  const bitmaps = buffers.create(words * 4 * PASS_QUERIES, GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST)
  const masks = createGpuMasks(device, { buffer: bitmaps, words, count: PASS_QUERIES })
  const queries = createGpuQueries(table, { device, packedDot, buffers, masks, biases })
  const pass = createGpuPass(device, { buffers, table: onGpu, biases, queries: queries.buffer, masks: bitmaps })
  return {
    queries,
    pass,
    blocks: onGpu.blocks,
    biasLimit: biases.limit,
    get bytes() {
      return buffers.bytes + biases.bytes
    },
    close() {
      buffers.close()
      biases.close()
    },
  }
}
