import type { ItemTable } from '../bundle/item-table.ts'
import type { BiasPool } from './bias-pool.ts'
import type { GpuBuffers } from './gpu-buffers.ts'
import { PASS_QUERIES, QUERY_HEAD } from './gpu-kernels.ts'
import type { GpuMasks } from './gpu-masks.ts'
import { productForm, queryValues } from './gpu-products.ts'
import { roundSegment } from './round-query.ts'
import type { ScoreQuery } from './scorer.ts'
import { segmentReaches } from './segment-reach.ts'

/** The queries of a pass on the GPU. */
export interface GpuQueries {
  readonly buffer: GPUBuffer
  /**
   * Uploads the queries, their masks and biases. `stamps` come back with the answers, which proves that they are these
   * queries'. False for each query whose scores float32 cannot hold: what the kernels find for it means nothing.
   */
  write(queries: readonly ScoreQuery[], stamps: readonly number[]): boolean[]
}

interface Tools {
  readonly device: GPUDevice
  readonly packedDot: boolean
  readonly buffers: GpuBuffers
  readonly masks: GpuMasks
  readonly biases: BiasPool
}

const LARGEST = 1e30

export function createGpuQueries(table: ItemTable, { device, packedDot, buffers, masks, biases }: Tools): GpuQueries {
  const { dims, stride } = table
  const reaches = segmentReaches(table)
  const queryWords = QUERY_HEAD + (dims.length * stride) / (packedDot ? 4 : 2)
  const written = new Int32Array(queryWords * PASS_QUERIES)
  const buffer = buffers.create(written.byteLength, GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST)

  const { levels, flippedBy, lostOf16 } = productForm(packedDot)

  /** Writes the rounded values and what they may be off by; returns the bound of float32's errors. */
  function round({ vector }: ScoreQuery, words: Int32Array<ArrayBuffer>): number {
    const floats = new Float32Array(words.buffer, words.byteOffset, QUERY_HEAD)
    const ints = new Int8Array(dims.length * stride)
    let error = 2 ** -120
    let spread = 0
    let from = 0
    dims.forEach((n, segment) => {
      const reach = reaches[segment]!
      const rounded = roundSegment(vector.subarray(from, from + n), levels, reach)
      ints.set(rounded.ints, segment * stride + from)
      const off = Math.ceil(rounded.wholeError(reach.whole) * (1 + 1e-9))
      const lost = lostOf16 * (Math.ceil(n / 16) + 1)
      const sum = rounded.ints.reduce((total, value) => total + value, 0)
      floats[segment] = rounded.step
      words[6 + segment] = -flippedBy * sum - off
      words[8 + segment] = 2 * off + lost
      spread += (2 * off + lost) * rounded.step * reach.largestScale
      error += rounded.floatError
      from += n
    })
    floats[10] = Math.min(spread * (1 + 1e-6), 1e37)
    words.set(queryValues(ints, packedDot), QUERY_HEAD)
    return error
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
    buffer,
    write(queries, stamps) {
      const certain = queries.map((query, i) => {
        const words = written.subarray(i * queryWords, (i + 1) * queryWords)
        const error = round(query, words)
        new Float32Array(words.buffer, words.byteOffset)[2] = Math.min(2 * error * (1 + 1e-6), 1e37)
        words.set([query.bias ? biases.place(query.bias) + 1 : 0, query.k, stamps[i]!], 3)
        masks.write(query.mask, i)
        return error < LARGEST && (!query.bias || magnitude(query.bias) < LARGEST)
      })
      device.queue.writeBuffer(buffer, 0, written, 0, queries.length * queryWords)
      return certain
    },
  }
}
