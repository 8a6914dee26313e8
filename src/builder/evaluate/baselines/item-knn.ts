import { transpose, type SparseMatrix } from '../../learn/sparse.ts'
import { TopHeap } from '../../../scoring/top-heap.ts'
import type { Model, ScoringModel } from '../model.ts'
import { incidenceOf } from './incidence.ts'
import { similarities, type SimilarityName } from './similarity.ts'

/** Neighbours that are kept of every item. */
const neighbours = 100

/**
 * Item-based collaborative filtering (Sarwar et al., 2001): an item's score is the sum of its similarities, by the sequences that hold both,
 * with the shopper's distinct items.
 */
export function itemKnn(similarity: SimilarityName): Model<ScoringModel> {
  return {
    name: `item-knn-${similarity}`,
    fit({ items, sequences }) {
      const incidence = incidenceOf(sequences, items)
      const { rows, weights } = nearestItems(incidence, similarity)
      return {
        bytes: 8 * items * neighbours,
        score(shopper, scores) {
          scores.fill(0)
          for (const row of new Set(shopper.rows)) {
            for (let at = row * neighbours; at < (row + 1) * neighbours; at++) {
              scores[rows[at]!]! += weights[at]!
            }
          }
        },
      }
    },
  }
}

/** The most alike items of every item and how alike they are, items x neighbours; where there are fewer, weights are 0. */
function nearestItems(incidence: SparseMatrix, name: SimilarityName): { rows: Uint32Array; weights: Float32Array } {
  const byItem = transpose(incidence)
  const items = byItem.rows
  const similarity = similarities[name]
  const sizeOf = (item: number) => byItem.offsets[item + 1]! - byItem.offsets[item]!
  const rows = new Uint32Array(items * neighbours)
  const weights = new Float32Array(items * neighbours)
  const shared = new Uint32Array(items)
  for (let item = 0; item < items; item++) {
    const met: number[] = []
    for (let i = byItem.offsets[item]!; i < byItem.offsets[item + 1]!; i++) {
      const sequence = byItem.indices[i]!
      for (let j = incidence.offsets[sequence]!; j < incidence.offsets[sequence + 1]!; j++) {
        const other = incidence.indices[j]!
        if (shared[other]!++ === 0) met.push(other)
      }
    }
    const best = new TopHeap(neighbours)
    for (const other of met) {
      if (other !== item) best.offer(other, similarity(shared[other]!, sizeOf(item), sizeOf(other), incidence.rows))
      shared[other] = 0
    }
    const top = best.sorted()
    rows.set(top.rows, item * neighbours)
    weights.set(top.scores, item * neighbours)
  }
  return { rows, weights }
}
