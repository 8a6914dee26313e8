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
  /** Per segment and row -OFFSET x scale x the sum of the row, as float32; `shiftsBytes` from one segment to the next. */
  shifts: usize
  shiftsBytes: usize
  /** Products of a block's rows with a query, int32, for each segment. */
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
  /** The same for a query in int16 where the scan reads int8. */
  fineCut: f32
  /** At most this far is a rounded score from the exact one, but for the rounding of its last addition. */
  error: f64
  /** The heap's worst exact score; until it is full what is guessed to be that in the end, or NaN. */
  worst: f64
  guess: f64
  fineError: f64
  fineStep0: f32
  fineStep1: f32
}

/**
 * Relaxed SIMD multiplies int8 rows by numbers from 0 to 127, and adds two products in an int16. Here the query is rounded to
 * -16..16 and has this added to it within its segment, so that not two but eight products of a row fit; what that adds to a
 * row's product is taken off again. Few levels let many rows through: those are looked at again in int16.
 */
const OFFSET: i32 = 16

// After the 96 bytes of a Query: the rounded query, once per segment with zeros elsewhere, as int8 (with relaxed SIMD alone)
// and as int16; the exact one; the heap.
const COARSE: usize = 96
const FINE: usize = COARSE + 2 * WIDTH
const EXACT: usize = FINE + 2 * WIDTH * 2
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
    if (query.count < query.k ? !isNaN(query.guess) : query.worst < query.guess) {
      query.guess = NaN
      begin(query, query.k)
      pass(table, at, at + QUERY_BYTES, 1)
    }
    sort(query)
  }
}

/** A cut is guessed for lists of at least so many rows, from one block in 16 to 64: fewer of a larger table. */
const SAMPLED_K: usize = 64

/**
 * Long lists take many rows into the heap before its worst one is good. So that one is first guessed from a sample: the
 * score that some more rows than expected of the best k reach in it. Afterwards it shows whether the guess was too high.
 */
function guess(table: Table, query: Query): void {
  const k = query.k
  const step = min<usize>(64, max<usize>(16, table.items >>> 14))
  query.guess = NaN
  if (k >= SAMPLED_K && query.error > 0 && table.items >= k * 2 * step) {
    const expected = <f64>k / <f64>step
    begin(query, <usize>(expected + 2.5 * sqrt(expected)) + 1)
    pass(table, changetype<usize>(query), changetype<usize>(query) + QUERY_BYTES, step)
    if (query.count == query.k) query.guess = query.worst
  }
  begin(query, k)
}

/** Empties the heap. */
function begin(query: Query, k: usize): void {
  query.k = k
  query.count = 0
  query.worst = query.guess
  query.cut = below(query, query.error)
  query.fineCut = below(query, query.fineError)
}

/** Words of the mask, 32 rows each, that are scored before the best of them are taken. */
const BLOCK: usize = 4

/** Considers every row of the blocks 0, step, 2 step, ..., each for all queries while its rows are near. */
function pass(table: Table, queries: usize, end: usize, step: usize): void {
  const words = (table.items + 31) >>> 5
  for (let word: usize = 0; word < words; word += step * BLOCK) {
    const last = min(words, word + BLOCK)
    for (let at = queries; at < end; at += QUERY_BYTES) {
      const query = changetype<Query>(at)
      if (ASC_FEATURE_SIMD) multiplyAll(table, query, word, last)
      for (let one = word; one < last; one++) {
        let open = ~load<u32>(query.mask + (one << 2))
        if (open == 0) continue
        const row = one << 5
        open &= ASC_FEATURE_SIMD ? above(table, query, row, table.spare + ((one - word) << 7)) : aboveScalar(table, query, row)
        for (; open; open &= open - 1) consider(table, query, row + ctz(open))
      }
    }
  }
}

/** What is to be added to queries rounded to int8; 0 where they are int16. */
export function offset(): i32 {
  return ASC_FEATURE_RELAXED_SIMD ? OFFSET : 0
}

/**
 * How far rows carry a deviation of the query, in one segment: the greatest over all rows of scale x sum of |row|, and of
 * scale x length, are left in `spare`. Leaves the shifts on the way if the scan needs them.
 */
