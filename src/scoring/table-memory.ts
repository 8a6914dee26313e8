import { type ItemTable, rowStride } from '../bundle/item-table.ts'
import { type BiasSlots, createBiasSlots } from './bias-slots.ts'

/** Most queries that one pass over the table scores. */
export const PASS_QUERIES = 8
/** Bytes of the `Table` structure of `scan.as.ts`, and what it has to spare. */
const HEADER_BYTES = 64 + 1024
/** Bytes of the `Query` structure of `scan.as.ts`. */
export const QUERY_BYTES = 96 + 2 * 512 + 2 * 512 * 2 + 512 * 8 + 512 * 8 + 512 * 4
const PAGE_BYTES = 65536
const MAX_PAGES = 65536
/** The compiled module may keep its own constants below this address. */
const BASE = 1024

/** Byte addresses of the parts of a table's memory; pages that are never touched cost nothing. */
export interface TableMemory {
  readonly memory: WebAssembly.Memory
  readonly table: ItemTable
  readonly header: number
  readonly queries: number
  /** One mask a query of a pass, `maskBytes` apart. */
  readonly masks: number
  readonly maskBytes: number
  /** One slot a query of a pass. */
  readonly biasSlots: BiasSlots
  /** What the kernel takes off rows, a float32 each, one column a segment, `columnBytes` apart. */
  readonly shifts: number
  readonly columnBytes: number
}

const memories = new WeakMap<ArrayBuffer, TableMemory>()

/** One memory for the table and everything that scanning it needs; undefined without WebAssembly or over 4 GiB. */
export function createTableMemory(items: number, dims: readonly number[]): TableMemory | undefined {
  if (typeof WebAssembly === 'undefined') return undefined
  let end = BASE
  const reserve = (bytes: number) => {
    const start = end
    end = Math.ceil((start + bytes) / 64) * 64
    return start
  }
  const stride = rowStride(dims)
  const maskBytes = Math.ceil(items / 32) * 4
  const columnBytes = Math.ceil(items / 4) * 16
  const header = reserve(HEADER_BYTES)
  const queries = reserve(QUERY_BYTES * PASS_QUERIES)
  const rows = reserve(items * stride)
  const scales = reserve(items * dims.length * 4)
  const shifts = reserve(columnBytes * dims.length)
  const masks = reserve(maskBytes * PASS_QUERIES)
  const biases = reserve(columnBytes * PASS_QUERIES)
  // The scan takes 32 rows at a time and looks, without using it, past the last one.
  const pages = Math.ceil((end + 32 * Math.max(stride, 8)) / PAGE_BYTES)
  if (pages > MAX_PAGES) return undefined
  let memory: WebAssembly.Memory
  try {
    memory = new WebAssembly.Memory({ initial: pages, maximum: pages })
  } catch {
    return undefined
  }
  const { buffer } = memory
  const table: ItemTable = {
    items,
    dims,
    stride,
    rows: new Int8Array(buffer, rows, items * stride),
    scales: new Float32Array(buffer, scales, items * dims.length),
  }
  const biasSlots = createBiasSlots({ memory, start: biases, slotBytes: columnBytes, count: PASS_QUERIES })
  const parts: TableMemory = { memory, table, header, queries, masks, maskBytes, biasSlots, shifts, columnBytes }
  memories.set(buffer, parts)
  return parts
}

/** The memory that holds this table, or a new one with a copy of it; undefined where there can be none. */
export function tableMemory(table: ItemTable): TableMemory | undefined {
  const own = memories.get(table.rows.buffer)
  if (own && own.table.rows.byteOffset === table.rows.byteOffset && own.table.items === table.items) return own
  const copy = createTableMemory(table.items, table.dims)
  copy?.table.rows.set(table.rows)
  copy?.table.scales.set(table.scales)
  return copy
}
