/** What the kernels are compiled for. */
export interface KernelShape {
  /** Dimensions of each segment. */
  readonly dims: readonly number[]
  /** Bytes from row to row, a multiple of 16. */
  readonly stride: number
  /** Queries that one scan scores. */
  readonly queries: number
  /** Use `dot4I8Packed`; otherwise products of 16-bit halves. */
  readonly packedDot: boolean
  /** Threads of a scan. */
  readonly threads: number
}

/** Candidates of a query that come back at most; when there are more, the CPU scans. */
export const CANDIDATES = 2045
/** 32-bit words that come back for each query: count, cut, stamp, and the candidates. */
export const FOUND_WORDS = CANDIDATES + 3
/** 32-bit words of a `Query` before its rounded values. */
export const QUERY_HEAD = 8
export const WORKGROUP = 64

/**
 * Three kernels over one layout. `scan`: each thread scores its rows (every `threads`-th one) for all queries and keeps
 * the greatest score. `cut`: the k-th greatest of these maxima is a lower bound of the k-th score, because k different
 * rows reach it. `collect`: threads whose maximum reaches the bound, less twice the rounding error, list their rows
 * above it.
 */
export function kernels({ dims, stride, queries, packedDot, threads }: KernelShape): string {
  const chunks = stride / 16
  const single = queries === 1
  /** Chunks of 16 bytes that hold a segment. */
  const ranges = [[0, dims[0]!] as const, ...dims.slice(1).map((n) => [dims[0]!, dims[0]! + n] as const)].map(
    ([from, to]) =>
      Array.from({ length: Math.ceil(to / 16) - Math.floor(from / 16) }, (_, i) => Math.floor(from / 16) + i),
  )
  const loadQuery = [
    'let unbiased = queries[q].bias == 0;',
    'let biasAt = (max(queries[q].bias, 1) - 1) * part.items;',
    ...ranges.flatMap((range, g) => [
      `let step${g} = queries[q].step${g};`,
      ...range.map((c) => `let v${g}_${c} = queries[q].values[${g * chunks + c}];`),
    ]),
  ].join('\n')
  const loadRow = Array.from({ length: chunks }, (_, c) => `let r${c} = table[index * ${chunks} + ${c}];`).join('\n')
  const score = [
    'var score = 0.0;',
    ...ranges.map((range, g) => {
      const products = range.map((c) => `product(r${c}, v${g}_${c})`).join(' + ')
      return `score += f32(${products}) * step${g} * scales[row * ${dims.length} + ${g}];`
    }),
    'score += select(biases[biasAt + row], 0, unbiased);',
  ].join('\n')
  const each = (body: string) => (single ? body : `for (var q = 0u; q < ${queries}; q++) { ${body} }`)
  const best = single ? 'best' : 'best[q]'

  return `
struct Part { first: u32, rows: u32, threads: u32, firstThread: u32, allThreads: u32, items: u32, words: u32 }
struct Query { step0: f32, step1: f32, band: f32, bias: u32, k: u32, stamp: u32, values: array<Values, ${chunks * dims.length}> }
struct Found { count: atomic<u32>, cut: f32, stamp: u32, rows: array<u32, ${CANDIDATES}> }
@group(0) @binding(0) var<uniform> part: Part;
@group(0) @binding(1) var<uniform> queries: array<Query, ${queries}>;
@group(0) @binding(2) var<storage> table: array<vec4u>;
@group(0) @binding(3) var<storage> scales: array<f32>;
@group(0) @binding(4) var<storage> biases: array<f32>;
@group(0) @binding(5) var<storage> masks: array<u32>;
@group(0) @binding(6) var<storage, read_write> maxima: array<f32>;
@group(0) @binding(7) var<storage, read_write> found: array<Found>;

const NONE = -3.4e38;
${packedDot ? packedProduct : halvesProduct}

fn masked(row: u32, q: u32) -> bool {
  return ((masks[q * part.words + (row >> 5)] >> (row & 31)) & 1) != 0;
}

@compute @workgroup_size(${WORKGROUP})
fn scan(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= part.threads) { return; }
  ${single ? `const q = 0u; ${loadQuery}` : ''}
  var best: ${single ? 'f32' : `array<f32, ${queries}>`};
  ${each(`${best} = NONE;`)}
  for (var index = id.x; index < part.rows; index += part.threads) {
    let row = part.first + index;
    ${loadRow}
    ${each(`${single ? '' : loadQuery} ${score} ${best} = select(max(${best}, score), ${best}, masked(row, q));`)}
  }
  ${each(`maxima[q * part.allThreads + part.firstThread + id.x] = ${best};`)}
}

const SLOTS = ${Math.min(16, Math.ceil(threads / 256))}u;
var<workgroup> bins: array<atomic<u32>, 256>;
var<workgroup> prefix: u32;
var<workgroup> rank: u32;

// A radix select over the maxima of at most 4,096 sets of threads, eight bits at a time; the last eight stay zero.
@compute @workgroup_size(256)
fn cut(@builtin(local_invocation_index) local: u32, @builtin(workgroup_id) group: vec3u) {
  let q = group.x;
  var keys: array<u32, SLOTS>;
  for (var slot = 0u; slot < SLOTS; slot++) {
    var best = NONE;
    for (var thread = slot * 256 + local; thread < part.allThreads; thread += SLOTS * 256) {
      best = max(best, maxima[q * part.allThreads + thread]);
    }
    let bits = bitcast<u32>(best);
    keys[slot] = select(bits | 0x80000000u, ~bits, bits >> 31 == 1);
  }
  if (local == 0) { prefix = 0; rank = queries[q].k; }
  for (var shift = 24u; shift > 0; shift -= 8) {
    atomicStore(&bins[local], 0);
    workgroupBarrier();
    let chosen = prefix;
    for (var slot = 0u; slot < SLOTS; slot++) {
      if (shift == 24 || keys[slot] >> (shift + 8) == chosen) { atomicAdd(&bins[(keys[slot] >> shift) & 255], 1); }
    }
    workgroupBarrier();
    if (local == 0) {
      var bin = 255u;
      for (; bin > 0; bin--) {
        let count = atomicLoad(&bins[bin]);
        if (rank <= count) { break; }
        rank -= count;
      }
      prefix = (chosen << 8) | bin;
    }
    workgroupBarrier();
  }
  if (local == 0) {
    let key = prefix << 8;
    let bound = bitcast<f32>(select(~key, key & 0x7fffffffu, key >> 31 == 1));
    let slack = queries[q].band + (abs(bound) + queries[q].band) * 1e-6;
    found[q].cut = select(NONE, bound - slack, bound > -1e38);
    found[q].stamp = queries[q].stamp;
    atomicStore(&found[q].count, 0);
  }
}

@compute @workgroup_size(${WORKGROUP})
fn collect(@builtin(global_invocation_id) id: vec3u) {
  ${single ? 'const q = 0u;' : 'let q = id.y;'}
  if (id.x >= part.threads) { return; }
  let best = maxima[q * part.allThreads + part.firstThread + id.x];
  if (best == NONE || best < found[q].cut) { return; }
  ${loadQuery}
  for (var index = id.x; index < part.rows; index += part.threads) {
    let row = part.first + index;
    if (masked(row, q)) { continue; }
    ${loadRow}
    ${score}
    if (score < found[q].cut) { continue; }
    let place = atomicAdd(&found[q].count, 1);
    if (place < ${CANDIDATES}) { found[q].rows[place] = row; }
  }
}
`
}

