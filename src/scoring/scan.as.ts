// The scan of the wasm scorer, in AssemblyScript. Addresses and layouts are those of `table-memory.ts`.

/** Dimensions of all segments together at most, and rows returned at most. */
const WIDTH: usize = 512

@unmanaged
class Table {
  rows: usize
  scales: usize
  items: usize
  stride: usize
  segments: usize
  /** Dimensions of the first segment, and of both. */
  first: usize
  dims: usize
}

@unmanaged
class Query {
  mask: usize
  /** Address of the bias column, 0 for none. */
  bias: usize
  k: usize
  /** Rows in the heap. */
  count: usize
  /** What one unit of the rounded query is worth, per segment. */
  step0: f32
  step1: f32
  /** Rows whose rounded score is not above this one cannot be among the best; NaN while the heap has room. */
  cut: f32
  /** At most this far is a rounded score from the exact one, but for the rounding of its last addition. */
  error: f64
  /** The heap's worst exact score, when the scan is done or not. */
  worst: f64
}

// After the 64 bytes of a Query: the rounded query, once per segment with zeros elsewhere; the exact one; the heap.
const ROUNDED: usize = 64
const EXACT: usize = ROUNDED + 2 * WIDTH * 2
const SCORES: usize = EXACT + WIDTH * 8
const ROWS: usize = SCORES + WIDTH * 8
const QUERY_BYTES: usize = ROWS + WIDTH * 4

/** Scores all rows for `count` queries that lie one after the other, and leaves each one's best rows sorted. */
export function scan(table: Table, queries: usize, count: usize): void {
  const end = queries + count * QUERY_BYTES
  const words = (table.items + 31) >>> 5
  for (let word: usize = 0; word < words; word++) {
    if (allMasked(queries, end, word)) continue
    for (let part: usize = 0; part < 32; part += 4) {
      for (let at = queries; at < end; at += QUERY_BYTES) {
        const query = changetype<Query>(at)
        const masked = (load<u32>(query.mask + (word << 2)) >>> part) & 15
        if (masked == 15) continue
        const row = (word << 5) + part
        let passing = above(table, query, row) & ~masked & 15
        for (; passing; passing &= passing - 1) consider(table, query, row + ctz(passing))
      }
    }
  }
  for (let at = queries; at < end; at += QUERY_BYTES) sort(changetype<Query>(at))
}

/** The greatest over all rows of scale x sum of |row|, for one segment. */
export function reach(table: Table, segment: usize): f64 {
  const from = segment ? table.first : 0
  const to = segment ? table.dims : table.first
  let most: f64 = 0
  let at = table.rows
  let scale = table.scales + (segment << 2)
  for (let row: usize = 0; row < table.items; row++) {
    let sum: i32 = 0
    for (let dim = from; dim < to; dim++) sum += abs<i32>(load<i8>(at + dim))
    most = max(most, <f64>load<f32>(scale) * <f64>sum)
    at += table.stride
    scale += table.segments << 2
  }
  return most
}

// @ts-ignore: decorator
@inline
function allMasked(queries: usize, end: usize, word: usize): bool {
  let masked: u32 = ~0
  for (let at = queries; at < end; at += QUERY_BYTES) masked &= load<u32>(changetype<Query>(at).mask + (word << 2))
  return masked == ~0
}

