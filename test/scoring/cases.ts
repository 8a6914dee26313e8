import { type ItemTable } from '../../src/bundle/item-table.ts'
import { createBitmask, setBit } from '../../src/core/bitmask.ts'
import { normal, type Random } from '../../src/core/random.ts'
import { allocateTable } from '../../src/scoring/allocate-table.ts'
import type { ScoreQuery } from '../../src/scoring/scorer.ts'

export interface Case {
  readonly name: string
  readonly table: ItemTable
  readonly queries: readonly ScoreQuery[]
}

const KS = [1, 2, 8, 20, 100, 300, 512]

/** Tables and batches of queries of every kind that scorers have to get right. */
export function* randomCases(random: Random, count: number): Generator<Case> {
  for (let i = 0; i < count; i++) {
    const items = pick(
      random,
      [1, 2, 3, 5, 31, 32, 33, 63, 64, 65, 127, 128, 129, 255, 256, 257, 511, 513, 1023, 1025, 2500],
    )
    const dims = random() < 0.5 ? [randomDims(random)] : [randomDims(random), randomDims(random)]
    const kind = pick(random, TABLES)
    const table = randomTable(random, { items, dims, kind })
    const batch = pick(random, [1, 1, 2, 3, 8, 9, 17])
    const queries = Array.from({ length: batch }, () => randomQuery(random, table))
    yield { name: `case ${i}: ${items} x ${dims.join('+')}, ${kind}, ${batch} queries`, table, queries }
  }
}

const TABLES = [
  'normal',
  'normal',
  'popular',
  'duplicates',
  'zero scales',
  'tiny scales',
  'huge scales',
  'extremes',
] as const
type TableKind = (typeof TABLES)[number]

export function randomTable(
  random: Random,
  { items, dims, kind = 'normal' }: { items: number; dims: readonly number[]; kind?: TableKind },
): ItemTable {
  const table = allocateTable(items, dims)
  const width = dims.reduce((a, b) => a + b, 0)
  const distinct = kind === 'duplicates' ? 3 : items
  for (let row = 0; row < items; row++) {
    for (let d = 0; d < width; d++) {
      const value = kind === 'extremes' ? (random() < 0.5 ? -127 : 127) : Math.round(normal(random) * 40)
      table.rows[row * table.stride + d] =
        row < distinct ? Math.max(-127, Math.min(127, value)) : table.rows[(row % distinct) * table.stride + d]!
    }
    for (let g = 0; g < dims.length; g++) {
      table.scales[row * dims.length + g] =
        row < distinct ? randomScale(random, kind, row) : table.scales[(row % distinct) * dims.length + g]!
    }
  }
  return table
}

function randomScale(random: Random, kind: TableKind, row: number): number {
  if (kind === 'zero scales') return random() < 0.7 ? 0 : random()
  if (kind === 'tiny scales') return random() * 10 ** -pick(random, [30, 37, 39, 42, 44])
  if (kind === 'huge scales') return random() * 10 ** pick(random, [0, 10, 30, 37])
  if (kind === 'popular') return 0.01 / Math.sqrt(row + 1)
  return 0.005 + random() * 0.01
}

export function randomQuery(random: Random, table: ItemTable): ScoreQuery {
  return {
    vector: randomVector(random, table),
    bias: randomBias(random, table.items),
    mask: randomMask(random, table.items),
    k: pick(random, KS),
  }
}

function randomVector(random: Random, { dims }: ItemTable): Float64Array {
  const kind = pick(random, ['normal', 'normal', 'zero', 'one segment', 'tiny', 'huge', 'mixed', 'cancel', 'spike'])
  const parts = dims.map((n, g) => {
    const part = Float64Array.from({ length: n }, () => normal(random))
    if (kind === 'zero' || (kind === 'one segment' && g === 0)) return part.fill(0)
    if (kind === 'tiny') return part.map((x) => x * 10 ** -pick(random, [30, 45, 300]))
    if (kind === 'huge') return part.map((x) => x * 10 ** pick(random, [5, 31, 60]))
    if (kind === 'mixed') return part.map((x) => x * 10 ** (-8 * random()))
    if (kind === 'cancel') return part.fill(g === 0 ? 1e6 : -1e6).map((x) => x + normal(random))
    if (kind === 'spike') return part.fill(0).fill(normal(random), n - 1)
    return part
  })
  return Float64Array.from(parts.flatMap((part) => [...part]))
}

function randomBias(random: Random, items: number): Float32Array<ArrayBuffer> | undefined {
  const kind = pick(random, ['none', 'normal', 'constant', 'steps', 'huge', 'outlier', 'tiny'])
  if (kind === 'none') return undefined
  const bias = new Float32Array(items)
  for (let row = 0; row < items; row++) {
    if (kind === 'normal') bias[row] = normal(random)
    if (kind === 'constant') bias[row] = 0.1
    if (kind === 'steps') bias[row] = Math.floor(random() * 3)
    if (kind === 'huge') bias[row] = 1e8 + normal(random)
    if (kind === 'outlier') bias[row] = random() < 0.1 ? -1e9 : normal(random)
    if (kind === 'tiny') bias[row] = normal(random) * 1e-40
  }
  return bias
}

function randomMask(random: Random, items: number) {
  const kind = pick(random, ['empty', 'empty', 'full', 'half', 'few left', 'runs'])
  const mask = createBitmask(items)
  for (let row = 0; row < items; row++) {
    const masked =
      kind === 'full' ||
      (kind === 'half' && random() < 0.5) ||
      (kind === 'few left' && random() > 9 / items) ||
      (kind === 'runs' && (row >> 6) % 2 === 0)
    if (masked) setBit(mask, row)
  }
  return mask
}

function randomDims(random: Random): number {
  return random() < 0.5 ? pick(random, [1, 2, 15, 16, 17, 32, 48, 64, 128, 255, 256]) : 1 + Math.floor(random() * 256)
}

export function pick<T>(random: Random, values: readonly T[]): T {
  return values[Math.floor(random() * values.length)]!
}
