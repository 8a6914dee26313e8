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
  /** Per segment and row OFFSET x the sum of the row, as int32; `sumsBytes` from one segment to the next. */
  sums: usize
  sumsBytes: usize
  /** Products of the second query of a pair, four int32 for each segment. */
  spare: usize
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
  /** The cut that a sample suggested; NaN for none. */
  guess: f32
}

/**
 * Relaxed SIMD multiplies int8 rows by numbers from 0 to 127: the rounded query, -63 to 63, has this added to it within its
 * segment, and what that adds to a row's product is taken off again.
 */
const OFFSET: i32 = 64

// After the 64 bytes of a Query: the rounded query, once per segment with zeros elsewhere, as int16 or, with relaxed SIMD,
// int8; the exact one; the heap.
const ROUNDED: usize = 64
const EXACT: usize = ROUNDED + 2 * WIDTH * 2
const SCORES: usize = EXACT + WIDTH * 8
const ROWS: usize = SCORES + WIDTH * 8
const QUERY_BYTES: usize = ROWS + WIDTH * 4

/** Scores all rows for `count` queries that lie one after the other, and leaves each one's best rows sorted. */
export function scan(table: Table, queries: usize, count: usize): void {
  const end = queries + count * QUERY_BYTES
  for (let at = queries; at < end; at += QUERY_BYTES) guess(table, changetype<Query>(at))
  pass(table, queries, end, 1)
  for (let at = queries; at < end; at += QUERY_BYTES) {
    const query = changetype<Query>(at)
    if (!holds(query)) {
      begin(query, query.k, NaN)
      pass(table, at, at + QUERY_BYTES, 1)
    }
    sort(query)
  }
}

/** A cut is guessed for lists of at least so many rows, from one word of the mask in 16 to 64: fewer of a larger table. */
const SAMPLED_K: usize = 64

/**
 * Long lists take many rows into the heap before its worst one is good. So their cut is first guessed from a sample: the
 * score that some more rows than expected of the best k reach in it. `holds` tells afterwards whether it was too high.
 */
function guess(table: Table, query: Query): void {
  query.guess = NaN
  const k = query.k
  const step = min<usize>(64, max<usize>(16, table.items >>> 14))
  if (k >= SAMPLED_K && query.error > 0 && table.items >= k * 2 * step) {
    const expected = <f64>k / <f64>step
    begin(query, <usize>(expected + 2.5 * sqrt(expected)) + 1, NaN)
    pass(table, changetype<usize>(query), changetype<usize>(query) + QUERY_BYTES, step)
    if (query.count == query.k) query.guess = query.cut
  }
  begin(query, k, query.guess)
}

function begin(query: Query, k: usize, cut: f32): void {
  query.k = k
  query.count = 0
  query.cut = cut
}

/** Whether no row below a guessed cut can be among the best. */
function holds(query: Query): bool {
  return isNaN(query.guess) || (query.count == query.k && cutBelow(query) >= query.guess)
}

/** Considers every row in the words of the mask 0, step, 2 step, ...: 32 rows each. */
function pass(table: Table, queries: usize, end: usize, step: usize): void {
  if (queries + QUERY_BYTES == end) return passOne(table, changetype<Query>(queries), step)
  const words = (table.items + 31) >>> 5
  for (let word: usize = 0; word < words; word += step) {
    if (allMasked(queries, end, word)) continue
    for (let part: usize = 0; part < 32; part += 4) {
      const row = (word << 5) + part
      let at = queries
      for (; at + QUERY_BYTES < end; at += 2 * QUERY_BYTES) two(table, at, row)
      if (at < end) one(table, at, row)
    }
  }
}

