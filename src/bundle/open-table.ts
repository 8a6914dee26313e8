import { WindowshopError } from '../errors.ts'
import { checkFinite, tensorOf } from './columns.ts'
import type { ItemShards } from './item-shards.ts'
import { rowStride, totalDims, type ItemTable } from './item-table.ts'
import type { Manifest } from './manifest.ts'

/** Makes room for a table, all zero. */
export type AllocateTable = (items: number, dims: readonly number[]) => ItemTable

/** Copies the quantised rows and their scales to where the table shall live. */
export function openTable(manifest: Manifest, shards: ItemShards, allocate: AllocateTable = allocateArrays): ItemTable {
  const table = allocate(
    shards.rows,
    manifest.segments.map((segment) => segment.dims),
  )
  const dims = totalDims(table)
  const segments = table.dims.length
  for (const shard of shards.table) {
    const { from, to, url } = shard
    const codes = tensorOf(shards.tensorsOf(shard), 'rows', Int8Array, [to - from, dims], url)
    if (codes.includes(-128))
      throw new WindowshopError('bundle-numbers', { where: url, column: 'rows', expected: '-127 to 127', got: -128 })
    const scales = checkFinite(
      tensorOf(shards.tensorsOf(shard), 'scales', Float32Array, [to - from, segments], url),
      url,
      'scales',
    )
    if (scales.some((scale) => scale < 0 || scale > 1e6)) {
      throw new WindowshopError('bundle-numbers', { where: url, column: 'scales', expected: '0 to 1e6' })
    }
    if (dims === table.stride) table.rows.set(codes, from * dims)
    else {
      for (let row = from; row < to; row++) {
        table.rows.set(codes.subarray((row - from) * dims, (row - from + 1) * dims), row * table.stride)
      }
    }
    table.scales.set(scales, from * segments)
  }
  return table
}

function allocateArrays(items: number, dims: readonly number[]): ItemTable {
  const stride = rowStride(dims)
  return { items, dims, stride, rows: new Int8Array(items * stride), scales: new Float32Array(items * dims.length) }
}
