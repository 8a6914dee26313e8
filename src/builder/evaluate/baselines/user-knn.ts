import { transpose } from '../../learn/sparse.ts'
import { TopHeap } from '../../../scoring/top-heap.ts'
import type { Model, ScoringModel } from '../model.ts'
import { incidenceOf, sparseBytes } from './incidence.ts'
import { similarities, type SimilarityName } from './similarity.ts'

/** Sequences that vote. */
const neighbours = 100

/**
 * User-based collaborative filtering (Resnick et al., 1994), without ratings: an item's score is the sum of the similarities of the hundred
 * sequences most like the shopper's set of items that hold it. Equally alike ones: the later sequence votes.
 */
export function userKnn(name: SimilarityName): Model<ScoringModel> {
  return {
    name: `user-knn-${name}`,
    fit({ items, sequences }) {
      const incidence = incidenceOf(sequences, items)
      const byItem = transpose(incidence)
      const similarity = similarities[name]
      const last = incidence.rows - 1
      const shared = new Uint32Array(incidence.rows)
      return {
        bytes: sparseBytes(incidence) + sparseBytes(byItem),
        score(shopper, scores) {
          scores.fill(0)
          const own = new Set(shopper.rows)
          const met: number[] = []
          for (const row of own) {
            for (let at = byItem.offsets[row]!; at < byItem.offsets[row + 1]!; at++) {
              if (shared[byItem.indices[at]!]!++ === 0) met.push(byItem.indices[at]!)
            }
          }
          const best = new TopHeap(neighbours)
          for (const sequence of met) {
            const size = incidence.offsets[sequence + 1]! - incidence.offsets[sequence]!
            best.offer(last - sequence, similarity(shared[sequence]!, own.size, size, items))
            shared[sequence] = 0
          }
          const { rows, scores: weights } = best.sorted()
          for (const [n, turned] of rows.entries()) {
            const sequence = last - turned
            for (let at = incidence.offsets[sequence]!; at < incidence.offsets[sequence + 1]!; at++) {
              scores[incidence.indices[at]!]! += weights[n]!
            }
          }
        },
      }
    },
  }
}
