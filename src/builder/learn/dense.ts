/** Y'Y + ridge I of a dense matrix (rows x dims, row-major): dims x dims. */
export function gram(matrix: Float64Array, dims: number, ridge = 0): Float64Array {
  const product = new Float64Array(dims * dims)
  for (let start = 0; start < matrix.length; start += dims) {
    for (let i = 0; i < dims; i++) {
      const value = matrix[start + i]!
      if (value === 0) continue
      for (let j = 0; j <= i; j++) product[i * dims + j]! += value * matrix[start + j]!
    }
  }
  for (let i = 0; i < dims; i++) {
    product[i * dims + i]! += ridge
    for (let j = 0; j < i; j++) product[j * dims + i] = product[i * dims + j]!
  }
  return product
}

/** Rows times a small dense matrix: (rows x inner) (inner x outer), row-major. */
export function multiply(matrix: Float64Array, inner: number, right: Float64Array): Float64Array {
  const outer = right.length / inner
  const rows = matrix.length / inner
  const product = new Float64Array(rows * outer)
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < inner; i++) {
      const value = matrix[row * inner + i]!
      if (value === 0) continue
      for (let j = 0; j < outer; j++) product[row * outer + j]! += value * right[i * outer + j]!
    }
  }
  return product
}

/** Divides a segment's rows by their root mean square norm, so that weights of segments mean the same in every shop. */
export function normaliseScale(rows: Float64Array, dims: number): number {
  let squares = 0
  for (const value of rows) squares += value * value
  const scale = Math.sqrt((squares / rows.length) * dims)
  if (scale === 0) return 1
  for (let i = 0; i < rows.length; i++) rows[i]! /= scale
  return scale
}
