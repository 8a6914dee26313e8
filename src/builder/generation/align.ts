import { Matrix, SingularValueDecomposition } from 'ml-matrix'
import { multiply } from '../learn/dense.ts'

/**
 * The rotation (dims x dims, row-major) that brings `rows` closest to `target` in the least squares of the chosen rows: the orthogonal
 * Procrustes problem (Schönemann, 1966). Products of rows stay what they are, so rotating a whole table changes no score.
 */
export function findRotation(
  rows: Float64Array,
  target: Float64Array,
  { dims, chosen }: { dims: number; chosen: readonly number[] },
): Float64Array {
  const products = Matrix.zeros(dims, dims)
  for (const row of chosen) {
    for (let i = 0; i < dims; i++) {
      const value = rows[row * dims + i]!
      if (value === 0) continue
      for (let j = 0; j < dims; j++) products.set(i, j, products.get(i, j) + value * target[row * dims + j]!)
    }
  }
  const { leftSingularVectors, rightSingularVectors } = new SingularValueDecomposition(products)
  return Float64Array.from(leftSingularVectors.mmul(rightSingularVectors.transpose()).to1DArray())
}

export function rotate(rows: Float64Array, dims: number, rotation: Float64Array): Float64Array {
  return rows.length === 0 ? rows : multiply(rows, dims, rotation)
}