export function reach(table: Table, segment: usize): void {
  const from = segment ? table.first : 0
  const to = segment ? table.dims : table.first
  let sums: f64 = 0
  let lengths: f64 = 0
  let at = table.rows
  let scale = table.scales + (segment << 2)
  let shiftAt = table.shifts + segment * table.shiftsBytes
  for (let row: usize = 0; row < table.items; row++) {
    let magnitude: i32 = 0
    let squares: i32 = 0
    let sum: i32 = 0
    for (let dim = from; dim < to; dim++) {
      const value = <i32>load<i8>(at + dim)
      magnitude += abs(value)
      squares += value * value
      sum += value
    }
    sums = max(sums, <f64>load<f32>(scale) * <f64>magnitude)
    lengths = max(lengths, <f64>load<f32>(scale) * sqrt<f64>(<f64>squares))
    if (ASC_FEATURE_RELAXED_SIMD) store<f32>(shiftAt + (row << 2), <f32>(-OFFSET * sum) * load<f32>(scale))
    at += table.stride
    scale += table.segments << 2
  }
  store<f64>(table.spare, sums)
  store<f64>(table.spare, lengths, 8)
}

/** Which of 32 rows, whose products these are, have a rounded score above the cut: one bit a row. */
@inline
function above(table: Table, query: Query, row: usize, products: usize): u32 {
  const at = changetype<usize>(query)
  const cut = v128.load32_splat(at, offsetof<Query>('cut'))
  const biased = query.bias != 0
  // Lists of best sellers ask with zeros, for the bias alone: whatever is weighed makes nothing then.
  const two = table.segments == 2 && query.error != 0
  const step = two ? f32x4.splat(1) : v128.load32_splat(at, offsetof<Query>('step0'))
  let scale = table.scales + (row << (two ? 3 : 2))
  let shift = table.shifts + (row << 2)
  let bias = query.bias + (row << 2)
  let bits: u32 = 0
  for (let part: u32 = 0; part < 32; part += 16, products += 64, shift += 64, bias += 64) {
    if (two) weighTwo(table, at, products, shift, scale)
    const a = notAbove(weigh(two, products, shift, scale, 0), step, biased, bias, cut, 0)
    const b = notAbove(weigh(two, products, shift, scale, 16), step, biased, bias, cut, 16)
    const c = notAbove(weigh(two, products, shift, scale, 32), step, biased, bias, cut, 32)
    const d = notAbove(weigh(two, products, shift, scale, 48), step, biased, bias, cut, 48)
    bits |= i8x16.bitmask(i8x16.narrow_i16x8_s(i16x8.narrow_i32x4_s(a, b), i16x8.narrow_i32x4_s(c, d))) << part
    scale += two ? 128 : 64
  }
  return ~bits
}

/** The weighted products of four rows, in steps, from those of a single segment, or as `weighTwo` has left them. */
@inline
function weigh(two: bool, products: usize, shift: usize, scale: usize, part: usize): v128 {
  return two ? v128.load(products + part) : scaled(products + part, shift + part, v128.load(scale + part))
}

/** Replaces the products of 16 rows with the first segment by the weighted sums of both. */
function weighTwo(table: Table, query: usize, products: usize, shift: usize, scale: usize): void {
  const step0 = v128.load32_splat(query, offsetof<Query>('step0'))
  const step1 = v128.load32_splat(query, offsetof<Query>('step1'))
  for (const end = products + 64; products < end; products += 16, shift += 16, scale += 32) {
    const low = v128.load(scale)
    const high = v128.load(scale, 16)
    const first = scaled(products, shift, i32x4.shuffle(low, high, 0, 2, 4, 6))
    const second = scaled(
      products + (BLOCK << 7),
      shift + table.shiftsBytes,
      i32x4.shuffle(low, high, 1, 3, 5, 7),
    )
    v128.store(products, timesPlus(first, step0, f32x4.mul(second, step1)))
  }
}

/** Products of four rows with their scales, OFFSET taken off. */
@inline
function scaled(products: usize, shift: usize, scale: v128): v128 {
  const dots = f32x4.convert_i32x4_s(v128.load(products))
  return ASC_FEATURE_RELAXED_SIMD ? timesPlus(dots, scale, v128.load(shift)) : f32x4.mul(dots, scale)
}

