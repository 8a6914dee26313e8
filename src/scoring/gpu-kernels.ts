import { productsSource } from './gpu-products.ts'

/** What the kernels are compiled for. */
export interface KernelShape {
  /** Dimensions of each segment. */
  readonly dims: readonly number[]
  /** Bytes from row to row, a multiple of 16. */
  readonly stride: number
  /** Use `dot4I8Packed`; otherwise products of 16-bit halves. */
  readonly packedDot: boolean
  /** Count with subgroups; otherwise each thread on its own. */
  readonly subgroups: boolean
  /** Threads of a scan. */
  readonly threads: number
  /** Read the queries once and not for each row: in software constants cost as much as the table. */
  readonly hoist: boolean
}

/** Queries of one dispatch at most. */
export const PASS_QUERIES = 8
/** Candidates of a query that come back at most; when there are more, the CPU scans. */
export const CANDIDATES = 2045
/** 32-bit words that come back for each query: count, cut, stamp, and the candidates. */
export const FOUND_WORDS = CANDIDATES + 3
/** 32-bit words of a `Query` before its rounded values. */
export const QUERY_HEAD = 8
export const WORKGROUP = 64

/**
 * The best row that each thread meets, for `queries` queries at once: a thread takes every `threads`-th row, reads it once,
 * and keeps the greatest score of each query.
 */
export function scanSource(shape: KernelShape, queries: number): string {
  const each = (line: (q: number) => string) => Array.from({ length: queries }, (_, q) => line(q)).join('\n')
  return `${common(shape)}
@compute @workgroup_size(${WORKGROUP})
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= part.threads) { return; }
  ${each((q) => `var best${q} = NONE; ${hoisted(shape, q, queries)}`)}
  for (var index = id.x; index < part.rows; index += part.threads) {
    let row = part.first + index;
    ${scores(shape, queries)}
    ${each((q) => `best${q} = select(max(best${q}, score${q}), best${q}, masked(row, ${q}));`)}
  }
  ${each((q) => `maxima[${q} * part.allThreads + part.firstThread + id.x] = best${q};`)}
}`
}

/**
 * The k-th greatest of the maxima, which is a lower bound of the k-th score, because k different rows reach it. They are
 * folded into at most 4,096 sets of threads; then the bound is found bit by bit, the last eight bits stay zero.
 */
export function cutSource(shape: KernelShape): string {
  const count = shape.subgroups
    ? 'let reached = subgroupAdd(own); if (subgroupElect()) { atomicAdd(&counts[bit], reached); }'
    : 'if (own > 0) { atomicAdd(&counts[bit], own); }'
  return `${shape.subgroups ? 'enable subgroups;' : ''}
${common(shape)}
const SLOTS = ${Math.min(16, Math.ceil(shape.threads / 256))}u;
var<workgroup> counts: array<atomic<u32>, 32>;
@compute @workgroup_size(256)
fn main(@builtin(local_invocation_index) local: u32, @builtin(workgroup_id) group: vec3u) {
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
  var key = 0u;
  for (var bit = 31u; bit > 7; bit--) {
    let wanted = key | (1u << bit);
    var own = 0u;
    for (var slot = 0u; slot < SLOTS; slot++) { own += u32(keys[slot] >= wanted); }
    ${count}
    workgroupBarrier();
    key = select(key, wanted, atomicLoad(&counts[bit]) >= queries[q].k);
  }
  if (local == 0) {
    let bound = bitcast<f32>(select(~key, key & 0x7fffffffu, key >> 31 == 1));
    let slack = queries[q].band + (abs(bound) + queries[q].band) * 1e-6;
    found[q].cut = select(NONE, bound - slack, bound > -1e38);
    found[q].stamp = queries[q].stamp;
    atomicStore(&found[q].count, 0);
  }
}`
}

/** Threads whose maximum reaches the bound, less twice the rounding error, list their rows above it. */
export function collectSource(shape: KernelShape): string {
  return `${common(shape)}
@compute @workgroup_size(${WORKGROUP})
fn main(@builtin(global_invocation_id) id: vec3u) {
  let q = id.y;
  if (id.x >= part.threads) { return; }
  let best = maxima[q * part.allThreads + part.firstThread + id.x];
  if (best == NONE || best < found[q].cut) { return; }
  ${hoisted(shape, 'q', 1)}
  for (var index = id.x; index < part.rows; index += part.threads) {
    let row = part.first + index;
    if (masked(row, q)) { continue; }
    ${scores(shape, 'q')}
    if (scoreq < found[q].cut) { continue; }
    let place = atomicAdd(&found[q].count, 1);
    if (place < ${CANDIDATES}) { found[q].rows[place] = row; }
  }
}`
}

