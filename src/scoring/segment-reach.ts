import type { ItemTable } from '../bundle/item-table.ts'

/** Per segment the greatest over all rows of scale x sum of |row|: what one unit in every dimension can move a score. */
export function segmentReach({ items, dims, stride, rows, scales }: ItemTable): number[] {
  let from = 0
  return dims.map((n, segment) => {
    let most = 0
    for (let row = 0; row < items; row++) {
      let sum = 0
      for (let at = row * stride + from, end = at + n; at < end; at++) sum += Math.abs(rows[at]!)
      most = Math.max(most, sum * scales[row * dims.length + segment]!)
    }
    from += n
    return most
  })
}