@inline
function notAbove(weighed: v128, step: v128, biased: bool, bias: usize, cut: v128, part: usize): v128 {
  return f32x4.le(biased ? timesPlus(weighed, step, v128.load(bias + part)) : f32x4.mul(weighed, step), cut)
}

@inline
function timesPlus(a: v128, b: v128, c: v128): v128 {
  return ASC_FEATURE_RELAXED_SIMD ? f32x4.relaxed_madd(a, b, c) : f32x4.add(f32x4.mul(a, b), c)
}

/** Dimensions that 16 bytes of a rounded query hold. */
const LANES: usize = ASC_FEATURE_RELAXED_SIMD ? 16 : 8

/** Leaves the products of the rows of these words with a rounded query in `spare`; anything where a segment's step is 0. */
@inline
function multiplyAll(table: Table, query: Query, word: usize, last: usize): void {
  const ints = changetype<usize>(query) + (ASC_FEATURE_RELAXED_SIMD ? COARSE : FINE)
  if (query.step0) multiply(table, query.mask, word, last, ints, 0, table.first, table.spare)
  if (query.step1) {
    const apart: usize = ASC_FEATURE_RELAXED_SIMD ? WIDTH : WIDTH * 2
    multiply(table, query.mask, word, last, ints + apart, table.first, table.dims, table.spare + (BLOCK << 7))
  }
}

/**
 * Leaves in `products` those of the rows of these words with the dimensions `from` to `to` of a rounded query, OFFSET still in
 * them; fours of rows that the mask forbids are left out.
 */
function multiply(
  table: Table,
  mask: usize,
  word: usize,
  last: usize,
  ints: usize,
  from: usize,
  to: usize,
  products: usize,
): void {
  const stride = table.stride
  // Dimensions of the other segment in the same 16 bytes are met by zeros.
  let dim = from & ~15
  let fresh = true
  // Not a constant: engines make one anew wherever it is used.
  const ones = i16x8.splat(<i16>min<usize>(to, 1))
  for (; dim + 3 * LANES < to; dim += 4 * LANES) {
    const values = ints + (ASC_FEATURE_RELAXED_SIMD ? dim : dim << 1)
    const a = v128.load(values)
    const b = v128.load(values, 16)
    const c = v128.load(values, 32)
    const d = v128.load(values, 48)
    for (let one = word; one < last; one++) {
      let at = table.rows + (one << 5) * stride + dim
      let into = products + ((one - word) << 7)
      for (let open = ~load<u32>(mask + (one << 2)); open; open >>>= 4, at += stride << 2, into += 16) {
        if ((open & 15) == 0) continue
        const at1 = at + stride
        const at2 = at1 + stride
        const at3 = at2 + stride
        const sums = acrossRows(
          ofFour(at, a, b, c, d, ones),
          ofFour(at1, a, b, c, d, ones),
          ofFour(at2, a, b, c, d, ones),
          ofFour(at3, a, b, c, d, ones),
        )
        v128.store(into, fresh ? sums : i32x4.add(v128.load(into), sums))
      }
    }
    fresh = false
  }
  for (; dim < to; dim += LANES) {
    const a = v128.load(ints + (ASC_FEATURE_RELAXED_SIMD ? dim : dim << 1))
    for (let one = word; one < last; one++) {
      let at = table.rows + (one << 5) * stride + dim
      let into = products + ((one - word) << 7)
      for (let open = ~load<u32>(mask + (one << 2)); open; open >>>= 4, at += stride << 2, into += 16) {
        if ((open & 15) == 0) continue
        const at1 = at + stride
        const at2 = at1 + stride
        const at3 = at2 + stride
        const sums = acrossRows(ofOne(at, a, ones), ofOne(at1, a, ones), ofOne(at2, a, ones), ofOne(at3, a, ones))
        v128.store(into, fresh ? sums : i32x4.add(v128.load(into), sums))
      }
    }
    fresh = false
  }
}

/** Four products of a row's next bytes, to be added. */
@inline
function ofFour(at: usize, a: v128, b: v128, c: v128, d: v128, ones: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) {
    const low = i16x8.add(pairs(v128.load(at), a), pairs(v128.load(at, 16), b))
    const high = i16x8.add(pairs(v128.load(at, 32), c), pairs(v128.load(at, 48), d))
    return i32x4.dot_i16x8_s(i16x8.add(low, high), ones)
  }
  const low = i32x4.add(i32x4.dot_i16x8_s(v128.load_ext<i8>(at), a), i32x4.dot_i16x8_s(v128.load_ext<i8>(at, 8), b))
  const high = i32x4.add(
    i32x4.dot_i16x8_s(v128.load_ext<i8>(at, 16), c),
    i32x4.dot_i16x8_s(v128.load_ext<i8>(at, 24), d),
  )
  return i32x4.add(low, high)
}

