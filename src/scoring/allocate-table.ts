import { type ItemTable, rowStride } from '../bundle/item-table.ts'
import { createTableMemory } from './table-memory.ts'

/**
 * An item table of zeros, to be filled before any scorer sees it. Where there is WebAssembly its arrays lie in WebAssembly
 * memory, so that the wasm scorer reads them without a copy; elsewhere, or where they do not fit, in plain arrays.
 */
export function allocateTable(items: number, dims: readonly number[]): ItemTable {
  return createTableMemory(items, dims)?.table ?? plainTable(items, dims)
}

function plainTable(items: number, dims: readonly number[]): ItemTable {
  const stride = rowStride(dims)
  const rows = new Int8Array(items * stride)
  const scales = new Float32Array(items * dims.length)
  return { items, dims, stride, rows, scales }
}
