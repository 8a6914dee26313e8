import { EigenvalueDecomposition, Matrix } from 'ml-matrix'
import { gram, multiply } from './dense.ts'

/**
 * The rows that a bundle ships for the factors Y (items x dims): A^(-1/2) y with A = Y'Y + lambda I. A weighted sum of these
 * rows, multiplied with a row, is y_i' A^-1 (sum of w_j y_j): the scores of the fold-in of Hu et al. to first order.
 */
export function whitenFactors(factors: Float64Array, dims: number, lambda: number): Float64Array {
  return multiply(factors, dims, inverseRoot(gram(factors, dims, lambda), dims))
}

/** A^(-1/2) of a symmetric positive definite matrix: the symmetric root, so that its sign and order are settled. */
export function inverseRoot(matrix: Float64Array, dims: number): Float64Array {
  const { realEigenvalues: values, eigenvectorMatrix: vectors } = new EigenvalueDecomposition(
    Matrix.from1DArray(dims, dims, matrix),
    { assumeSymmetric: true },
  )
  const root = new Float64Array(dims * dims)
  for (let k = 0; k < dims; k++) {
    const weight = 1 / Math.sqrt(values[k]!)
    for (let i = 0; i < dims; i++) {
      const left = weight * vectors.get(i, k)
      for (let j = 0; j < dims; j++) root[i * dims + j]! += left * vectors.get(j, k)
    }
  }
  return root
}