@inline
function ofOne(at: usize, a: v128, ones: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return i32x4.dot_i16x8_s(pairs(v128.load(at), a), ones)
  return i32x4.dot_i16x8_s(v128.load_ext<i8>(at), a)
}

@inline
function pairs(row: v128, values: v128): v128 {
  return i16x8.relaxed_dot_i8x16_i7x16_s(row, values)
}

/** The sums of the lanes of each of four vectors. */
@inline
function acrossRows(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = i32x4.add(i32x4.shuffle(a, b, 0, 4, 1, 5), i32x4.shuffle(a, b, 2, 6, 3, 7))
  const cd = i32x4.add(i32x4.shuffle(c, d, 0, 4, 1, 5), i32x4.shuffle(c, d, 2, 6, 3, 7))
  return i32x4.add(i64x2.shuffle(ab, cd, 0, 2), i64x2.shuffle(ab, cd, 1, 3))
}

function aboveScalar(table: Table, query: Query, row: usize): u32 {
  let bits: u32 = 0
  for (let i: usize = 0; i < 32; i++) {
    const score = fineScore(table, query, row + i, query.step0, query.step1)
    if (!(score <= query.cut)) bits |= 1 << <u32>i
  }
  return bits
}

/** The score of a row by the query in int16. */
function fineScore(table: Table, query: Query, row: usize, step0: f32, step1: f32): f32 {
  const ints = changetype<usize>(query) + FINE
  const scale = table.scales + row * (table.segments << 2)
  const at = table.rows + row * table.stride
  let score = <f32>dot(at, ints, 0, table.first) * step0 * load<f32>(scale)
  if (table.segments == 2) {
    score += <f32>dot(at, ints + WIDTH * 2, table.first, table.dims) * step1 * load<f32>(scale, 4)
  }
  return query.bias ? score + load<f32>(query.bias + (row << 2)) : score
}

function dot(row: usize, ints: usize, from: usize, to: usize): i32 {
  if (ASC_FEATURE_SIMD) {
    let sums = i32x4.splat(0)
    for (let dim = from & ~7; dim < to; dim += 8) {
      sums = i32x4.add(sums, i32x4.dot_i16x8_s(v128.load_ext<i8>(row + dim), v128.load(ints + (dim << 1))))
    }
    sums = i32x4.add(sums, i32x4.shuffle(sums, sums, 2, 3, 0, 1))
    return i32x4.extract_lane(sums, 0) + i32x4.extract_lane(sums, 1)
  }
  let sum: i32 = 0
  for (let dim = from; dim < to; dim++) sum += <i32>load<i8>(row + dim) * <i32>load<i16>(ints + (dim << 1))
  return sum
}

/** Takes a row into the heap if its exact score belongs there. Rows come in ascending order: of equals the first stays. */
function consider(table: Table, query: Query, row: usize): void {
  if (ASC_FEATURE_RELAXED_SIMD) {
    if (fineScore(table, query, row, query.fineStep0, query.fineStep1) <= query.fineCut) return
  }
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
  if (query.worst < query.guess) return
  query.cut = below(query, query.error)
  if (ASC_FEATURE_RELAXED_SIMD) query.fineCut = below(query, query.fineError)
}

/** Scores rounded with this error that are not above this belong to rows that are worse than the heap's worst, or later and equal. */
function below(query: Query, error: f64): f32 {
  if (error == 0) return <f32>query.worst
  // The last addition and this rounding err by at most 2^-23 of the result.
  return <f32>(query.worst - error - (abs(query.worst) + error) * 2.384185791015625e-7)
}

/** The same operations in the same order as in `exact-score.ts`. */
function exactScore(table: Table, query: Query, row: usize): f64 {
  const bias = query.bias ? <f64>load<f32>(query.bias + (row << 2)) : 0
  if (query.error == 0) return 0 + bias
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
  return score + bias
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
