import type { ItemTable } from '../bundle/item-table.ts'
import type { Reach } from './round-query.ts'

/** What rows can make of a query's rounding error, in one segment. */
export interface SegmentReach extends Reach {
  /** Of the rows' whole numbers, without their scales. */
  readonly whole: Reach
  readonly largestScale: number
}

export function segmentReaches({ items, dims, stride, rows, scales }: ItemTable): SegmentReach[] {
  let from = 0
  return dims.map((n, segment) => {
    let sum = 0
    let length = 0
    const whole = { sum: 0, length: 0 }
    let largestScale = 0
    for (let row = 0; row < items; row++) {
      const scale = scales[row * dims.length + segment]!
      let magnitudes = 0
      let squares = 0
      for (let at = row * stride + from, end = at + n; at < end; at++) {
        const value = rows[at]!
        magnitudes += Math.abs(value)
        squares += value * value
      }
      whole.sum = Math.max(whole.sum, magnitudes)
      whole.length = Math.max(whole.length, Math.sqrt(squares))
      sum = Math.max(sum, magnitudes * scale)
      length = Math.max(length, Math.sqrt(squares) * scale)
      largestScale = Math.max(largestScale, scale)
    }
    from += n
    return { sum, length, whole, largestScale }
  })
}
