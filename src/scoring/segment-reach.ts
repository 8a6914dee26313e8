import type { ItemTable } from '../bundle/item-table.ts'

/** What rows can make of a query's rounding error, in one segment. */
export interface SegmentReach {
  /** The greatest over all rows of scale x sum of |row|: how far one unit in every dimension can move a score. */
  readonly reach: number
  readonly largestScale: number
}

export function segmentReaches({ items, dims, stride, rows, scales }: ItemTable): SegmentReach[] {
  let from = 0
  return dims.map((n, segment) => {
    let reach = 0
    let largestScale = 0
    for (let row = 0; row < items; row++) {
      const scale = scales[row * dims.length + segment]!
      let sum = 0
      for (let at = row * stride + from, end = at + n; at < end; at++) sum += Math.abs(rows[at]!)
      reach = Math.max(reach, sum * scale)
      largestScale = Math.max(largestScale, scale)
    }
    from += n
    return { reach, largestScale }
  })
}
