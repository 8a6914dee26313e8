import type { Sequences } from '../sequences.ts'
import { sparseFromRows, type SparseMatrix } from '../../learn/sparse.ts'

/** Sequences x items, 1 where the item stands in the sequence, however often. */
export function incidenceOf({ offsets, rows }: Sequences, items: number): SparseMatrix {
  const maps = Array.from({ length: offsets.length - 1 }, (_, s) => {
    return new Map(Array.from(rows.subarray(offsets[s], offsets[s + 1]), (row) => [row, 1]))
  })
  return sparseFromRows(maps, items)
}

/** Bytes of a sparse matrix as it would be shipped: 32 bits a number. */
export function sparseBytes({ offsets, indices }: SparseMatrix): number {
  return 4 * (offsets.length + 2 * indices.length)
}
