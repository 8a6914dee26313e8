/** What the kernels are compiled for. */
export interface KernelShape {
  /** Dimensions of each segment. */
  readonly dims: readonly number[]
  /** Bytes from row to row, a multiple of 16. */
  readonly stride: number
  /** Queries that one scan scores. */
  readonly queries: number
  /** WGSL has `dot4I8Packed`. */
  readonly packedDot: boolean
}

/** Candidates of a query that come back at most; when there are more, the CPU scans. */
export const CANDIDATES = 2045
/** 32-bit words that come back for each query: count, cut, stamp, and the candidates. */
export const FOUND_WORDS = CANDIDATES + 3
/** 32-bit words of a `Query` before its rounded values. */
export const QUERY_HEAD = 8
export const WORKGROUP = 64

/** 32-bit words of one query: its head, then the rounded values once per segment, with zeros elsewhere. */
export function queryWords({ dims, stride }: Pick<KernelShape, 'dims' | 'stride'>): number {
  return QUERY_HEAD + (dims.length * stride) / 4
}

/**
 * Three kernels over one layout. `scan`: each thread scores its rows (every `threads`-th one) for all queries and keeps
 * the greatest score. `cut`: the k-th greatest of these maxima is a lower bound of the k-th score, because k different
 * rows reach it. `collect`: threads whose maximum reaches the bound, less twice the rounding error, list their rows
 * above it.
 */
export function kernels({ dims, stride, queries, packedDot }: KernelShape): string {
  const chunks = stride / 16
  const split = dims[0]!
  const ranges = dims.map((n, segment) =>
    segment === 0 ? [0, Math.ceil(n / 16)] : [Math.floor(split / 16), Math.ceil((split + n) / 16)],
  )
  const dot = packedDot
    ? 'dot4I8Packed(a, b)'
    : 'dot((vec4i(i32(a)) << vec4u(24, 16, 8, 0)) >> vec4u(24), (vec4i(i32(b)) << vec4u(24, 16, 8, 0)) >> vec4u(24))'
  const segments = ranges.map(
    ([from, to], segment) => `
  var dot${segment} = 0;
  for (var c = ${from}u; c < ${to}u; c++) {
    let r = chunk[c];
    let v = queries[q].ints[${segment * chunks}u + c];
    dot${segment} += dot4(r.x, v.x) + dot4(r.y, v.y) + dot4(r.z, v.z) + dot4(r.w, v.w);
  }
  sum += f32(dot${segment}) * queries[q].step${segment} * scales[row * ${dims.length}u + ${segment}u];`,
  )
  return `
struct Part { first: u32, rows: u32, threads: u32, firstThread: u32, allThreads: u32, items: u32, words: u32 }
struct Query { step0: f32, step1: f32, band: f32, bias: u32, k: u32, stamp: u32, p0: u32, p1: u32, ints: array<vec4u, ${chunks * dims.length}> }
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
var<private> chunk: array<vec4u, ${chunks}>;

fn dot4(a: u32, b: u32) -> i32 { return ${dot}; }

fn load(index: u32) {
  for (var c = 0u; c < ${chunks}u; c++) { chunk[c] = table[index * ${chunks}u + c]; }
}

fn masked(row: u32, q: u32) -> bool {
  return ((masks[q * part.words + (row >> 5)] >> (row & 31)) & 1) != 0;
}

fn score(row: u32, q: u32) -> f32 {
  var sum = 0.0;${segments.join('')}
  if (queries[q].bias != 0) { sum += biases[(queries[q].bias - 1) * part.items + row]; }
  return sum;
}

@compute @workgroup_size(${WORKGROUP})
fn scan(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= part.threads) { return; }
  var best: array<f32, ${queries}>;
  for (var q = 0u; q < ${queries}u; q++) { best[q] = NONE; }
  for (var index = id.x; index < part.rows; index += part.threads) {
    load(index);
    let row = part.first + index;
    for (var q = 0u; q < ${queries}u; q++) {
      if (!masked(row, q)) { best[q] = max(best[q], score(row, q)); }
    }
  }
  for (var q = 0u; q < ${queries}u; q++) { maxima[q * part.allThreads + part.firstThread + id.x] = best[q]; }
}

const SLOTS = 16u;
var<workgroup> bins: array<atomic<u32>, 256>;
var<workgroup> prefix: u32;
var<workgroup> rank: u32;

// A radix select over the maxima of 4,096 sets of threads, eight bits at a time.
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
  for (var round = 0u; round < 4; round++) {
    let shift = 24 - 8 * round;
    atomicStore(&bins[local], 0);
    workgroupBarrier();
    let chosen = prefix;
    for (var slot = 0u; slot < SLOTS; slot++) {
      if (round == 0 || keys[slot] >> (shift + 8) == chosen) { atomicAdd(&bins[(keys[slot] >> shift) & 255], 1); }
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
    let bound = bitcast<f32>(select(~prefix, prefix & 0x7fffffffu, prefix >> 31 == 1));
    let slack = queries[q].band + (abs(bound) + queries[q].band) * 1e-6;
    found[q].cut = select(NONE, bound - slack, bound > NONE);
    found[q].stamp = queries[q].stamp;
    atomicStore(&found[q].count, 0);
  }
}

@compute @workgroup_size(${WORKGROUP})
fn collect(@builtin(global_invocation_id) id: vec3u) {
  let q = id.y;
  if (id.x >= part.threads) { return; }
  let best = maxima[q * part.allThreads + part.firstThread + id.x];
  if (best == NONE || best < found[q].cut) { return; }
  for (var index = id.x; index < part.rows; index += part.threads) {
    let row = part.first + index;
    if (masked(row, q)) { continue; }
    load(index);
    if (score(row, q) < found[q].cut) { continue; }
    let at = atomicAdd(&found[q].count, 1);
    if (at < ${CANDIDATES}) { found[q].rows[at] = row; }
  }
}
`
}
