import { Matrix, solve } from 'ml-matrix'

export interface PredictOptions {
  /** Items x inDims, row-major. */
  readonly from: Float64Array
  readonly fromDims: number
  /** Items x toDims; the rows of items that are not `known` are overwritten. */
  readonly to: Float64Array
  readonly toDims: number
  readonly known: readonly boolean[]
  /** Ridge, as a share of the inputs' mean variance times the number of known items. */
  readonly ridge: number
}

/**
 * Predicts rows of one segment from another by ridge regression with an intercept, learned on the known items; the shrunk
 * length of a prediction is its modesty.
 */
export function predictRows({ from, fromDims, to, toDims, known, ridge }: PredictOptions): void {
  const rows = known.flatMap((isKnown, row) => (isKnown ? [row] : []))
  if (rows.length === 0 || rows.length === known.length) return
  const width = fromDims + 1
  const normalMatrix = Matrix.zeros(width, width)
  const target = Matrix.zeros(width, toDims)
  const input = new Float64Array(width)
  for (const row of rows) {
    readInput(row)
    for (let i = 0; i < width; i++) {
      for (let j = 0; j < width; j++) normalMatrix.set(i, j, normalMatrix.get(i, j) + input[i]! * input[j]!)
      for (let j = 0; j < toDims; j++) target.set(i, j, target.get(i, j) + input[i]! * to[row * toDims + j]!)
    }
  }
  let trace = 0
  for (let i = 0; i < fromDims; i++) trace += normalMatrix.get(i, i)
  const penalty = ridge * (trace / fromDims) + 1e-9
  for (let i = 0; i < width; i++) normalMatrix.set(i, i, normalMatrix.get(i, i) + (i < fromDims ? penalty : 1e-9))
  const weights = solve(normalMatrix, target)
  for (const [row, isKnown] of known.entries()) {
    if (isKnown) continue
    readInput(row)
    for (let j = 0; j < toDims; j++) {
      let sum = 0
      for (let i = 0; i < width; i++) sum += input[i]! * weights.get(i, j)
      to[row * toDims + j] = sum
    }
  }

  function readInput(row: number): void {
    for (let i = 0; i < fromDims; i++) input[i] = from[row * fromDims + i]!
    input[fromDims] = 1
  }
}
