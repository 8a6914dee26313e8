import { Matrix, SVD, solve } from 'ml-matrix'
import { expect, test } from 'vitest'
import { gram } from '../../src/builder/learn/dense.ts'
import { trainAls } from '../../src/builder/learn/als.ts'
import { sparseFromRows, transpose, type SparseMatrix } from '../../src/builder/learn/sparse.ts'
import { rightSingularVectors } from '../../src/builder/learn/truncated-svd.ts'
import { inverseRoot, whitenFactors } from '../../src/builder/learn/whiten-factors.ts'
import { predictRows } from '../../src/builder/learn/predict-rows.ts'
import type { Random } from '../../src/core/random.ts'
import { between, seededRandom } from '../support/seed.ts'

const dims = 6
const settings = { dims, lambda: 0.7, alpha: 3, iterations: 1500, seed: 5 }

test('the factors solve the dense least squares of both sides', () => {
  const random = seededRandom('als')
  const strengths = randomSparse(random, [40, 25])
  const items = trainAls(strengths, settings)
  const users = foldIn(strengths, items)
  const again = foldIn(transpose(strengths), users)
  for (const [i, value] of items.entries()) expect(value).toBeCloseTo(again[i]!, 4)
})

test('a few steps of conjugate gradients an iteration lower the loss as far as dense solves do', () => {
  const random = seededRandom('als loss')
  const strengths = randomSparse(random, [60, 40])
  const few = trainAls(strengths, { ...settings, iterations: 10 })
  let dense = trainAls(strengths, { ...settings, iterations: 0 })
  for (let iteration = 0; iteration < 10; iteration++) {
    dense = foldIn(transpose(strengths), foldIn(strengths, dense))
  }
  expect(loss(strengths, few)).toBeLessThan(loss(strengths, dense) * 1.03)
})

test('a weighted sum of the shipped rows scores as the fold-in does to first order', () => {
  const random = seededRandom('whiten')
  const items = Float64Array.from({ length: 30 * dims }, () => random() - 0.5)
  const rows = whitenFactors(items, dims, settings.lambda)
  const weights = Array.from({ length: 30 }, () => (random() < 0.2 ? random() : 0))
  const common = Matrix.from1DArray(dims, dims, gram(items, dims, settings.lambda))
  const sum = combine(items, weights)
  const folded = solve(common, Matrix.columnVector(sum)).to1DArray()
  const query = combine(rows, weights)
  for (let item = 0; item < 30; item++) {
    expect(dot(rows, item, query)).toBeCloseTo(dot(items, item, folded), 9)
  }
})

test('the inverse root times itself inverts the matrix', () => {
  const random = seededRandom('inverse root')
  const factors = Float64Array.from({ length: 20 * dims }, () => random() - 0.5)
  const matrix = gram(factors, dims, 0.3)
  const root = Matrix.from1DArray(dims, dims, inverseRoot(matrix, dims))
  const product = root.mmul(root).mmul(Matrix.from1DArray(dims, dims, matrix))
  for (let i = 0; i < dims; i++)
    for (let j = 0; j < dims; j++) expect(product.get(i, j)).toBeCloseTo(i === j ? 1 : 0, 9)
})

test('the randomised decomposition keeps as much of a matrix as the exact one', () => {
  const random = seededRandom('svd')
  const matrix = randomSparse(random, [50, 35])
  const dense = toDense(matrix)
  const vectors = Matrix.from1DArray(35, dims, rightSingularVectors(matrix, { dims, seed: 2, iterations: 8 }))
  const exact = new SVD(dense).diagonal.slice(0, dims)
  const kept = dense.mmul(vectors)
  for (let d = 0; d < dims; d++) expect(kept.getColumnVector(d).norm()).toBeCloseTo(exact[d]!, 2)
})

test('a matrix of lower rank leaves the other dimensions zero', () => {
  const row = new Map([[1, 2], [3, 1]]) // prettier-ignore
  const vectors = rightSingularVectors(sparseFromRows([row, row, row], 5), { dims: 4, seed: 1 })
  expect(vectors.every(Number.isFinite)).toBe(true)
  for (let column = 0; column < 5; column++)
    expect([...vectors.subarray(column * 4 + 1, column * 4 + 4)]).toEqual([0, 0, 0])
})

