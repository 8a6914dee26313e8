/** One segment of a query in whole numbers, and how far scores made from it can be off. */
export interface RoundedSegment {
  readonly ints: Int16Array
  /** What one unit is worth, exact in float32; 0 where the segment cannot be rounded. */
  readonly step: number
  /**
   * Bound of |score from `ints` in float32 - exact score| of this segment over all rows; Infinity where float32 would
   * overflow, 0 only for a segment of zeros.
   */
  readonly error: number
  /** The part of `error` that is float32's alone. */
  readonly floatError: number
  /** Bound of |ints . row - values . row / step|, for rows whose numbers and scale have this reach. */
  readonly wholeError: (reach: Reach) => number
}

/** How far rows carry a deviation of the query, in one segment. */
export interface Reach {
  /** The greatest over all rows of scale x sum of |row|: how far one unit in every dimension can move a score. */
  readonly sum: number
  /** The greatest over all rows of scale x length of the row: how far a deviation of length 1 can. */
  readonly length: number
}

/** Over this magnitude float32 could overflow on the way. */
const LARGEST = 1e30
/** A few float32 roundings on the way to a segment's score, each at most 2^-23 of it; tiny numbers may be flushed to zero. */
const ROUNDINGS = 2 ** -19
const TINY = 2 ** -120

/**
 * Rounds the values to `-levels..levels`. The bound is the smaller of Hölder's inequality's (a deviation of the query by d in
 * each dimension moves no score by more than d x `reach.sum`) and Cauchy's (one of length d by no more than d x `reach.length`).
 */
export function roundSegment(values: Float64Array, levels: number, reach: Reach): RoundedSegment {
  const ints = new Int16Array(values.length)
  let largest = 0
  for (const value of values) largest = Math.max(largest, Math.abs(value))
  if (largest === 0) return { ints, step: 0, error: 0, floatError: 0, wholeError: () => 0 }
  if (!(largest < LARGEST && reach.sum < LARGEST && largest * reach.sum < LARGEST))
    return { ints, step: 0, error: Infinity, floatError: Infinity, wholeError: () => 0 }
  const step = Math.fround(largest / levels)
  let off = 0
  let squares = 0
  for (let dim = 0; dim < values.length; dim++) {
    const value = values[dim]!
    if (step > 0) ints[dim] = Math.max(-levels, Math.min(levels, Math.round(value / step)))
    const deviation = Math.abs(value - step * ints[dim]!)
    off = Math.max(off, deviation)
    squares += deviation ** 2
  }
  const moved = ({ sum, length }: Reach) => Math.min(off * sum, Math.sqrt(squares) * length)
  const floatError = reach.sum * largest * ROUNDINGS + TINY * (1 + reach.sum + largest)
  return {
    ints,
    step,
    error: moved(reach) + floatError,
    floatError,
    wholeError: (whole) => (step > 0 ? moved(whole) / step : 0),
  }
}