/** The same for one query, with what the loop needs held in locals. */
function passOne(table: Table, query: Query, step: usize): void {
  const at = changetype<usize>(query)
  const words = (table.items + 31) >>> 5
  const mask = query.mask
  const bias = query.bias
  const stride = table.stride
  const segments = table.segments
  const first = table.first
  const dims = table.dims
  for (let word: usize = 0; word < words; word += step) {
    let open = ~load<u32>(mask + (word << 2))
    if (open == 0) continue
    let row = word << 5
    let values = table.rows + row * stride
    for (; open; open >>>= 4, row += 4, values += stride << 2) {
      if ((open & 15) == 0) continue
      let passing: u32
      if (ASC_FEATURE_SIMD) {
        const dots0 = dots(values, stride, at + ROUNDED, 0, first)
        const dots1 = segments == 2 ? dots(values, stride, at + ROUNDED + WIDTH * 2, first, dims) : dots0
        passing = above(table, query, row, dots0, dots1)
      } else {
        passing = aboveScalar(table, query, row)
      }
      take(table, query, row, passing & open)
    }
  }
}

/** Considers four rows for one query. */
@inline
function one(table: Table, at: usize, row: usize): void {
  const query = changetype<Query>(at)
  const masked = maskedOf(query, row)
  if (masked == 15) return
  if (ASC_FEATURE_SIMD) {
    const values = table.rows + row * table.stride
    const first = dots(values, table.stride, at + ROUNDED, 0, table.first)
    const second = table.segments == 2 ? dots(values, table.stride, at + ROUNDED + WIDTH * 2, table.first, table.dims) : first
    take(table, query, row, above(table, query, row, first, second) & ~masked)
  } else {
    take(table, query, row, aboveScalar(table, query, row) & ~masked)
  }
}

/** Considers four rows for two queries. */
@inline
function two(table: Table, at: usize, row: usize): void {
  if (ASC_FEATURE_SIMD) {
    const query = changetype<Query>(at)
    const next = changetype<Query>(at + QUERY_BYTES)
    const masked = maskedOf(query, row)
    const nextMasked = maskedOf(next, row)
    if ((masked & nextMasked) == 15) return
    const first = dotsOfTwo(table, at, row, 0)
    const second = table.segments == 2 ? dotsOfTwo(table, at, row, 1) : first
    take(table, query, row, above(table, query, row, first, second) & ~masked)
    const passing = above(table, next, row, v128.load(table.spare), v128.load(table.spare, 16))
    take(table, next, row, passing & ~nextMasked)
  } else {
    one(table, at, row)
    one(table, at + QUERY_BYTES, row)
  }
}

@inline
function take(table: Table, query: Query, row: usize, passing: u32): void {
  for (let left = passing & 15; left; left &= left - 1) consider(table, query, row + ctz(left))
}

@inline
function maskedOf(query: Query, row: usize): u32 {
  return (load<u32>(query.mask + ((row >>> 5) << 2)) >>> (row & 31)) & 15
}

/** What is to be added to queries rounded to int8; 0 where they are int16. */
export function offset(): i32 {
  return ASC_FEATURE_RELAXED_SIMD ? OFFSET : 0
}

