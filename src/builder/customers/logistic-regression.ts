import { Matrix, solve } from 'ml-matrix'

/** Takes features, gives a probability. */
export type Classifier = (features: readonly number[]) => number

/** Of the weights of standardised features. */
const ridge = 1
const steps = 25

/** Logistic regression with a ridge, fitted by Newton's method (iteratively reweighted least squares). */
export function fitLogistic(rows: readonly (readonly number[])[], labels: readonly boolean[]): Classifier {
  const width = rows[0]?.length ?? 0
  const scales = Array.from({ length: width }, (_, column) => {
    const mean = rows.reduce((sum, row) => sum + row[column]!, 0) / rows.length
    const variance = rows.reduce((sum, row) => sum + (row[column]! - mean) ** 2, 0) / rows.length
    return { mean, deviation: Math.sqrt(variance) || 1 }
  })
  const standard = (row: readonly number[]) => [
    1,
    ...scales.map(({ mean, deviation }, column) => (row[column]! - mean) / deviation),
  ]
  const inputs = rows.map(standard)
  const weights = new Float64Array(width + 1)
  const predict = (input: readonly number[]) =>
    1 / (1 + Math.exp(-input.reduce((sum, value, at) => sum + value * weights[at]!, 0)))
  for (let step = 0; step < steps; step++) {
    const hessian = Matrix.zeros(width + 1, width + 1)
    const gradient = Matrix.zeros(width + 1, 1)
    for (const [at, input] of inputs.entries()) {
      const chance = predict(input)
      const curvature = chance * (1 - chance)
      for (let i = 0; i <= width; i++) {
        gradient.set(i, 0, gradient.get(i, 0) + input[i]! * (chance - (labels[at] ? 1 : 0)))
        for (let j = 0; j <= width; j++) hessian.set(i, j, hessian.get(i, j) + curvature * input[i]! * input[j]!)
      }
    }
    for (let i = 0; i <= width; i++) {
      // Without the intercept's: the mean of the probabilities is that of the labels.
      const own = i === 0 ? 1e-9 : ridge
      gradient.set(i, 0, gradient.get(i, 0) + own * weights[i]!)
      hessian.set(i, i, hessian.get(i, i) + own)
    }
    const change = solve(hessian, gradient)
    for (let i = 0; i <= width; i++) weights[i]! -= change.get(i, 0)
  }
  return (features) => predict(standard(features))
}
