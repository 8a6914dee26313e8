import { EigenvalueDecomposition, Matrix } from 'ml-matrix'
import { createRandom, normal } from '../../core/random.ts'
import { gram, multiply } from './dense.ts'
import { transpose, type SparseMatrix } from './sparse.ts'

/**
 * The `dims` leading right singular vectors of a sparse matrix, columns x dims, row-major, strongest first: the randomised
 * range finder of Halko, Martinsson and Tropp (2011) with power iterations. Dimensions beyond the matrix's rank are zero.
 */
export function rightSingularVectors(
  matrix: SparseMatrix,
  { dims, seed, iterations = 4 }: { dims: number; seed: number; iterations?: number },
): Float64Array {
  const turned = transpose(matrix)
  const width = Math.min(dims + 10, matrix.rows, matrix.columns)
  const random = createRandom(seed)
  let range = Float64Array.from({ length: matrix.columns * width }, () => normal(random))
  for (let iteration = 0; iteration < iterations; iteration++) {
    orthonormalise(range, width)
    range = apply(turned, apply(matrix, range, width), width)
  }
  orthonormalise(range, width)
  // The small problem: eigenvectors of (X Q)'(X Q) turn Q into singular vectors.
  const small = gram(apply(matrix, range, width), width)
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(Matrix.from1DArray(width, width, small), {
    assumeSymmetric: true,
  })
  const order = [...realEigenvalues.keys()].sort((a, b) => realEigenvalues[b]! - realEigenvalues[a]!)
  const turn = new Float64Array(width * dims)
  for (const [to, from] of order.slice(0, dims).entries()) {
    if (realEigenvalues[from]! <= realEigenvalues[order[0]!]! * 1e-10) continue
    for (let i = 0; i < width; i++) turn[i * dims + to] = eigenvectorMatrix.get(i, from)
  }
  return multiply(range, width, turn)
}

/** Sparse times dense: (rows x columns) (columns x width). */
export function apply(
  { rows, offsets, indices, values }: SparseMatrix,
  dense: Float64Array,
  width: number,
): Float64Array<ArrayBuffer> {
  const product = new Float64Array(rows * width)
  for (let row = 0; row < rows; row++) {
    for (let at = offsets[row]!; at < offsets[row + 1]!; at++) {
      const value = values[at]!
      const start = indices[at]! * width
      for (let i = 0; i < width; i++) product[row * width + i]! += value * dense[start + i]!
    }
  }
  return product
}

/** Gram and Schmidt, twice for numerical orthogonality; a column without anything new becomes zero. */
function orthonormalise(matrix: Float64Array, width: number): void {
  for (let column = 0; column < width; column++) {
    const before = norm(column)
    for (let pass = 0; pass < 2; pass++) {
      for (let other = 0; other < column; other++) {
        let product = 0
        for (let at = 0; at < matrix.length; at += width) product += matrix[at + column]! * matrix[at + other]!
        for (let at = 0; at < matrix.length; at += width) matrix[at + column]! -= product * matrix[at + other]!
      }
    }
    const length = norm(column)
    const scale = length > before * 1e-10 ? 1 / length : 0
    for (let at = column; at < matrix.length; at += width) matrix[at]! *= scale
  }

  function norm(column: number): number {
    let squares = 0
    for (let at = column; at < matrix.length; at += width) squares += matrix[at]! * matrix[at]!
    return Math.sqrt(squares)
  }
}
