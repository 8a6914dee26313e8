export interface SettleOptions {
  readonly dims: number
  /** Distance from the older row, as a share of its length, up to which the older one stays. */
  readonly tolerance: number
  /** Whether the older row may stay, must stay, or must go whatever the distance; by row. */
  readonly rule: (row: number) => 'may' | 'must' | 'never'
}

/**
 * Puts older rows back where the new ones say nearly the same, so that their bytes stay. `rows` may be longer than `older`. What stays is
 * always within the tolerance of what was learned, however many times it has stayed.
 */
export function settleRows(rows: Float64Array, older: Float64Array, { dims, tolerance, rule }: SettleOptions): void {
  for (let row = 0; row * dims < older.length; row++) {
    const own = older.subarray(row * dims, (row + 1) * dims)
    const decision = rule(row)
    if (
      decision === 'must' ||
      (decision === 'may' && isNear(rows.subarray(row * dims, (row + 1) * dims), own, tolerance))
    ) {
      rows.set(own, row * dims)
    }
  }
}

function isNear(row: Float64Array, older: Float64Array, tolerance: number): boolean {
  let distance = 0
  let length = 0
  for (const [at, value] of older.entries()) {
    distance += (row[at]! - value) ** 2
    length += value * value
  }
  return distance <= tolerance * tolerance * length
}
