import type { ItemTable } from './item-table.ts'

/** Adds `weight` times row `row`, dequantised, to `into` (all segments side by side). */
export function addRow(table: ItemTable, row: number, weight: number, into: Float64Array): void {
  let column = 0
  for (const [g, dims] of table.dims.entries()) {
    const factor = weight * table.scales[row * table.dims.length + g]!
    const start = row * table.stride + column
    for (let d = 0; d < dims; d++) into[column + d]! += factor * table.rows[start + d]!
    column += dims
  }
}

/** Product of a vector with row `row` in each segment; their sum is the row's score without its bias. */
export function dotRow(table: ItemTable, row: number, vector: Float64Array): Float64Array {
  const products = new Float64Array(table.dims.length)
  let column = 0
  for (const [g, dims] of table.dims.entries()) {
    const start = row * table.stride + column
    let sum = 0
    for (let d = 0; d < dims; d++) sum += vector[column + d]! * table.rows[start + d]!
    products[g] = table.scales[row * table.dims.length + g]! * sum
    column += dims
  }
  return products
}

/** Cosine of two rows in segment `g`, -1 to 1; 0 where either is zero. */
export function cosineOfRows(table: ItemTable, g: number, [a, b]: readonly [number, number]): number {
  const start = table.dims.slice(0, g).reduce((sum, dims) => sum + dims, 0)
  let product = 0
  let squaresA = 0
  let squaresB = 0
  for (let d = start; d < start + table.dims[g]!; d++) {
    const x = table.rows[a * table.stride + d]!
    const y = table.rows[b * table.stride + d]!
    product += x * y
    squaresA += x * x
    squaresB += y * y
  }
  return squaresA && squaresB ? product / Math.sqrt(squaresA * squaresB) : 0
}