test('rows without a history are those that ridge regression gives, and the others stay', () => {
  const random = seededRandom('predict')
  const from = Float64Array.from({ length: 40 * 3 }, () => random() - 0.5)
  const truth = new Matrix([[1, -2], [0.5, 1], [-1, 0.3], [0.2, -0.1]]) // prettier-ignore
  const linear = Array.from({ length: 40 }, (_, row) => {
    const input = Matrix.rowVector([...from.subarray(row * 3, row * 3 + 3), 1])
    return input.mmul(truth).to1DArray()
  })
  const known = linear.map((_, row) => row % 4 !== 0)
  const to = Float64Array.from(linear.flatMap((row, at) => (known[at] ? row : [99, 99])))
  const before = to.slice()
  predictRows({ from, fromDims: 3, to, toDims: 2, known, ridge: 1e-9 })
  for (const [at, row] of linear.entries()) {
    for (const [d, value] of row.entries()) {
      if (known[at]) expect(to[at * 2 + d]).toBe(before[at * 2 + d])
      else expect(to[at * 2 + d]).toBeCloseTo(value, 5)
    }
  }
})

/** Solves every line's (Y'Y + lambda I + sum alpha r y y') x = sum (1 + alpha r) y by a dense solver. */
function foldIn({ rows, offsets, indices, values }: SparseMatrix, fixed: Float64Array): Float64Array {
  const solved = new Float64Array(rows * dims)
  for (let row = 0; row < rows; row++) {
    const system = Matrix.from1DArray(dims, dims, gram(fixed, dims, settings.lambda))
    const right = new Float64Array(dims)
    for (let at = offsets[row]!; at < offsets[row + 1]!; at++) {
      const y = fixed.subarray(indices[at]! * dims, (indices[at]! + 1) * dims)
      for (let i = 0; i < dims; i++) {
        right[i]! += (1 + settings.alpha * values[at]!) * y[i]!
        for (let j = 0; j < dims; j++) system.set(i, j, system.get(i, j) + settings.alpha * values[at]! * y[i]! * y[j]!)
      }
    }
    solved.set(solve(system, Matrix.columnVector(right)).to1DArray(), row * dims)
  }
  return solved
}

/** The loss of Hu et al. with the users' best answer to these items. */
function loss(strengths: SparseMatrix, items: Float64Array): number {
  const users = foldIn(strengths, items)
  const dense = toDense(strengths)
  let sum = settings.lambda * [...items, ...users].reduce((total, value) => total + value * value, 0)
  for (let user = 0; user < strengths.rows; user++) {
    for (let item = 0; item < strengths.columns; item++) {
      const strength = dense.get(user, item)
      const predicted = dot(items, item, users.subarray(user * dims, (user + 1) * dims))
      sum += (1 + settings.alpha * strength) * ((strength > 0 ? 1 : 0) - predicted) ** 2
    }
  }
  return sum
}

function randomSparse(random: Random, [rows, columns]: [number, number]): SparseMatrix {
  const maps = Array.from({ length: rows }, () => {
    const picks = between(random, 1, 8)
    return new Map(Array.from({ length: picks }, () => [between(random, 0, columns - 1), 0.2 + random()] as const))
  })
  return sparseFromRows(maps, columns)
}

function toDense({ rows, columns, offsets, indices, values }: SparseMatrix): Matrix {
  const dense = Matrix.zeros(rows, columns)
  for (let row = 0; row < rows; row++) {
    for (let at = offsets[row]!; at < offsets[row + 1]!; at++) dense.set(row, indices[at]!, values[at]!)
  }
  return dense
}

function combine(rows: Float64Array, weights: readonly number[]): number[] {
  return Array.from({ length: dims }, (_, d) => weights.reduce((sum, w, row) => sum + w * rows[row * dims + d]!, 0))
}

function dot(rows: Float64Array, row: number, vector: ArrayLike<number>): number {
  let sum = 0
  for (let d = 0; d < dims; d++) sum += rows[row * dims + d]! * vector[d]!
  return sum
}
