import type { ItemVectors } from '../read/vectors/read-item-vectors.ts'
import { whitenFactors } from './whiten-factors.ts'

/** Item factors that were trained elsewhere. */
export interface GivenFactors {
  readonly vectors: ItemVectors
  /**
   * `als`: factors of implicit feedback (Spark's, implicit's), whose user vector is a fold-in; `vectors`: embeddings whose sums are user
   * vectors, as of two-tower models.
   */
  readonly kind: 'als' | 'vectors'
}

/** Rows of a table for items by the ids that they go by; whoever has no factors is not `known` any more. */
export function rowsOfFactors(
  { vectors, kind }: GivenFactors,
  items: readonly { readonly ids: readonly string[] }[],
  { lambda, known }: { readonly lambda: number; readonly known: boolean[] },
): Float64Array {
  const { dims } = vectors
  const rows = new Float64Array(items.length * dims)
  for (const [row, { ids }] of items.entries()) {
    const own = ids.map(vectors.of).find((vector) => vector !== undefined)
    if (own && known[row]) rows.set(own, row * dims)
    else known[row] = false
  }
  return kind === 'als' ? whitenFactors(rows, dims, lambda) : rows
}