/** The greatest over all rows of scale x sum of |row|, for one segment; sums the rows on the way if the scan needs it. */
export function reach(table: Table, segment: usize): f64 {
  const from = segment ? table.first : 0
  const to = segment ? table.dims : table.first
  let most: f64 = 0
  let at = table.rows
  let scale = table.scales + (segment << 2)
  let sumAt = table.sums + segment * table.sumsBytes
  for (let row: usize = 0; row < table.items; row++) {
    let magnitude: i32 = 0
    let sum: i32 = 0
    for (let dim = from; dim < to; dim++) {
      const value = <i32>load<i8>(at + dim)
      magnitude += abs(value)
      sum += value
    }
    most = max(most, <f64>load<f32>(scale) * <f64>magnitude)
    if (ASC_FEATURE_RELAXED_SIMD) store<i32>(sumAt + (row << 2), OFFSET * sum)
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
@inline
function above(table: Table, query: Query, row: usize, first: v128, second: v128): u32 {
  const at = changetype<usize>(query)
  const dots0 = i32x4.sub(first, offsets(table, row, 0))
  let scores = f32x4.mul(f32x4.convert_i32x4_s(dots0), v128.load32_splat(at, offsetof<Query>('step0')))
  if (table.segments == 1) {
    scores = f32x4.mul(scores, v128.load(table.scales + (row << 2)))
  } else {
    const low = v128.load(table.scales + (row << 3))
    const high = v128.load(table.scales + (row << 3), 16)
    const dots1 = i32x4.sub(second, offsets(table, row, 1))
    const scores1 = f32x4.mul(f32x4.convert_i32x4_s(dots1), v128.load32_splat(at, offsetof<Query>('step1')))
    scores = f32x4.add(
      f32x4.mul(scores, i32x4.shuffle(low, high, 0, 2, 4, 6)),
      f32x4.mul(scores1, i32x4.shuffle(low, high, 1, 3, 5, 7)),
    )
  }
  if (query.bias) scores = f32x4.add(scores, v128.load(query.bias + (row << 2)))
  return ~i32x4.bitmask(f32x4.le(scores, v128.load32_splat(at, offsetof<Query>('cut'))))
}

function aboveScalar(table: Table, query: Query, row: usize): u32 {
  const ints = changetype<usize>(query) + ROUNDED
  let bits: u32 = 0
  for (let i: usize = 0; i < 4; i++) {
    const scale = table.scales + (row + i) * (table.segments << 2)
    const at = table.rows + (row + i) * table.stride
    let score = <f32>dot(at, ints, 0, table.first) * query.step0 * load<f32>(scale)
    if (table.segments == 2) {
      score += <f32>dot(at, ints + WIDTH * 2, table.first, table.dims) * query.step1 * load<f32>(scale, 4)
    }
    if (query.bias) score += load<f32>(query.bias + ((row + i) << 2))
    if (!(score <= query.cut)) bits |= 1 << i
  }
  return bits
}

/** Products of the dimensions `from` to `to` of a rounded query with four rows, OFFSET still in them. */
@inline
function dots(row: usize, stride: usize, ints: usize, from: usize, to: usize): v128 {
  let a = i32x4.splat(0)
  let b = a
  let c = a
  let d = a
  const row1 = row + stride
  const row2 = row1 + stride
  const row3 = row2 + stride
  // Dimensions of the other segment in the same 16 bytes are met by zeros.
  for (let dim = from & ~15; dim < to; dim += 16) {
    if (ASC_FEATURE_RELAXED_SIMD) {
      const values = v128.load(ints + dim)
      a = i32x4.relaxed_dot_i8x16_i7x16_add_s(v128.load(row + dim), values, a)
      b = i32x4.relaxed_dot_i8x16_i7x16_add_s(v128.load(row1 + dim), values, b)
      c = i32x4.relaxed_dot_i8x16_i7x16_add_s(v128.load(row2 + dim), values, c)
      d = i32x4.relaxed_dot_i8x16_i7x16_add_s(v128.load(row3 + dim), values, d)
    } else {
      for (let half: usize = 0; half < 16; half += 8) {
        const values = v128.load(ints + ((dim + half) << 1))
        a = i32x4.add(a, i32x4.dot_i16x8_s(v128.load_ext<i8>(row + dim + half), values))
        b = i32x4.add(b, i32x4.dot_i16x8_s(v128.load_ext<i8>(row1 + dim + half), values))
        c = i32x4.add(c, i32x4.dot_i16x8_s(v128.load_ext<i8>(row2 + dim + half), values))
        d = i32x4.add(d, i32x4.dot_i16x8_s(v128.load_ext<i8>(row3 + dim + half), values))
      }
    }
  }
  return acrossRows(a, b, c, d)
}

/** The same for two queries; the products of the second are left in `spare`. */
@inline
function dotsOfTwo(table: Table, query: usize, first: usize, segment: usize): v128 {
  let a = i32x4.splat(0)
  let b = a
  let c = a
  let d = a
  let e = a
  let f = a
  let g = a
  let h = a
  const stride = table.stride
  const row = table.rows + first * stride
  const row1 = row + stride
  const row2 = row1 + stride
  const row3 = row2 + stride
  const ints = query + ROUNDED + segment * WIDTH * 2
  const to = segment ? table.dims : table.first
  for (let dim = segment ? table.first & ~15 : 0; dim < to; dim += 16) {
    if (ASC_FEATURE_RELAXED_SIMD) {
      const values = v128.load(ints + dim)
      const others = v128.load(ints + dim, QUERY_BYTES)
      let part = v128.load(row + dim)
      a = i32x4.relaxed_dot_i8x16_i7x16_add_s(part, values, a)
      e = i32x4.relaxed_dot_i8x16_i7x16_add_s(part, others, e)
      part = v128.load(row1 + dim)
      b = i32x4.relaxed_dot_i8x16_i7x16_add_s(part, values, b)
      f = i32x4.relaxed_dot_i8x16_i7x16_add_s(part, others, f)
      part = v128.load(row2 + dim)
      c = i32x4.relaxed_dot_i8x16_i7x16_add_s(part, values, c)
      g = i32x4.relaxed_dot_i8x16_i7x16_add_s(part, others, g)
      part = v128.load(row3 + dim)
      d = i32x4.relaxed_dot_i8x16_i7x16_add_s(part, values, d)
      h = i32x4.relaxed_dot_i8x16_i7x16_add_s(part, others, h)
    } else {
      for (let half: usize = 0; half < 16; half += 8) {
        const values = v128.load(ints + ((dim + half) << 1))
        const others = v128.load(ints + ((dim + half) << 1), QUERY_BYTES)
        let part = v128.load_ext<i8>(row + dim + half)
        a = i32x4.add(a, i32x4.dot_i16x8_s(part, values))
        e = i32x4.add(e, i32x4.dot_i16x8_s(part, others))
        part = v128.load_ext<i8>(row1 + dim + half)
        b = i32x4.add(b, i32x4.dot_i16x8_s(part, values))
        f = i32x4.add(f, i32x4.dot_i16x8_s(part, others))
        part = v128.load_ext<i8>(row2 + dim + half)
        c = i32x4.add(c, i32x4.dot_i16x8_s(part, values))
        g = i32x4.add(g, i32x4.dot_i16x8_s(part, others))
        part = v128.load_ext<i8>(row3 + dim + half)
        d = i32x4.add(d, i32x4.dot_i16x8_s(part, values))
        h = i32x4.add(h, i32x4.dot_i16x8_s(part, others))
      }
    }
  }
  v128.store(table.spare + (segment << 4), acrossRows(e, f, g, h))
  return acrossRows(a, b, c, d)
}

/** The sums of the lanes of each of four vectors. */
@inline
function acrossRows(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = i32x4.add(i32x4.shuffle(a, b, 0, 4, 1, 5), i32x4.shuffle(a, b, 2, 6, 3, 7))
  const cd = i32x4.add(i32x4.shuffle(c, d, 0, 4, 1, 5), i32x4.shuffle(c, d, 2, 6, 3, 7))
  return i32x4.add(i64x2.shuffle(ab, cd, 0, 2), i64x2.shuffle(ab, cd, 1, 3))
}

/** What OFFSET has added to the products of four rows. */
@inline
function offsets(table: Table, first: usize, segment: usize): v128 {
  if (!ASC_FEATURE_RELAXED_SIMD) return i32x4.splat(0)
  return v128.load(table.sums + segment * table.sumsBytes + (first << 2))
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
  const cut = cutBelow(query)
  if (!(cut < query.cut)) query.cut = cut
}

/** Rounded scores that are not above this belong to rows that are worse than the heap's worst, or later and equal. */
function cutBelow(query: Query): f32 {
  if (query.error == 0) return <f32>query.worst
  // The last addition and this rounding err by at most 2^-23 of the result.
  return <f32>(query.worst - query.error - (abs(query.worst) + query.error) * 2.384185791015625e-7)
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
