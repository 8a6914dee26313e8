import { transpose, type SparseMatrix } from './sparse.ts'
import { apply } from './truncated-svd.ts'

/**
 * Vectors of tokens whose sums come near given vectors of texts: ridge regression, by conjugate gradients on the normal equations.
 * `texts` is texts x tokens, `vectors` texts x dims; the result is tokens x dims, all row-major.
 */
export function fitTokens(
  texts: SparseMatrix,
  vectors: Float64Array,
  { dims, ridge, steps = 30 }: { readonly dims: number; readonly ridge: number; readonly steps?: number },
): Float64Array {
  const turned = transpose(texts)
  const tokens = new Float64Array(texts.columns * dims)
  const residual = apply(turned, vectors, dims)
  const direction = residual.slice()
  let squares = columnProducts(residual, residual, dims)
  const first = squares
  for (let step = 0; step < steps && squares.some((square, d) => square > first[d]! * 1e-12); step++) {
    const image = apply(turned, apply(texts, direction, dims), dims)
    for (let i = 0; i < image.length; i++) image[i]! += ridge * direction[i]!
    const curvature = columnProducts(direction, image, dims)
    const length = squares.map((square, d) => (curvature[d]! > 0 ? square / curvature[d]! : 0))
    for (let i = 0; i < tokens.length; i++) {
      tokens[i]! += length[i % dims]! * direction[i]!
      residual[i]! -= length[i % dims]! * image[i]!
    }
    const before = squares
    squares = columnProducts(residual, residual, dims)
    const kept = squares.map((square, d) => (before[d]! > 0 ? square / before[d]! : 0))
    for (let i = 0; i < direction.length; i++) direction[i] = residual[i]! + kept[i % dims]! * direction[i]!
  }
  return tokens
}

/** Of two matrices, the products of their columns. */
function columnProducts(a: Float64Array, b: Float64Array, dims: number): Float64Array {
  const products = new Float64Array(dims)
  for (let i = 0; i < a.length; i++) products[i % dims]! += a[i]! * b[i]!
  return products
}
