import { createRandom, normal } from '../../core/random.ts'
import { gram } from './dense.ts'
import { transpose, type SparseMatrix } from './sparse.ts'

export interface AlsSettings {
  readonly dims: number
  /** Ridge on both sides, > 0. */
  readonly lambda: number
  /** Confidence of an entry of strength r is 1 + alpha r. */
  readonly alpha: number
  readonly iterations: number
  readonly seed: number
  /** Where the items' factors begin, items x dims; drawn by row from the seed where it is absent. */
  readonly start?: Float64Array
  /** Hears of every iteration. */
  readonly onIteration?: () => void
}

/** Steps of conjugate gradients a solve; each starts from the iteration before, so few are enough. */
const steps = 3

/**
 * Factors of implicit feedback: Hu, Koren and Volinsky, Collaborative Filtering for Implicit Feedback Datasets (2008), its
 * least squares solved by conjugate gradients as in Takács, Pilászy and Tikk (2011). `strengths` is users x items.
 * Returns the items' factors, items x dims, row-major.
 */
export function trainAls(strengths: SparseMatrix, settings: AlsSettings): Float64Array {
  const { dims, lambda, iterations } = settings
  const byItem = transpose(strengths)
  const random = createRandom(settings.seed)
  const items =
    settings.start?.slice() ?? Float64Array.from({ length: strengths.columns * dims }, () => normal(random) / dims)
  const users = new Float64Array(strengths.rows * dims)
  for (let iteration = 0; iteration < iterations; iteration++) {
    solveSide(strengths, items, users, gram(items, dims, lambda), settings)
    solveSide(byItem, users, items, gram(users, dims, lambda), settings)
    settings.onIteration?.()
  }
  return items
}

/** Moves every row of `solved` towards (G + sum alpha r y y') x = sum (1 + alpha r) y over its entries; G holds the ridge. */
function solveSide(
  { rows, offsets, indices, values }: SparseMatrix,
  fixed: Float64Array,
  solved: Float64Array,
  common: Float64Array,
  { dims, alpha }: AlsSettings,
): void {
  const residual = new Float64Array(dims)
  const direction = new Float64Array(dims)
  const image = new Float64Array(dims)
  for (let row = 0; row < rows; row++) {
    const from = offsets[row]!
    const to = offsets[row + 1]!
    const x = solved.subarray(row * dims, (row + 1) * dims)
    if (from === to) {
      x.fill(0)
      continue
    }
    applySystem(x, residual)
    for (let i = 0; i < dims; i++) residual[i] = -residual[i]!
    for (let at = from; at < to; at++) {
      const start = indices[at]! * dims
      const confidence = 1 + alpha * values[at]!
      for (let i = 0; i < dims; i++) residual[i]! += confidence * fixed[start + i]!
    }
    direction.set(residual)
    let error = dot(residual, residual)
    for (let step = 0; step < steps && error > 1e-20; step++) {
      applySystem(direction, image)
      const length = error / dot(direction, image)
      for (let i = 0; i < dims; i++) {
        x[i]! += length * direction[i]!
        residual[i]! -= length * image[i]!
      }
      const next = dot(residual, residual)
      const turn = next / error
      for (let i = 0; i < dims; i++) direction[i] = residual[i]! + turn * direction[i]!
      error = next
    }

    function applySystem(vector: Float64Array, result: Float64Array): void {
      for (let i = 0; i < dims; i++) {
        let sum = 0
        for (let j = 0, at = i * dims; j < dims; j++, at++) sum += common[at]! * vector[j]!
        result[i] = sum
      }
      for (let at = from; at < to; at++) {
        const start = indices[at]! * dims
        let product = 0
        for (let i = 0; i < dims; i++) product += fixed[start + i]! * vector[i]!
        const weight = alpha * values[at]! * product
        for (let i = 0; i < dims; i++) result[i]! += weight * fixed[start + i]!
      }
    }
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!
  return sum
}
