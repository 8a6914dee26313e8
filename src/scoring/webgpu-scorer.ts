import type { ItemTable } from '../bundle/item-table.ts'
import { WindowshopError } from '../errors.ts'
import { createBiasPool } from './bias-pool.ts'
import { exactScore } from './exact-score.ts'
import { CANDIDATES, FOUND_WORDS, kernels, QUERY_HEAD, queryValues, WORKGROUP } from './gpu-kernels.ts'
import type { Gpu } from './open-gpu.ts'
import { plainTopK } from './plain-scorer.ts'
import { roundSegment } from './round-query.ts'
import type { Scorer, ScoreQuery, TopK } from './scorer.ts'
import { type SegmentReach, segmentReaches } from './segment-reach.ts'
import { TopHeap } from './top-heap.ts'

export interface WebgpuOptions {
  /** Most bytes of the table in one binding; default: the device's limit. */
  readonly bindingBytes?: number
  /** Whether closing the scorer destroys the device too; default false. */
  readonly ownsDevice?: boolean
}

/** Queries of one dispatch at most, but for a software GPU, which gains nothing; one alone has kernels of its own. */
const PASS_QUERIES = 8
/** Threads of one dispatch at most: enough to fill a GPU, few enough to select from their maxima. */
const MAX_THREADS = 65536
const LEVELS = 127
const UPLOAD_BYTES = 1 << 20

interface Pipelines {
  readonly scan: GPUComputePipeline
  readonly cut: GPUComputePipeline
  readonly collect: GPUComputePipeline
}

interface Part {
  readonly table: GPUBuffer
  readonly uniform: GPUBuffer
  readonly threads: number
}

/**
 * Scores on the GPU with packed int8 products, reads back the few rows that can be among the best, and re-scores those
 * in float64. Rejects with `scorer-unavailable` if the table does not fit; after the device is lost or has failed every
 * call rejects with `device-lost`.
 */
