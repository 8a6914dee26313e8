import type { ItemTable } from '../bundle/item-table.ts'
import type { GpuBuffers } from './gpu-buffers.ts'
import { BLOCK_ROWS } from './gpu-kernels.ts'
import type { Gpu } from './open-gpu.ts'

/** The rows that one binding holds. */
export interface GpuTablePart {
  readonly rows: GPUBuffer
  /** `Part` of the kernels. */
  readonly uniform: GPUBuffer
  readonly threads: number
  readonly blocks: number
}

/** A table on the GPU, in as many parts as the device's limits ask for. */
export interface GpuTable {
  readonly parts: readonly GpuTablePart[]
  readonly scales: GPUBuffer
  /** Blocks of all parts. */
  readonly blocks: number
}

/** Threads of one dispatch at most: enough to fill a GPU. */
const MAX_THREADS = 65536
const UPLOAD_BYTES = 1 << 20

/** Uploads the table; no binding is larger than `bindingBytes`, if at least a row fits. */
export function createGpuTable(
  { items, dims, stride, rows, scales }: ItemTable,
  { device, packedDot, software }: Gpu,
  { buffers, bindingBytes }: { buffers: GpuBuffers; bindingBytes: number | undefined },
): GpuTable {
  const { STORAGE, UNIFORM, COPY_DST } = GPUBufferUsage
  const { maxBufferSize, maxStorageBufferBindingSize } = device.limits
  const partRows = Math.floor((bindingBytes ?? Math.min(maxBufferSize, maxStorageBufferBindingSize)) / stride)
  const rowsPerThread = software ? 128 : 16
  const enough = Math.max(software ? 2048 : 8192, Math.ceil(items / rowsPerThread))
  const wanted = Math.min(MAX_THREADS, enough, items)

  const parts: GpuTablePart[] = []
  const fields: number[][] = []
  let blocks = 0
  for (let first = 0; first < items; first += partRows) {
    const count = Math.min(partRows, items - first)
    const own = Math.max(1, Math.ceil((wanted * count) / items))
    const part = {
      rows: buffers.create(count * stride, STORAGE | COPY_DST),
      uniform: buffers.create(32, UNIFORM | COPY_DST),
      threads: own,
      blocks: own * Math.ceil(count / (own * BLOCK_ROWS)),
    }
    upload(part.rows, rows.subarray(first * stride, (first + count) * stride))
    parts.push(part)
    fields.push([first, count, own, part.blocks, blocks])
    blocks += part.blocks
  }
  const words = Math.ceil(items / 32)
  parts.forEach(({ uniform }, i) =>
    device.queue.writeBuffer(uniform, 0, Uint32Array.from([...fields[i]!, blocks, items, words])),
  )
  const held = buffers.create(items * 4 * dims.length, STORAGE | COPY_DST)
  device.queue.writeBuffer(held, 0, scales)
  return { parts, scales: held, blocks }

  /** In pieces, because flipping the sign bits, where the kernels want it, needs a copy. */
  function upload(to: GPUBuffer, bytes: Int8Array<ArrayBuffer>): void {
    for (let at = 0; at < bytes.length; at += UPLOAD_BYTES) {
      const piece = bytes.slice(at, at + UPLOAD_BYTES)
      const flipped = new Uint32Array(piece.buffer)
      if (!packedDot) flipped.forEach((word, i) => (flipped[i] = word ^ 0x80808080))
      device.queue.writeBuffer(to, at, piece)
    }
  }
}
