import { Matrix, solve } from 'ml-matrix'
import { trainAls } from '../../learn/als.ts'
import { gram } from '../../learn/dense.ts'
import type { Model, ScoringModel } from '../model.ts'
import { incidenceOf } from './incidence.ts'

const settings = { dims: 64, lambda: 10, alpha: 10, iterations: 8 }

/** Matrix factorisation by alternating least squares on implicit feedback (Hu et al., 2008), the shopper folded in exactly. */
export const matrixFactorisation: Model<ScoringModel> = {
  name: 'als',
  fit({ items, sequences }, { seed, onProgress }) {
    const { dims, lambda, alpha, iterations } = settings
    let done = 0
    const onIteration = () => onProgress?.(++done / iterations)
    const factors = trainAls(incidenceOf(sequences, items), { ...settings, seed, onIteration })
    const common = gram(factors, dims, lambda)
    return {
      bytes: 4 * factors.length,
      score({ rows }, scores) {
        const system = Matrix.from1DArray(dims, dims, common)
        const sum = new Float64Array(dims)
        for (const row of new Set(rows)) {
          const factor = factors.subarray(row * dims, (row + 1) * dims)
          for (let i = 0; i < dims; i++) {
            sum[i]! += (1 + alpha) * factor[i]!
            for (let j = 0; j < dims; j++) system.set(i, j, system.get(i, j) + alpha * factor[i]! * factor[j]!)
          }
        }
        const user = Float64Array.from(solve(system, Matrix.columnVector(sum)).to1DArray())
        for (let row = 0, start = 0; row < items; row++, start += dims) {
          let score = 0
          for (let i = 0; i < dims; i++) score += user[i]! * factors[start + i]!
          scores[row] = score
        }
      },
    }
  },
}
