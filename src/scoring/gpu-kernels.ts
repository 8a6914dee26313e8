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
  /** Blocks of a scan. */
  readonly blocks: number
  /** Read the queries once and not for each row: in software constants cost as much as the table. */
  readonly hoist: boolean
}

/** Queries of one dispatch at most. */
export const PASS_QUERIES = 8
/** Candidates of a query that come back at most; when there are more, the CPU scans. */
export const CANDIDATES = 2044
/** 32-bit words that come back for each query: count, cut, stamp, number of blocks, and the candidates. */
export const FOUND_WORDS = CANDIDATES + 4
/** Blocks of a query in which candidates are looked for, at most; they are listed behind the maxima. */
export const LISTED = 2048
/** Workgroups that look for the candidates of a query. */
export const collectGroups = (software: boolean): number => (software ? 4 : 64)
/** 32-bit words of a `Query` before its rounded values. */
export const QUERY_HEAD = 12
export const WORKGROUP = 64

/** Rows of a thread whose greatest score is kept together. */
export const BLOCK_ROWS = 16

/**
 * The greatest score in each block, for `queries` queries at once, by its lower bound. A thread takes every `threads`-th row,
 * BLOCK_ROWS of them for a block, reads it once and scores it for each query.
 */
export function scanSource(shape: KernelShape, queries: number): string {
  const each = (line: (q: number) => string) => Array.from({ length: queries }, (_, q) => line(q)).join('\n')
  return `${common(shape)}
@compute @workgroup_size(${WORKGROUP})
fn main(@builtin(global_invocation_id) id: vec3u) {
  // Copies: a uniform is read wherever it is named.
  let threads = part.threads; let rows = part.rows; let first = part.first; let words = part.words;
  if (id.x >= threads) { return; }
  ${each((q) => hoisted(shape, q, queries))}
  var begin = id.x;
  for (var block = id.x; block < part.blocks; block += threads) {
    ${each((q) => `var best${q} = NONE;`)}
    let end = min(rows, begin + ${BLOCK_ROWS} * threads);
    for (var index = begin; index < end; index += threads) {
      let row = first + index;
      ${scores(shape, queries)}
      ${each((q) => `best${q} = select(max(best${q}, score${q}), best${q}, masked(row, ${q} * words));`)}
    }
    ${each((q) => `maxima[${q} * part.allBlocks + part.firstBlock + block] = best${q};`)}
    begin += ${BLOCK_ROWS} * threads;
  }
}`
}

/**
 * The k-th greatest of the maxima, which is a lower bound of the k-th score, because k different rows reach it. They are
 * folded into at most 4,096 sets of blocks; then the bound is found two bits at a time, the last twelve bits stay zero.
 */
export function cutSource(shape: KernelShape): string {
  const levels = [1, 2, 3]
  const each = (line: (level: number) => string) => levels.map(line).join('\n')
  const count = (level: number) =>
    shape.subgroups
      ? `let all${level} = subgroupAdd(own${level}); if (subgroupElect()) { atomicAdd(&counts[at + ${level}], all${level}); }`
      : `if (own${level} > 0) { atomicAdd(&counts[at + ${level}], own${level}); }`
  return `${shape.subgroups ? 'enable subgroups;' : ''}
${common(shape)}
const SLOTS = ${Math.min(16, Math.ceil(shape.blocks / 256))}u;
var<workgroup> counts: array<atomic<u32>, 40>;
var<workgroup> listed: atomic<u32>;
@compute @workgroup_size(256)
fn main(@builtin(local_invocation_index) local: u32, @builtin(workgroup_id) group: vec3u) {
  let q = group.x;
  var keys: array<u32, SLOTS>;
  for (var slot = 0u; slot < SLOTS; slot++) {
    var best = NONE;
    for (var block = slot * 256 + local; block < part.allBlocks; block += SLOTS * 256) {
      best = max(best, maxima[q * part.allBlocks + block]);
    }
    let bits = bitcast<u32>(best);
    keys[slot] = select(bits | 0x80000000u, ~bits, bits >> 31 == 1);
  }
  var key = 0u;
  let k = queries[q].k;
  for (var bit = 30u; bit > 11; bit -= 2) {
    let step = 1u << bit;
    let at = (30 - bit) * 2;
    ${each((level) => `var own${level} = 0u;`)}
    for (var slot = 0u; slot < SLOTS; slot++) {
      let above = max(keys[slot], key) - key;
      ${each((level) => `own${level} += u32(above >= ${level} * step);`)}
    }
    ${each(count)}
    workgroupBarrier();
    key += step * (${levels.map((level) => `u32(atomicLoad(&counts[at + ${level}]) >= k)`).join(' + ')});
  }
  let bound = bitcast<f32>(select(~key, key & 0x7fffffffu, key >> 31 == 1));
  let slack = queries[q].band + (abs(bound) + queries[q].band) * 1e-6;
  let cut = select(NONE, bound - slack, bound > -1e38);
  let least = cut - queries[q].spread;
  for (var block = local; block < part.allBlocks; block += 256) {
    let best = maxima[q * part.allBlocks + block];
    if (best == NONE || best < least) { continue; }
    let place = atomicAdd(&listed, 1);
    if (place < ${LISTED}) { maxima[${PASS_QUERIES} * part.allBlocks + q * ${LISTED} + place] = f32(block); }
  }
  workgroupBarrier();
  if (local == 0) {
    let count = atomicLoad(&listed);
    found[q].cut = cut;
    found[q].stamp = queries[q].stamp;
    found[q].blocks = min(count, ${LISTED});
    // Too many blocks are more candidates than there is room for.
    atomicStore(&found[q].count, select(0u, ${CANDIDATES + 1}u, count > ${LISTED}));
  }
}`
}

