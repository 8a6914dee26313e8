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
}

/** Over this magnitude float32 could overflow on the way. */
const LARGEST = 1e30
/** A few float32 roundings on the way to a segment's score, each at most 2^-23 of it; tiny numbers may be flushed to zero. */
const ROUNDINGS = 2 ** -19
const TINY = 2 ** -120

/**
 * Rounds the values to `-levels..levels`. `reach` is the greatest over all rows of scale x sum of |row|: by Hölder's
 * inequality a deviation of the query by d in each dimension moves no score by more than d x reach.
 */
export function roundSegment(values: Float64Array, levels: number, reach: number): RoundedSegment {
  const ints = new Int16Array(values.length)
  let largest = 0
  for (const value of values) largest = Math.max(largest, Math.abs(value))
  if (largest === 0) return { ints, step: 0, error: 0 }
  if (!(largest < LARGEST && largest * reach < LARGEST)) return { ints, step: 0, error: Infinity }
  const step = Math.fround(largest / levels)
  let off = 0
  for (let dim = 0; dim < values.length; dim++) {
    const value = values[dim]!
    if (step > 0) ints[dim] = Math.max(-levels, Math.min(levels, Math.round(value / step)))
    off = Math.max(off, Math.abs(value - step * ints[dim]!))
  }
  return { ints, step, error: reach * (off + largest * ROUNDINGS) + TINY * (1 + reach) }
}
