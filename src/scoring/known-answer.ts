import { type ItemTable, rowStride } from '../bundle/item-table.ts'
import { createBitmask, setBit } from '../core/bitmask.ts'
import { createRandom, normal } from '../core/random.ts'
import { createPlainScorer } from './plain-scorer.ts'
import type { Scorer, ScoreQuery } from './scorer.ts'

const ITEMS = 1000

/** Builds a scorer over the given table; may throw or reject with a coded error. */
export type CreateScorer = (table: ItemTable) => Scorer | Promise<Scorer>

/**
 * Whether the scorers made by `create` return exactly what the plain one does for a small seeded table with segments of
 * these dimensions, so that they run the same code as for the real table.
 */
export async function passesKnownAnswer(create: CreateScorer, dims: readonly number[]): Promise<boolean> {
  const table = knownTable(dims)
  const queries = knownQueries(table)
  const expected = await createPlainScorer(table).topK(queries)
  const scorer = await create(table)
  try {
    const alone = await scorer.topK(queries.slice(0, 1))
    const together = await scorer.topK(queries)
    return same(alone, expected.slice(0, 1)) && same(together, expected)
  } finally {
    scorer.close()
  }
}

function knownTable(dims: readonly number[]): ItemTable {
  const random = createRandom(1)
  const stride = rowStride(dims)
  const rows = new Int8Array(ITEMS * stride)
  const table: ItemTable = { items: ITEMS, dims, stride, rows, scales: new Float32Array(ITEMS * dims.length) }
  const width = dims.reduce((sum, n) => sum + n, 0)
  for (let row = 0; row < ITEMS; row++) {
    for (let dim = 0; dim < width; dim++) table.rows[row * table.stride + dim] = Math.round(254 * random() - 127)
  }
  table.scales.forEach((_, i) => (table.scales[i] = (1 + random()) / 256))
  return table
}

function knownQueries(table: ItemTable): ScoreQuery[] {
  const random = createRandom(2)
  const width = table.dims.reduce((sum, n) => sum + n, 0)
  const bias = Float32Array.from({ length: ITEMS }, () => normal(random))
  return [20, 1, 100].map((k) => {
    const mask = createBitmask(ITEMS)
    for (let row = 0; row < ITEMS; row++) if (random() < 0.3) setBit(mask, row)
    return {
      vector: Float64Array.from({ length: width }, () => normal(random)),
      bias: k > 1 ? bias : undefined,
      mask,
      k,
    }
  })
}

function same(got: Awaited<ReturnType<Scorer['topK']>>, expected: typeof got): boolean {
  return expected.every(({ rows, scores }, i) => {
    const answer = got[i]
    const equal = (row: number, at: number) => answer?.rows[at] === row && answer.scores[at] === scores[at]
    return answer?.rows.length === rows.length && rows.every(equal)
  })
}