/** Which of four rows have a rounded score above the cut: one bit a row. */
// @ts-ignore: decorator
@inline
function above(table: Table, query: Query, row: usize): u32 {
  const ints = changetype<usize>(query) + ROUNDED
  const address = table.rows + row * table.stride
  if (ASC_FEATURE_SIMD) {
    const dots0 = f32x4.convert_i32x4_s(dots(address, table.stride, ints, 0, table.first))
    let scores = f32x4.mul(dots0, v128.load32_splat(changetype<usize>(query), offsetof<Query>('step0')))
    if (table.segments == 1) {
      scores = f32x4.mul(scores, v128.load(table.scales + (row << 2)))
    } else {
      const low = v128.load(table.scales + (row << 3))
      const high = v128.load(table.scales + (row << 3), 16)
      const dots1 = f32x4.convert_i32x4_s(dots(address, table.stride, ints + WIDTH * 2, table.first, table.dims))
      const scores1 = f32x4.mul(dots1, v128.load32_splat(changetype<usize>(query), offsetof<Query>('step1')))
      scores = f32x4.add(
        f32x4.mul(scores, i32x4.shuffle(low, high, 0, 2, 4, 6)),
        f32x4.mul(scores1, i32x4.shuffle(low, high, 1, 3, 5, 7)),
      )
    }
    if (query.bias) scores = f32x4.add(scores, v128.load(query.bias + (row << 2)))
    return ~i32x4.bitmask(f32x4.le(scores, v128.load32_splat(changetype<usize>(query), offsetof<Query>('cut'))))
  } else {
    let bits: u32 = 0
    for (let i: usize = 0; i < 4; i++) {
      const scale = table.scales + (row + i) * (table.segments << 2)
      const at = address + i * table.stride
      let score = <f32>dot(at, ints, 0, table.first) * query.step0 * load<f32>(scale)
      if (table.segments == 2) {
        score += <f32>dot(at, ints + WIDTH * 2, table.first, table.dims) * query.step1 * load<f32>(scale, 4)
      }
      if (query.bias) score += load<f32>(query.bias + ((row + i) << 2))
      if (!(score <= query.cut)) bits |= 1 << i
    }
    return bits
  }
}

/** Products of a rounded query with four rows; dimensions before `from` and after `to` are met only by zeros. */
// @ts-ignore: decorator
@inline
function dots(row: usize, stride: usize, ints: usize, from: usize, to: usize): v128 {
  let a = i32x4.splat(0)
  let b = a
  let c = a
  let d = a
  const row1 = row + stride
  const row2 = row1 + stride
  const row3 = row2 + stride
  for (let dim = from & ~15; dim < to; dim += 16) {
    const low = v128.load(ints + (dim << 1))
    const high = v128.load(ints + (dim << 1), 16)
    a = i32x4.add(a, i32x4.dot_i16x8_s(v128.load_ext<i8>(row + dim), low))
    b = i32x4.add(b, i32x4.dot_i16x8_s(v128.load_ext<i8>(row1 + dim), low))
    c = i32x4.add(c, i32x4.dot_i16x8_s(v128.load_ext<i8>(row2 + dim), low))
    d = i32x4.add(d, i32x4.dot_i16x8_s(v128.load_ext<i8>(row3 + dim), low))
    a = i32x4.add(a, i32x4.dot_i16x8_s(v128.load_ext<i8>(row + dim, 8), high))
    b = i32x4.add(b, i32x4.dot_i16x8_s(v128.load_ext<i8>(row1 + dim, 8), high))
    c = i32x4.add(c, i32x4.dot_i16x8_s(v128.load_ext<i8>(row2 + dim, 8), high))
    d = i32x4.add(d, i32x4.dot_i16x8_s(v128.load_ext<i8>(row3 + dim, 8), high))
  }
  const ab = i32x4.add(i32x4.shuffle(a, b, 0, 4, 1, 5), i32x4.shuffle(a, b, 2, 6, 3, 7))
  const cd = i32x4.add(i32x4.shuffle(c, d, 0, 4, 1, 5), i32x4.shuffle(c, d, 2, 6, 3, 7))
  return i32x4.add(i64x2.shuffle(ab, cd, 0, 2), i64x2.shuffle(ab, cd, 1, 3))
}

function dot(row: usize, ints: usize, from: usize, to: usize): i32 {
  let sum: i32 = 0
  for (let dim = from; dim < to; dim++) sum += <i32>load<i8>(row + dim) * <i32>load<i16>(ints + (dim << 1))
  return sum
}

