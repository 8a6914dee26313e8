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

/** Dimensions of all segments together. */
export function totalDims(table: Pick<ItemTable, 'dims'>): number {
  return table.dims.reduce((sum, dims) => sum + dims, 0)
}

/** The stride of a row of these segments. */
export function rowStride(dims: readonly number[]): number {
  return Math.ceil(dims.reduce((sum, n) => sum + n, 0) / 16) * 16
}
