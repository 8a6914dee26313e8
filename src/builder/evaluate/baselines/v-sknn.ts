import { transpose } from '../../learn/sparse.ts'
import { TopHeap } from '../../../scoring/top-heap.ts'
import type { Model, ScoringModel } from '../model.ts'
import { incidenceOf, sparseBytes } from './incidence.ts'

/** Latest sequences with one of the shopper's items that are compared, and those of them that vote. */
const sample = 1000
const neighbours = 100

/**
 * V-SKNN of Ludewig and Jannach, Evaluation of Session-based Recommendation Algorithms (2018): sessions are compared by the shopper's
 * items that they hold, which count less the longer they are ago (linearly); a session's vote counts the less, the further back
 * the latest item is that it shares with the shopper.
 */
export const vSknn: Model<ScoringModel> = {
  name: 'v-sknn',
  fit({ items, sequences }) {
    const incidence = incidenceOf(sequences, items)
    const byItem = transpose(incidence)
    const similarity = new Float64Array(incidence.rows)
    const latest = new Uint32Array(incidence.rows)
    const last = incidence.rows - 1
    return {
      bytes: sparseBytes(incidence) + sparseBytes(byItem),
      score({ rows: prefix }, scores) {
        scores.fill(0)
        const met: number[] = []
        // From the last event back, so the first weight of an item is that of its latest event.
        const own = [...new Set(Array.from(prefix).reverse())]
        for (const [back, row] of own.entries()) {
          for (let at = byItem.offsets[row]!; at < byItem.offsets[row + 1]!; at++) {
            const sequence = byItem.indices[at]!
            if (similarity[sequence] === 0) {
              met.push(sequence)
              latest[sequence] = back
            }
            similarity[sequence]! += 1 - back / own.length
          }
        }
        const best = new TopHeap(neighbours)
        for (const sequence of met.toSorted((a, b) => b - a).slice(0, sample)) {
          const size = incidence.offsets[sequence + 1]! - incidence.offsets[sequence]!
          best.offer(last - sequence, similarity[sequence]! / Math.sqrt(size))
        }
        const { rows, scores: weights } = best.sorted()
        for (const [n, turned] of rows.entries()) {
          const sequence = last - turned
          const vote = weights[n]! / (1 + latest[sequence]!)
          for (let at = incidence.offsets[sequence]!; at < incidence.offsets[sequence + 1]!; at++) {
            scores[incidence.indices[at]!]! += vote
          }
        }
        for (const sequence of met) similarity[sequence] = 0
      },
    }
  },
}