/** Takes a row into the heap if its exact score belongs there. Rows come in ascending order: of equals the first stays. */
function consider(table: Table, query: Query, row: usize): void {
  const score = exactScore(table, query, row)
  const heap = changetype<usize>(query)
  if (query.count < query.k) {
    rise(heap, query.count++, row, score)
    if (query.count < query.k) return
  } else {
    if (score <= query.worst) return
    sink(heap, query.count, row, score)
  }
  query.worst = load<f64>(heap + SCORES)
  if (query.error > 0) {
    const slack = query.error + (abs(query.worst) + query.error) * 2.384185791015625e-7
    query.cut = <f32>(query.worst - slack)
  } else {
    query.cut = <f32>query.worst
  }
}

/** The same operations in the same order as in `exact-score.ts`. */
function exactScore(table: Table, query: Query, row: usize): f64 {
  const exact = changetype<usize>(query) + EXACT
  const at = table.rows + row * table.stride
  const scale = table.scales + row * (table.segments << 2)
  let sum: f64 = 0
  for (let dim: usize = 0; dim < table.first; dim++) sum += load<f64>(exact + (dim << 3)) * <f64>load<i8>(at + dim)
  let score: f64 = 0
  score += <f64>load<f32>(scale) * sum
  if (table.segments == 2) {
    sum = 0
    for (let dim: usize = table.first; dim < table.dims; dim++) {
      sum += load<f64>(exact + (dim << 3)) * <f64>load<i8>(at + dim)
    }
    score += <f64>load<f32>(scale, 4) * sum
  }
  return score + (query.bias ? <f64>load<f32>(query.bias + (row << 2)) : 0)
}

// @ts-ignore: decorator
@inline
function put(heap: usize, at: usize, row: usize, score: f64): void {
  store<f64>(heap + SCORES + (at << 3), score)
  store<u32>(heap + ROWS + (at << 2), row)
}

/** Whether the entry at `at` ranks below a row with this score; of equal scores the higher row ranks below. */
// @ts-ignore: decorator
@inline
function worse(heap: usize, at: usize, row: usize, score: f64): bool {
  const held = load<f64>(heap + SCORES + (at << 3))
  return held < score || (held == score && <usize>load<u32>(heap + ROWS + (at << 2)) > row)
}

// @ts-ignore: decorator
@inline
function move(heap: usize, to: usize, from: usize): void {
  put(heap, to, <usize>load<u32>(heap + ROWS + (from << 2)), load<f64>(heap + SCORES + (from << 3)))
}

/** Adds an entry at the end of the heap, whose top is the worst. */
function rise(heap: usize, at: usize, row: usize, score: f64): void {
  while (at) {
    const parent = (at - 1) >> 1
    if (worse(heap, parent, row, score)) break
    move(heap, at, parent)
    at = parent
  }
  put(heap, at, row, score)
}

/** Replaces the top of a heap of this size. */
function sink(heap: usize, size: usize, row: usize, score: f64): void {
  let at: usize = 0
  for (;;) {
    let child: usize = 2 * at + 1
    if (child >= size) break
    const right = child + 1
    if (right < size) {
      const rightRow = <usize>load<u32>(heap + ROWS + (right << 2))
      if (!worse(heap, child, rightRow, load<f64>(heap + SCORES + (right << 3)))) child = right
    }
    if (!worse(heap, child, row, score)) break
    move(heap, at, child)
    at = child
  }
  put(heap, at, row, score)
}

/** Heapsort: best first. */
function sort(query: Query): void {
  const heap = changetype<usize>(query)
  for (let last = query.count; last-- > 1; ) {
    const row = <usize>load<u32>(heap + ROWS)
    const score = load<f64>(heap + SCORES)
    sink(heap, last, <usize>load<u32>(heap + ROWS + (last << 2)), load<f64>(heap + SCORES + (last << 3)))
    put(heap, last, row, score)
  }
}