export async function createWebgpuScorer(table: ItemTable, gpu: Gpu, options: WebgpuOptions = {}): Promise<Scorer> {
  const { device } = gpu
  const failure = watchDevice(device)
  device.pushErrorScope('out-of-memory')
  device.pushErrorScope('validation')
  const resources = createResources(table, gpu, options)
  const pipelines = compile(table, gpu, resources)
  const [invalid, full, uncompiled] = await Promise.all([
    device.popErrorScope(),
    device.popErrorScope(),
    pipelines.then(
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
  const { single, several } = await pipelines
  const reaches = segmentReaches(table)
  let closed = false
  let stamp = 0
  let turn: Promise<unknown> = Promise.resolve()

  async function pass(queries: readonly ScoreQuery[]): Promise<TopK[]> {
    const stamps = queries.map(() => (stamp = (stamp + 1) >>> 0))
    const certain = queries.map((query, i) => resources.write({ query, reaches, index: i, stamp: stamps[i]! }))
    const found = await resources.run(queries.length > 1 && several ? several : single, queries.length)
    return queries.map((query, i) => {
      const words = found.subarray(i * FOUND_WORDS, (i + 1) * FOUND_WORDS)
      if (words[2] !== stamps[i]) throw new Error('the GPU did not answer')
      const count = words[0]!
      if (!certain[i] || count > CANDIDATES) return plainTopK(table, query)
      const best = new TopHeap(query.k)
      for (const row of words.subarray(3, 3 + count)) best.offer(row, exactScore(table, query, row))
      return best.sorted()
    })
  }

  async function answer(queries: readonly ScoreQuery[]): Promise<TopK[]> {
    const answers: TopK[] = []
    const size = gpu.software ? 1 : Math.min(PASS_QUERIES, resources.biasLimit)
    for (let from = 0; from < queries.length; from += size) {
      if (closed) throw new WindowshopError('closed', { where: 'webgpu' })
      failure.check()
      try {
        answers.push(...(await pass(queries.slice(from, from + size))))
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

/** Remembers the first thing that went wrong with the device, as a `device-lost`. */
function watchDevice(device: GPUDevice) {
  let first: WindowshopError | undefined
  const note = (cause: unknown): WindowshopError => {
    const got = cause instanceof Error ? cause.message : String(cause)
    return (first ??= new WindowshopError('device-lost', { where: 'webgpu', got }, { cause }))
  }
  const listener = (event: GPUUncapturedErrorEvent) => void note(new Error(event.error.message))
  device.addEventListener('uncapturederror', listener)
  void device.lost.then(({ message, reason }) => note(new Error(message || reason)))
  return {
    note,
    check(): void {
      if (first) throw first
    },
    stop: () => device.removeEventListener('uncapturederror', listener),
  }
}

async function compile(
  { dims, stride }: ItemTable,
  { device, packedDot, software }: Gpu,
  { layout, threads }: { layout: GPUBindGroupLayout; threads: number },
) {
  const pipelineLayout = device.createPipelineLayout({ bindGroupLayouts: [layout] })
  const build = async (queries: number): Promise<Pipelines> => {
    const code = kernels({ dims, stride, queries, packedDot, threads })
    const module = device.createShaderModule({ code })
    const [scan, cut, collect] = await Promise.all(
      ['scan', 'cut', 'collect'].map((entryPoint) =>
        device.createComputePipelineAsync({ layout: pipelineLayout, compute: { module, entryPoint } }),
      ),
    )
    return { scan: scan!, cut: cut!, collect: collect! }
  }
  const [single, several] = await Promise.all([build(1), software ? undefined : build(PASS_QUERIES)])
  return { single, several }
}

interface Written {
  readonly query: ScoreQuery
  readonly reaches: readonly SegmentReach[]
  /** Which query of the pass. */
  readonly index: number
  /** Comes back with the answer, which proves that it is this query's. */
  readonly stamp: number
}

/** The buffers of one scorer, and the two things done with them: writing a query, running the kernels. */
function createResources(table: ItemTable, { device, packedDot, software }: Gpu, { bindingBytes }: WebgpuOptions) {
  const { items, dims, stride } = table
  const { STORAGE, UNIFORM, COPY_DST, COPY_SRC, MAP_READ } = GPUBufferUsage
  const owned: GPUBuffer[] = []
  let bytes = 0
  const buffer = (size: number, usage: GPUBufferUsageFlags): GPUBuffer => {
    const created = device.createBuffer({ size: Math.max(16, Math.ceil(size / 16) * 16), usage })
    owned.push(created)
    bytes += created.size
    return created
  }

  const { maxBufferSize, maxStorageBufferBindingSize } = device.limits
  const partRows = Math.floor((bindingBytes ?? Math.min(maxBufferSize, maxStorageBufferBindingSize)) / stride)
  const rowsPerThread = software ? 128 : 16
  const enough = Math.max(software ? 2048 : 8192, Math.ceil(items / rowsPerThread))
  const threads = Math.min(MAX_THREADS, enough, items)
  const words = Math.ceil(items / 32)
  /** In pieces, because flipping the sign bits, where the kernels want it, needs a copy. */
  function upload(to: GPUBuffer, bytes: Int8Array<ArrayBuffer>): void {
    for (let at = 0; at < bytes.length; at += UPLOAD_BYTES) {
      const piece = bytes.slice(at, at + UPLOAD_BYTES)
      const words = new Uint32Array(piece.buffer)
      if (!packedDot) words.forEach((word, i) => (words[i] = word ^ 0x80808080))
      device.queue.writeBuffer(to, at, piece)
    }
  }
  const parts: Part[] = []
  let allThreads = 0
  for (let first = 0; first < items; first += partRows) {
    const rows = Math.min(partRows, items - first)
    const own = Math.max(1, Math.ceil((threads * rows) / items))
    const part = {
      table: buffer(rows * stride, STORAGE | COPY_DST),
      uniform: buffer(32, UNIFORM | COPY_DST),
      threads: own,
    }
    upload(part.table, table.rows.subarray(first * stride, (first + rows) * stride))
    parts.push(part)
    allThreads += own
  }
  let firstThread = 0
  parts.forEach((part, i) => {
    const first = i * partRows
    const rows = Math.min(partRows, items - first)
    const fields = [first, rows, part.threads, firstThread, allThreads, items, words]
    device.queue.writeBuffer(part.uniform, 0, Uint32Array.from(fields))
    firstThread += part.threads
  })
  const scales = buffer(table.scales.byteLength, STORAGE | COPY_DST)
  device.queue.writeBuffer(scales, 0, table.scales)
  const queryBytes = QUERY_HEAD * 4 + dims.length * stride * (packedDot ? 1 : 2)
  const queries = buffer(queryBytes * PASS_QUERIES, UNIFORM | COPY_DST)
  const masks = buffer(words * 4 * PASS_QUERIES, STORAGE | COPY_DST)
  const maxima = buffer(allThreads * 4 * PASS_QUERIES, STORAGE)
  const found = buffer(FOUND_WORDS * 4 * PASS_QUERIES, STORAGE | COPY_SRC)
  const readback = buffer(FOUND_WORDS * 4 * PASS_QUERIES, MAP_READ | COPY_DST)
  const biases = createBiasPool(device, items)

  const types = ['uniform', 'uniform', ...Array(4).fill('read-only-storage'), 'storage', 'storage'] as const
  const layout = device.createBindGroupLayout({
    entries: types.map((type, binding) => ({ binding, visibility: GPUShaderStage.COMPUTE, buffer: { type } })),
  })
  let groups: { biases: GPUBuffer; ofParts: GPUBindGroup[] } | undefined
  function bindGroups(): GPUBindGroup[] {
    if (groups?.biases !== biases.buffer) {
      const ofParts = parts.map((part) => {
        const buffers = [part.uniform, queries, part.table, scales, biases.buffer, masks, maxima, found]
        const entries = buffers.map((resource, binding) => ({ binding, resource: { buffer: resource } }))
        return device.createBindGroup({ layout, entries })
      })
      groups = { biases: biases.buffer, ofParts }
    }
    return groups.ofParts
  }

  const shadow = new Uint32Array(words * PASS_QUERIES)
  /** Uploads the changed words of the mask alone. */
  function writeMask(mask: Uint32Array<ArrayBuffer>, index: number): void {
    const held = shadow.subarray(index * words, (index + 1) * words)
    let from = 0
    let to = words
    while (from < to && held[from] === mask[from]) from++
    while (to > from && held[to - 1] === mask[to - 1]) to--
    if (from === to) return
    held.set(mask.subarray(from, to), from)
    device.queue.writeBuffer(masks, (index * words + from) * 4, mask, from, to - from)
  }

  const largestBias = new WeakMap<Float32Array, number>()
  function magnitude(column: Float32Array): number {
    let largest = largestBias.get(column)
    if (largest === undefined) {
      largest = 0
      for (const value of column) largest = Math.max(largest, Math.abs(value))
      largestBias.set(column, largest)
    }
    return largest
  }

  return {
    layout,
    threads: allThreads,
    biasLimit: biases.limit,
    get bytes() {
      return bytes + biases.bytes
    },
    /** False if float32 cannot hold this query's scores: then what the kernels find means nothing. */
    write({ query, reaches, index, stamp }: Written): boolean {
      const written = new Int32Array(queryBytes / 4)
      const floats = new Float32Array(written.buffer)
      const ints = new Int8Array(dims.length * stride)
      let error = 2 ** -120
      let from = 0
      dims.forEach((n, segment) => {
        const { reach, largestScale } = reaches[segment]!
        const rounded = roundSegment(query.vector.subarray(from, from + n), LEVELS, reach)
        ints.set(rounded.ints, segment * stride + from)
        floats[segment] = rounded.step
        // Without packed products each of them, made of two dimensions, can be 1 too small.
        error += rounded.error + (packedDot ? 0 : (n / 2 + 1) * rounded.step * largestScale)
        from += n
      })
      written.set(queryValues(ints, packedDot), QUERY_HEAD)
      floats[2] = Math.min(2 * error * (1 + 1e-6), 1e37)
      const bias = query.bias ? biases.place(query.bias) + 1 : 0
      written.set([bias, query.k, stamp], 3)
      device.queue.writeBuffer(queries, index * queryBytes, written)
      writeMask(query.mask, index)
      return error < 1e30 && (!query.bias || magnitude(query.bias) < 1e30)
    },
    /** Scans for the first `count` queries and resolves to what was found, FOUND_WORDS a query. */
    async run({ scan, cut, collect }: Pipelines, count: number): Promise<Uint32Array> {
      const encoder = device.createCommandEncoder()
      const work = encoder.beginComputePass()
      const dispatch = (pipeline: GPUComputePipeline, queriesHigh: number) => {
        work.setPipeline(pipeline)
        bindGroups().forEach((group, i) => {
          work.setBindGroup(0, group)
          work.dispatchWorkgroups(Math.ceil(parts[i]!.threads / WORKGROUP), queriesHigh)
        })
      }
      dispatch(scan, 1)
      work.setPipeline(cut)
      work.dispatchWorkgroups(count)
      dispatch(collect, count)
      work.end()
      const size = count * FOUND_WORDS * 4
      encoder.copyBufferToBuffer(found, 0, readback, 0, size)
      device.queue.submit([encoder.finish()])
      await readback.mapAsync(GPUMapMode.READ, 0, size)
      const answer = new Uint32Array(readback.getMappedRange(0, size)).slice()
      readback.unmap()
      return answer
    },
    close() {
      for (const each of owned) each.destroy()
      biases.close()
    },
  }
}