function common({ dims, stride, packedDot }: KernelShape): string {
  return `
struct Part { first: u32, rows: u32, threads: u32, firstThread: u32, allThreads: u32, items: u32, words: u32 }
struct Query { step0: f32, step1: f32, band: f32, bias: u32, k: u32, stamp: u32, values: array<Values, ${(stride / 16) * dims.length}> }
struct Found { count: atomic<u32>, cut: f32, stamp: u32, rows: array<u32, ${CANDIDATES}> }
@group(0) @binding(0) var<uniform> part: Part;
@group(0) @binding(1) var<uniform> queries: array<Query, ${PASS_QUERIES}>;
@group(0) @binding(2) var<storage> table: array<vec4u>;
@group(0) @binding(3) var<storage> scales: array<f32>;
@group(0) @binding(4) var<storage> biases: array<f32>;
@group(0) @binding(5) var<storage> masks: array<u32>;
@group(0) @binding(6) var<storage, read_write> maxima: array<f32>;
@group(0) @binding(7) var<storage, read_write> found: array<Found>;
const NONE = -3.4e38;
${productsSource(packedDot)}
fn masked(row: u32, q: u32) -> bool {
  return ((masks[q * part.words + (row >> 5)] >> (row & 31)) & 1) != 0;
}`
}

/** Products written out one after the other, at most; more of them are a loop, which compiles in a fraction of the time. */
const UNROLLED = 32

/** The chunks of 16 dimensions that hold a segment, and whether so many products are written out. */
function chunksOf({ dims }: KernelShape, segment: number, queries: number) {
  const from = segment === 0 ? 0 : dims[0]!
  const first = Math.floor(from / 16)
  const end = Math.ceil((from + dims[segment]!) / 16)
  return { first, end, unrolled: (end - first) * queries <= UNROLLED }
}

type QueryName = number | string

/** What of a query does not change from row to row; `q` is its number, or the name of a variable. */
function hoisted(shape: KernelShape, q: QueryName, queries: number): string {
  const lines = [
    `let unbiased${q} = queries[${q}].bias == 0;`,
    `let biasAt${q} = (max(queries[${q}].bias, 1) - 1) * part.items;`,
  ]
  shape.dims.forEach((_, g) => {
    const { first, end, unrolled } = chunksOf(shape, g, queries)
    lines.push(`let step${q}_${g} = queries[${q}].step${g};`)
    if (!unrolled || !(shape.hoist || queries === 1)) return
    for (let c = first; c < end; c++) lines.push(`let v${q}_${g}_${c} = ${value(shape, { q, g, c })};`)
  })
  return lines.join('\n')
}

function value({ stride }: KernelShape, { q, g, c }: { q: QueryName; g: number; c: QueryName }): string {
  return `queries[${q}].values[${(g * stride) / 16} + ${c}]`
}

/** `score0`, `score1`, ... of the first `queries` queries, or of the one whose number a variable of that name holds. */
function scores(shape: KernelShape, queries: QueryName): string {
  const { dims, stride, hoist } = shape
  const names: QueryName[] = typeof queries === 'number' ? [...Array(queries).keys()] : [queries]
  const lines: string[] = []
  dims.forEach((_, g) => {
    const { first, end, unrolled } = chunksOf(shape, g, names.length)
    const local = unrolled && (hoist || names.length === 1)
    const chunk = (c: QueryName) => {
      const factor = (q: QueryName) => (local ? `v${q}_${g}_${c}` : value(shape, { q, g, c }))
      const products = names.map((q) => `dot${q}_${g} += product(r, ${factor(q)});`)
      return `{ let r = unpack(table[index * ${stride / 16} + ${c}]); ${products.join('\n')} }`
    }
    lines.push(...names.map((q) => `var dot${q}_${g} = 0;`))
    if (unrolled) for (let c = first; c < end; c++) lines.push(chunk(c))
    else lines.push(`for (var c = ${first}u; c < ${end}; c++) ${chunk('c')}`)
    lines.push(`let scale${g} = scales[row * ${dims.length} + ${g}];`)
  })
  for (const q of names) {
    const segments = dims.map((_, g) => `f32(dot${q}_${g}) * step${q}_${g} * scale${g}`)
    lines.push(`let score${q} = ${segments.join(' + ')} + select(biases[biasAt${q} + row], 0, unbiased${q});`)
  }
  return lines.join('\n')
}