const packedProduct = `
struct Values { all: vec4u }
fn product(r: vec4u, v: Values) -> i32 {
  return dot4I8Packed(r.x, v.all.x) + dot4I8Packed(r.y, v.all.y) + dot4I8Packed(r.z, v.all.z) + dot4I8Packed(r.w, v.all.w);
}`

/**
 * (a + b 2^16) (d + c 2^16) = ad + (ac + bd) 2^16 modulo 2^32: one multiplication gives two products, at most 1 too small.
 * The rows come with their sign bits flipped.
 */
const halvesProduct = `
struct Values { even: vec4i, odd: vec4i }
fn product(r: vec4u, v: Values) -> i32 {
  let even = (vec4i(r & vec4u(0x00ff00ff)) - 0x00800080) * v.even;
  let odd = (vec4i((r >> vec4u(8)) & vec4u(0x00ff00ff)) - 0x00800080) * v.odd;
  let sum = (even >> vec4u(16)) + (odd >> vec4u(16));
  return sum.x + sum.y + sum.z + sum.w;
}`

/** Rounded values of a query, -127 to 127, in the form that `product` takes; as many as the stride, once per segment. */
export function queryValues(ints: Int8Array<ArrayBuffer>, packedDot: boolean): Int32Array<ArrayBuffer> {
  if (packedDot) return new Int32Array(ints.buffer, ints.byteOffset, ints.length / 4)
  const values = new Int32Array(ints.length / 2)
  for (let chunk = 0; chunk < ints.length / 16; chunk++) {
    for (let word = 0; word < 4; word++) {
      const [a, b, c, d] = ints.subarray(chunk * 16 + word * 4)
      values[chunk * 8 + word] = c! + (a! << 16)
      values[chunk * 8 + 4 + word] = d! + (b! << 16)
    }
  }
  return values
}
