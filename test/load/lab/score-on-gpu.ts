import { createBitmask } from '../../../src/core/bitmask.ts'
import { createRandom, normal } from '../../../src/core/random.ts'
import { allocateTable } from '../../../src/scoring/allocate-table.ts'
import { openGpu } from '../../../src/scoring/open-gpu.ts'
import { createWebgpuScorer } from '../../../src/scoring/webgpu-scorer.ts'
import { oracle } from '../../scoring/oracle.ts'

export interface GpuCase {
  readonly items: number
  readonly dims: number
  /** Most bytes of one storage binding of the device; the adapter's by default. */
  readonly limit?: number
  readonly seed: number
}

export interface GpuOutcome {
  /** Of the device that was opened. */
  readonly limit: number
  /** In how many bindings it lies. */
  readonly parts: number
  /** What differs from a float64 product; nothing where rows and scores are the same. */
  readonly wrong: string | undefined
}

/** An adapter's limits with another one in their place: the device that is asked for has it. */
function withLimit(limit: number): GPU {
  const { gpu } = navigator
  const requestAdapter = async () => {
    const adapter = (await gpu.requestAdapter())!
    const limits = new Proxy(adapter.limits, {
      get: (target, name) =>
        name === 'maxStorageBufferBindingSize' ? limit : (Reflect.get(target, name, target) as number),
    })
    return {
      limits,
      info: adapter.info,
      features: adapter.features,
      requestDevice: adapter.requestDevice.bind(adapter),
    } as unknown as GPUAdapter
  }
  return { requestAdapter, wgslLanguageFeatures: gpu.wgslLanguageFeatures } as GPU
}

/** Runs in the page: a table of random numbers, scored on a device whose bindings are no larger. */
async function scoreOnGpu({ items, dims, limit, seed }: GpuCase): Promise<GpuOutcome> {
  const random = createRandom(seed)
  const table = allocateTable(items, [dims])
  fillBytes(table.rows, seed)
  for (let i = 0; i < items; i++) table.scales[i] = (1 + random()) / 256
  const query = { vector: Float64Array.from({ length: dims }, () => normal(random)), mask: createBitmask(items), k: 20 }

  const gpu = await openGpu(limit === undefined ? navigator.gpu : withLimit(limit))
  const groups: unknown[] = []
  const createBindGroup = gpu.device.createBindGroup.bind(gpu.device)
  gpu.device.createBindGroup = (descriptor) => {
    groups.push(descriptor)
    return createBindGroup(descriptor)
  }
  const scorer = await createWebgpuScorer(table, gpu, { ownsDevice: true })
  try {
    const [got] = await scorer.topK([query])
    const expected = oracle(table, query)
    const same = got!.rows.join() === expected.rows.join() && got!.scores.join() === expected.scores.join()
    return {
      limit: gpu.device.limits.maxStorageBufferBindingSize,
      parts: groups.length,
      wrong: same ? undefined : `rows ${got!.rows.join()} instead of ${expected.rows.join()}`,
    }
  } finally {
    scorer.close()
  }
}

/** Bytes from -127 to 127, four from each step of a xorshift generator: there may be more than a hundred million. */
function fillBytes(bytes: Int8Array, seed: number): void {
  let state = seed | 1
  const words = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4)
  for (let i = 0; i < words.length; i++) {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    words[i] = state
  }
  for (let i = 0; i < bytes.length; i++) if (bytes[i] === -128) bytes[i] = 0
}

declare global {
  var scoreOnGpu: (given: GpuCase) => Promise<GpuOutcome>
}
globalThis.scoreOnGpu = scoreOnGpu
