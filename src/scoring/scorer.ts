import type { Bitmask } from '../core/bitmask.ts'

/**
 * The item table: what every scorer reads. Immutable once built.
 * score_i = sum over segments g of scales[i, g] * (q_g . rows[i, g]) + bias_i
 */
export interface ItemTable {
  /** Number of rows, 1 to 2^24. */
  readonly items: number
  /** Dimensions of each segment, one or two segments, each 1 to 256. */
  readonly dims: readonly number[]
  /** Bytes from one row to the next: the sum of `dims` rounded up to a multiple of 16; the rest is zero. */
  readonly stride: number
  /** Quantised rows, items x stride, row-major, the segments side by side; -127 to 127. */
  readonly rows: Int8Array<ArrayBuffer>
  /** One scale per row and segment, items x segments, row-major; finite and >= 0. */
  readonly scales: Float32Array<ArrayBuffer>
}

/** One query; a batch of them is scored in one pass. */
export interface ScoreQuery {
  /** The query, all segments side by side, sum of `dims` long, finite. */
  readonly vector: Float64Array
  /** One number per row; scorers cache it by identity, so it must never change. Absent: all zero. */
  readonly bias?: Float32Array<ArrayBuffer> | undefined
  /** Rows that must not be returned. */
  readonly mask: Bitmask
  /** How many to return, 1 to 512. */
  readonly k: number
}

/** The best rows of one query, best first, ties by row; fewer than k when the mask leaves fewer. */
export interface TopK {
  readonly rows: Uint32Array
  /** Float64 scores over the int8 table, exactly those of the plain scorer. */
  readonly scores: Float64Array
}

export type ScorerName = 'plain' | 'wasm' | 'webgpu'

/** Scores every row exactly; see `plain-scorer.ts` for the oracle that the others must equal. */
export interface Scorer {
  readonly name: ScorerName
  /** Answers in the order of the queries. Rejects with a coded error (`device-lost`, ...), never hangs. */
  topK(queries: readonly ScoreQuery[]): Promise<TopK[]>
  /** Bytes held beyond the table itself. */
  readonly bytes: number
  close(): void
}

/** Dimensions of all segments together. */
export function totalDims(table: Pick<ItemTable, 'dims'>): number {
  return table.dims.reduce((sum, dims) => sum + dims, 0)
}

/** The stride of a row of these segments. */
export function rowStride(dims: readonly number[]): number {
  return Math.ceil(dims.reduce((sum, n) => sum + n, 0) / 16) * 16
}