/** The rows of the listed blocks that may reach the bound, by their upper bounds; a thread a row. */
export function collectSource(shape: KernelShape): string {
  const threads = WORKGROUP * collectGroups(shape.hoist)
  return `${common(shape)}
@compute @workgroup_size(${WORKGROUP})
fn main(@builtin(global_invocation_id) id: vec3u) {
  let q = id.y;
  let cut = found[q].cut;
  let threads = part.threads;
  ${hoisted(shape, 'q', 1, true)}
  for (var at = id.x; at < found[q].blocks * ${BLOCK_ROWS}; at += ${threads}) {
    let block = u32(maxima[${PASS_QUERIES} * part.allBlocks + q * ${LISTED} + at / ${BLOCK_ROWS}]) - part.firstBlock;
    let index = block % threads + (block / threads * ${BLOCK_ROWS} + at % ${BLOCK_ROWS}) * threads;
    let row = part.first + index;
    // The difference is large where the block is one of an earlier part.
    if (block >= part.blocks || index >= part.rows || masked(row, q * part.words)) { continue; }
    ${scores(shape, 'q')}
    if (scoreq < cut) { continue; }
    let place = atomicAdd(&found[q].count, 1);
    if (place < ${CANDIDATES}) { found[q].rows[place] = row; }
  }
}`
}

function common({ dims, stride, packedDot }: KernelShape): string {
  return `
struct Part { first: u32, rows: u32, threads: u32, blocks: u32, firstBlock: u32, allBlocks: u32, items: u32, words: u32 }
struct Query { step0: f32, step1: f32, band: f32, bias: u32, k: u32, stamp: u32, start0: i32, start1: i32, reach0: i32, reach1: i32, spread: f32, values: array<Values, ${(stride / 16) * dims.length}> }
struct Found { count: atomic<u32>, cut: f32, stamp: u32, blocks: u32, rows: array<u32, ${CANDIDATES}> }
@group(0) @binding(0) var<uniform> part: Part;
@group(0) @binding(1) var<uniform> queries: array<Query, ${PASS_QUERIES}>;
@group(0) @binding(2) var<storage> table: array<array<vec4u, ${stride / 16}>>;
@group(0) @binding(3) var<storage> scales: array<f32>;
@group(0) @binding(4) var<storage> biases: array<f32>;
@group(0) @binding(5) var<storage> masks: array<u32>;
@group(0) @binding(6) var<storage, read_write> maxima: array<f32>;
@group(0) @binding(7) var<storage, read_write> found: array<Found>;
const NONE = -3.4e38;
${productsSource(packedDot)}
fn masked(row: u32, mask: u32) -> bool {
  return ((masks[mask + (row >> 5)] >> (row & 31)) & 1) != 0;
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

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i)

type QueryName = number | string

/** What of a query does not change from row to row; `q` is its number, or the name of a variable. */
function hoisted(shape: KernelShape, q: QueryName, queries: number, upper = false): string {
  const lines = [
    `let unbiased${q} = queries[${q}].bias == 0;`,
    `let biasAt${q} = (max(queries[${q}].bias, 1) - 1) * part.items;`,
  ]
  shape.dims.forEach((_, g) => {
    const { first, end, unrolled } = chunksOf(shape, g, queries)
    const start = `queries[${q}].start${g}${upper ? ` + queries[${q}].reach${g}` : ''}`
    lines.push(`let step${q}_${g} = queries[${q}].step${g}; let start${q}_${g} = ${start};`)
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
  const { dims, hoist } = shape
  const names: QueryName[] = typeof queries === 'number' ? [...Array(queries).keys()] : [queries]
  const lines: string[] = dims.some((_, g) => chunksOf(shape, g, names.length).unrolled)
    ? ['let values = table[index];']
    : []
  dims.forEach((_, g) => {
    const { first, end, unrolled } = chunksOf(shape, g, names.length)
    const local = unrolled && (hoist || names.length === 1)
    const chunk = (c: QueryName) => {
      const factor = (q: QueryName) => (local ? `v${q}_${g}_${c}` : value(shape, { q, g, c }))
      const products = names.map((q) => `dot${q}_${g} += product(r, ${factor(q)});`)
      return `{ let r = ${typeof c === 'number' ? `values[${c}]` : `table[index][${c}]`}; ${products.join('\n')} }`
    }
    lines.push(...names.map((q) => `var dot${q}_${g} = start${q}_${g};`))
    if (unrolled) lines.push(...range(first, end).map(chunk))
    else lines.push(`for (var c = ${first}u; c < ${end}; c++) ${chunk('c')}`)
    lines.push(`let scale${g} = scales[row * ${dims.length} + ${g}];`)
  })
  for (const q of names) {
    const segments = dims.map((_, g) => `f32(dot${q}_${g}) * step${q}_${g} * scale${g}`)
    lines.push(`let score${q} = ${segments.join(' + ')} + select(biases[biasAt${q} + row], 0, unbiased${q});`)
  }
  return lines.join('\n')
}
