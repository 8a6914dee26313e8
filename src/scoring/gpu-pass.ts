import type { BiasPool } from './bias-pool.ts'
import type { GpuBuffers } from './gpu-buffers.ts'
import { FOUND_WORDS, LISTED, PASS_QUERIES, WORKGROUP } from './gpu-kernels.ts'
import type { GpuPipelines } from './gpu-pipelines.ts'
import type { GpuTable, GpuTablePart } from './gpu-table.ts'

/** Runs the kernels over a table and brings back what they found. */
export interface GpuPass {
  readonly layout: GPUBindGroupLayout
  /** Scans for the first `count` queries. One at a time: the buffers are used again. */
  run(pipelines: GpuPipelines, count: number): Promise<Found>
}

export interface Found {
  /** FOUND_WORDS for each query. */
  readonly words: Uint32Array
  /** Milliseconds from the first kernel's start to the last one's end; absent where the device cannot tell. */
  readonly gpuMs?: number
}

interface Bound {
  readonly buffers: GpuBuffers
  readonly table: GpuTable
  readonly biases: BiasPool
  readonly queries: GPUBuffer
  readonly masks: GPUBuffer
}

const TIMES_BYTES = 16

export function createGpuPass(device: GPUDevice, { buffers, table, biases, queries, masks }: Bound): GpuPass {
  const { STORAGE, COPY_DST, COPY_SRC, MAP_READ, QUERY_RESOLVE } = GPUBufferUsage
  const maxima = buffers.create((table.blocks + LISTED) * 4 * PASS_QUERIES, STORAGE)
  const found = buffers.create(FOUND_WORDS * 4 * PASS_QUERIES, STORAGE | COPY_SRC)
  const readback = buffers.create(TIMES_BYTES + FOUND_WORDS * 4 * PASS_QUERIES, MAP_READ | COPY_DST)
  const clock = device.features.has('timestamp-query') && {
    set: device.createQuerySet({ type: 'timestamp', count: 2 }),
    times: buffers.create(TIMES_BYTES, QUERY_RESOLVE | COPY_SRC),
  }

  const types = ['uniform', 'uniform', ...Array(4).fill('read-only-storage'), 'storage', 'storage'] as const
  const layout = device.createBindGroupLayout({
    entries: types.map((type, binding) => ({ binding, visibility: GPUShaderStage.COMPUTE, buffer: { type } })),
  })
  let groups: { biases: GPUBuffer; ofParts: GPUBindGroup[] } | undefined
  function bindGroups(): GPUBindGroup[] {
    if (groups?.biases !== biases.buffer) {
      const ofParts = table.parts.map(({ uniform, rows }) => {
        const bound = [uniform, queries, rows, table.scales, biases.buffer, masks, maxima, found]
        const entries = bound.map((buffer, binding) => ({ binding, resource: { buffer } }))
        return device.createBindGroup({ layout, entries })
      })
      groups = { biases: biases.buffer, ofParts }
    }
    return groups.ofParts
  }

  function encode(pipelines: GpuPipelines, count: number): GPUCommandBuffer {
    const encoder = device.createCommandEncoder()
    const work = encoder.beginComputePass(
      clock ? { timestampWrites: { querySet: clock.set, beginningOfPassWriteIndex: 0, endOfPassWriteIndex: 1 } } : {},
    )
    const dispatch = (pipeline: GPUComputePipeline, groups: (part: GpuTablePart) => number, high: number) => {
      work.setPipeline(pipeline)
      bindGroups().forEach((group, i) => {
        work.setBindGroup(0, group)
        work.dispatchWorkgroups(groups(table.parts[i]!), high)
      })
    }
    dispatch(pipelines.scan(count), ({ threads }) => Math.ceil(threads / WORKGROUP), 1)
    work.setPipeline(pipelines.cut)
    work.dispatchWorkgroups(count)
    dispatch(pipelines.collect, () => pipelines.collectGroups, count)
    work.end()
    if (clock) {
      encoder.resolveQuerySet(clock.set, 0, 2, clock.times, 0)
      encoder.copyBufferToBuffer(clock.times, 0, readback, 0, TIMES_BYTES)
    }
    encoder.copyBufferToBuffer(found, 0, readback, TIMES_BYTES, count * FOUND_WORDS * 4)
    return encoder.finish()
  }

  return {
    layout,
    async run(pipelines, count) {
      const size = TIMES_BYTES + count * FOUND_WORDS * 4
      device.queue.submit([encode(pipelines, count)])
      await readback.mapAsync(GPUMapMode.READ, 0, size)
      const answer = readback.getMappedRange(0, size).slice(0)
      readback.unmap()
      const words = new Uint32Array(answer, TIMES_BYTES)
      if (!clock) return { words }
      const [start, end] = new BigUint64Array(answer, 0, 2)
      return { words, gpuMs: Number(end! - start!) / 1e6 }
    },
  }
}
