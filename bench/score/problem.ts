import type { ItemTable } from '../../src/bundle/item-table.ts'
import { createBitmask, hasBit, setBit } from '../../src/core/bitmask.ts'
import { createRandom, normal } from '../../src/core/random.ts'
import { allocateTable } from '../../src/scoring/allocate-table.ts'
import type { Problem } from './contender.ts'

export interface ProblemSize {
  readonly items: number
  readonly dims: number
  readonly k: number
  /** Queries of one batch. */
  readonly queries: number
  readonly seed: number
}

const BATCHES = 16
const CENTRES = 200

/** Items around seeded centres, as embeddings of a catalogue lie; queries near items; one row in twenty masked. */
export function createProblem({ items, dims, k, queries, seed }: ProblemSize): Omit<Problem, 'checkBuildTime'> {
  const random = createRandom(seed)
  const gauss = createGauss(seed)
  const centres = Float32Array.from({ length: CENTRES * dims }, () => normal(random))
  const vectors = new Float32Array(items * dims)
  for (let row = 0; row < items; row++) {
    const centre = Math.floor(random() * CENTRES) * dims
    for (let d = 0; d < dims; d++) vectors[row * dims + d] = 0.6 * centres[centre + d]! + 0.8 * gauss()
  }
  const bias = Float32Array.from({ length: items }, (_, row) => 2 / Math.sqrt(1 + row / 100))
  const mask = createBitmask(items)
  for (let row = 0; row < items; row++) if (random() < 0.05) setBit(mask, row)
  const maskedBias = bias.map((value, row) => (hasBit(mask, row) ? -1e30 : value))
  const batches = Array.from({ length: BATCHES }, () =>
    Array.from({ length: queries }, () => {
      const near = Math.floor(random() * items) * dims
      const vector = Float64Array.from({ length: dims }, (_, d) => 0.7 * vectors[near + d]! + 0.7 * normal(random))
      return { vector, bias, mask, k }
    }),
  )
  return { items, dims, k, vectors, table: quantise(vectors, items, dims), bias, maskedBias, batches }
}

/** A quick source of nearly normal numbers: millions are needed, and only their spread matters. */
function createGauss(seed: number): () => number {
  const random = createRandom(seed + 1)
  const table = Float32Array.from({ length: 4096 }, () => normal(random))
  return () => table[Math.floor(random() * 4096)]!
}

function quantise(vectors: Float32Array, items: number, dims: number): ItemTable {
  const table = allocateTable(items, [dims])
  for (let row = 0; row < items; row++) {
    const vector = vectors.subarray(row * dims, (row + 1) * dims)
    let largest = 0
    for (const value of vector) largest = Math.max(largest, Math.abs(value))
    const scale = Math.fround(largest / 127)
    table.scales[row] = scale
    if (scale > 0) vector.forEach((value, d) => (table.rows[row * table.stride + d] = Math.round(value / scale)))
  }
  return table
}
