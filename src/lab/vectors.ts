import type { ItemTable } from '../bundle/item-table.ts'
import { addRow } from '../bundle/row-vector.ts'
import { zeroVector } from '../core/zero-vector.ts'

/** Makes a vector one unit long, in place; a zero vector stays. */
export function makeUnit(vector: Float64Array): Float64Array {
  let squares = 0
  for (const value of vector) squares += value * value
  if (squares > 0) for (let d = 0; d < vector.length; d++) vector[d]! /= Math.sqrt(squares)
  return vector
}

/** A vector of all segments, each segment one unit long. */
export function unitSegments(vector: Float64Array, dims: readonly number[]): Float64Array {
  let from = 0
  for (const size of dims) {
    makeUnit(vector.subarray(from, from + size))
    from += size
  }
  return vector
}

/** A row, dequantised, each segment one unit long. */
export function unitRow(table: ItemTable, row: number, into = zeroVector(table)): Float64Array {
  into.fill(0)
  addRow(table, row, 1, into)
  return unitSegments(into, table.dims)
}

export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0
  for (let d = 0; d < a.length; d++) sum += a[d]! * b[d]!
  return sum
}

/** The segments of a vector, one after the other. */
export function split(vector: Float64Array, dims: readonly number[]): Float64Array[] {
  let from = 0
  return dims.map((size) => vector.subarray(from, (from += size)))
}
