import type { ItemTable } from '../bundle/item-table.ts'
import { WindowshopError } from '../errors.ts'
import { type Reach, roundSegment } from './round-query.ts'
import simdKernel from './scan.as.ts?wasm'
import type { Scorer, ScoreQuery, TopK } from './scorer.ts'
import { PASS_QUERIES, QUERY_BYTES, tableMemory, type TableMemory } from './table-memory.ts'

export { simdKernel }

export interface WasmOptions {
  /** Compiled forms of `scan.as.ts`, best first: the first one that runs here is taken; that for SIMD by default. */
  readonly kernels?: readonly string[]
}

/** The exports of `scan.as.ts`. */
interface Scan {
  scan(table: number, queries: number, count: number): void
  /** Leaves two float64 where `spare` points. */
  reach(table: number, segment: number): void
  offset(): number
}

/** Byte offsets in the `Query` structure of `scan.as.ts`. */
const AT = {
  mask: 0,
  bias: 4,
  k: 8,
  count: 12,
  step: 16,
  error: 32,
  fineError: 56,
  fineStep: 64,
  coarse: 96,
  fine: 1120,
  exact: 3168,
  scores: 7264,
  rows: 11360,
}
const WIDTH = 512
/** Where the `Table` structure's `spare` points, counted from its start. */
const SPARE = 64
/** A query is rounded to whole numbers up to this. */
const FINE_LEVELS = 32767

/**
 * Scores with int8 SIMD: one pass rounds each query, and re-scores in float64 at once every row that could be among the
 * best. Started without waiting; throws `scorer-unavailable` where WebAssembly is missing or forbidden.
 */
export function createWasmScorer(table: ItemTable, { kernels = [simdKernel] }: WasmOptions = {}): Scorer {
  const parts = tableMemory(table) ?? unavailable('no memory')
  const scan = instantiate(parts.memory, kernels)
  const { items, dims, stride } = table
  const { rows, scales } = parts.table
  const ends = [dims[0]!, dims[0]! + (dims[1] ?? 0)]
  const shifts = [parts.shifts, parts.columnBytes, parts.header + SPARE]
  const header = [rows.byteOffset, scales.byteOffset, items, stride, dims.length, ...ends, ...shifts]
  new Uint32Array(parts.memory.buffer, parts.header).set(header)
  const reaches = dims.map((_, segment): Reach => {
    scan.reach(parts.header, segment)
    const [sum, length] = new Float64Array(parts.memory.buffer, parts.header + SPARE, 2)
    return { sum: sum!, length: length! }
  })
  const offset = scan.offset()

  function pass(queries: readonly ScoreQuery[]): TopK[] {
    queries.forEach((query, i) => {
      const bias = query.bias ? parts.biasSlots.place(query.bias) : 0
      writeQuery({ parts, reaches, offset, bias, index: i }, query)
    })
    scan.scan(parts.header, parts.queries, queries.length)
    return queries.map((_, i) => readTopK(parts, i))
  }

  return {
    name: 'wasm',
    get bytes() {
      const copied = rows === table.rows ? 0 : rows.byteLength + scales.byteLength
      return (
        copied +
        PASS_QUERIES * (QUERY_BYTES + parts.maskBytes) +
        dims.length * parts.columnBytes +
        parts.biasSlots.bytes
      )
    },
    async topK(queries) {
      const answers: TopK[] = []
      for (let from = 0; from < queries.length; from += PASS_QUERIES) {
        answers.push(...pass(queries.slice(from, from + PASS_QUERIES)))
      }
      return answers
    },
    close() {},
  }
}

function instantiate(memory: WebAssembly.Memory, kernels: readonly string[]): Scan {
  for (const kernel of kernels) {
    try {
      const bytes = Uint8Array.from(kernel, (character) => character.charCodeAt(0))
      return new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory } }).exports as unknown as Scan
    } catch {
      // No SIMD here, or no WebAssembly at all.
    }
  }
  return unavailable('no WebAssembly')
}

function unavailable(got: string): never {
  throw new WindowshopError('scorer-unavailable', { where: 'wasm', got })
}

interface Place {
  readonly parts: TableMemory
  readonly reaches: readonly Reach[]
  /** What the kernel wants added to a query rounded to int8, to as many levels; 0 if it reads int16. */
  readonly offset: number
  /** Address of the bias column, 0 for none. */
  readonly bias: number
  /** Which query of the pass. */
  readonly index: number
}

function writeQuery({ parts, reaches, offset, bias, index }: Place, query: ScoreQuery): void {
  const { memory, table } = parts
  const address = parts.queries + index * QUERY_BYTES
  const maskAddress = parts.masks + index * parts.maskBytes
  const mask = new Uint32Array(memory.buffer, maskAddress, parts.maskBytes / 4)
  mask.set(query.mask)
  if (table.items % 32) mask[mask.length - 1]! |= -1 << (table.items % 32)

  const view = new DataView(memory.buffer, address)
  new Uint8Array(memory.buffer, address + AT.coarse, AT.exact - AT.coarse).fill(0)
  let error = 0
  let fineError = 0
  let from = 0
  table.dims.forEach((dims, segment) => {
    const values = query.vector.subarray(from, from + dims)
    const fine = roundSegment(values, FINE_LEVELS, reaches[segment]!)
    const coarse = offset ? roundSegment(values, offset, reaches[segment]!) : fine
    new Int16Array(memory.buffer, address + AT.fine + 2 * (segment * WIDTH + from)).set(fine.ints)
    const bytes = new Int8Array(memory.buffer, address + AT.coarse + segment * WIDTH + from)
    if (offset) bytes.set(coarse.ints.map((value) => value + offset))
    view.setFloat32(AT.step + segment * 4, coarse.step, true)
    view.setFloat32(AT.fineStep + segment * 4, fine.step, true)
    error += coarse.error
    fineError += fine.error
    from += dims
  })
  view.setUint32(AT.mask, maskAddress, true)
  view.setUint32(AT.bias, bias, true)
  view.setUint32(AT.k, query.k, true)
  view.setFloat64(AT.error, error, true)
  view.setFloat64(AT.fineError, fineError, true)
  new Float64Array(memory.buffer, address + AT.exact, WIDTH).set(query.vector)
}

function readTopK({ memory, queries }: TableMemory, index: number): TopK {
  const address = queries + index * QUERY_BYTES
  const count = new DataView(memory.buffer, address).getUint32(AT.count, true)
  return {
    rows: new Uint32Array(memory.buffer, address + AT.rows, count).slice(),
    scores: new Float64Array(memory.buffer, address + AT.scores, count).slice(),
  }
}
