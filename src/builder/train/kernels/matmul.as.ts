// Products of float32 matrices. The right factor is packed first: panels of 8 columns, row after row of a panel together.
// Sums run over k in ascending order, whatever the blocking, so that a product has one value on every machine.

/** Columns of a panel. */
export const PANEL: usize = 8
/** Rows of a panel that stay in the first-level cache together. */
const BLOCK: usize = 256

/** Packs panels `from` to `to` of a matrix of `depth` rows; the element (k, j) lies at `source + k * rowBytes + 4 j`. */
export function packRows(source: usize, rowBytes: usize, depth: usize, from: usize, to: usize, packed: usize): void {
  for (let panel = from; panel < to; panel++) {
    let at = source + panel * PANEL * 4
    let into = packed + panel * depth * PANEL * 4
    for (let k: usize = 0; k < depth; k++, at += rowBytes, into += PANEL * 4) {
      v128.store(into, v128.load(at))
      v128.store(into, v128.load(at, 16), 16)
    }
  }
}

/** The same for a matrix given by its columns: the element (k, j) lies at `source + j * columnBytes + 4 k`; depth % 4 = 0. */
export function packColumns(source: usize, columnBytes: usize, depth: usize, from: usize, to: usize, packed: usize): void {
  for (let panel = from; panel < to; panel++) {
    for (let half: usize = 0; half < 2; half++) {
      let at = source + (panel * PANEL + half * 4) * columnBytes
      let into = packed + panel * depth * PANEL * 4 + half * 16
      for (let k: usize = 0; k < depth; k += 4, at += 16, into += 4 * PANEL * 4) {
        const a = v128.load(at)
        const b = v128.load(at + columnBytes)
        const c = v128.load(at + 2 * columnBytes)
        const d = v128.load(at + 3 * columnBytes)
        const ab = i32x4.shuffle(a, b, 0, 4, 1, 5)
        const cd = i32x4.shuffle(c, d, 0, 4, 1, 5)
        const ba = i32x4.shuffle(a, b, 2, 6, 3, 7)
        const dc = i32x4.shuffle(c, d, 2, 6, 3, 7)
        v128.store(into, i64x2.shuffle(ab, cd, 0, 2))
        v128.store(into + PANEL * 4, i64x2.shuffle(ab, cd, 1, 3))
        v128.store(into + 2 * PANEL * 4, i64x2.shuffle(ba, dc, 0, 2))
        v128.store(into + 3 * PANEL * 4, i64x2.shuffle(ba, dc, 1, 3))
      }
    }
  }
}

/**
 * result (rows x columns, `resultBytes` from row to row) = or += left x packed. The element (i, k) of the left factor lies at
 * `left + i * rowBytes + k * stepBytes`, so that it may be a matrix or its transpose. columns % 8 = 0.
 */
export function multiply(
  left: usize, rowBytes: usize, stepBytes: usize,
  packed: usize, depth: usize,
  result: usize, resultBytes: usize,
  rows: usize, columns: usize, add: bool,
): void {
  const panels = columns / PANEL
  for (let start: usize = 0; start < depth; start += BLOCK) {
    const length = min(BLOCK, depth - start)
    const from = left + start * stepBytes
    const sum = add || start > 0
    for (let panel: usize = 0; panel < panels; panel++) {
      const right = packed + (panel * depth + start) * PANEL * 4
      const column = result + panel * PANEL * 4
      let row: usize = 0
      for (; row + 4 <= rows; row += 4) {
        four(from + row * rowBytes, rowBytes, stepBytes, right, length, column + row * resultBytes, resultBytes, sum)
      }
      for (; row < rows; row++) {
        one(from + row * rowBytes, stepBytes, right, length, column + row * resultBytes, sum)
      }
    }
  }
}

// @ts-ignore: decorator
@inline
function fma(a: v128, b: v128, sum: v128): v128 {
  return ASC_FEATURE_RELAXED_SIMD ? f32x4.relaxed_madd(a, b, sum) : f32x4.add(f32x4.mul(a, b), sum)
}

// @ts-ignore: decorator
@inline
function four(left: usize, rowBytes: usize, step: usize, right: usize, depth: usize, result: usize, resultBytes: usize, add: bool): void {
  const result1 = result + resultBytes
  const result2 = result1 + resultBytes
  const result3 = result2 + resultBytes
  let a = f32x4.splat(0)
  let b = a
  let c = a
  let d = a
  let e = a
  let f = a
  let g = a
  let h = a
  if (add) {
    a = v128.load(result)
    b = v128.load(result, 16)
    c = v128.load(result1)
    d = v128.load(result1, 16)
    e = v128.load(result2)
    f = v128.load(result2, 16)
    g = v128.load(result3)
    h = v128.load(result3, 16)
  }
  let left1 = left + rowBytes
  let left2 = left1 + rowBytes
  let left3 = left2 + rowBytes
  const end = right + depth * PANEL * 4
  while (right < end) {
    const x = v128.load(right)
    const y = v128.load(right, 16)
    let value = v128.load32_splat(left)
    a = fma(value, x, a)
    b = fma(value, y, b)
    value = v128.load32_splat(left1)
    c = fma(value, x, c)
    d = fma(value, y, d)
    value = v128.load32_splat(left2)
    e = fma(value, x, e)
    f = fma(value, y, f)
    value = v128.load32_splat(left3)
    g = fma(value, x, g)
    h = fma(value, y, h)
    right += PANEL * 4
    left += step
    left1 += step
    left2 += step
    left3 += step
  }
  v128.store(result, a)
  v128.store(result, b, 16)
  v128.store(result1, c)
  v128.store(result1, d, 16)
  v128.store(result2, e)
  v128.store(result2, f, 16)
  v128.store(result3, g)
  v128.store(result3, h, 16)
}

// @ts-ignore: decorator
@inline
function one(left: usize, step: usize, right: usize, depth: usize, result: usize, add: bool): void {
  let a = f32x4.splat(0)
  let b = a
  if (add) {
    a = v128.load(result)
    b = v128.load(result, 16)
  }
  const end = right + depth * PANEL * 4
  for (; right < end; right += PANEL * 4, left += step) {
    const value = v128.load32_splat(left)
    a = fma(value, v128.load(right), a)
    b = fma(value, v128.load(right, 16), b)
  }
  v128.store(result, a)
  v128.store(result, b, 16)
}
