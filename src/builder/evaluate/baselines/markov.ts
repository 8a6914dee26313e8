import { sparseFromRows } from '../../learn/sparse.ts'
import type { Model, ScoringModel } from '../model.ts'

/** First-order Markov chain; followers seen equally often rank by row. */
export const markov = createMarkov('markov', () => 0)

/** First-order Markov chain; followers seen equally often rank by how often they stand in the training. */
export const markovByPopularity = createMarkov('markov-popular', (occurrences) => occurrences)

/**
 * What followed the last item most often, over all training sequences. What never followed it is not recommended, as in the published
 * numbers. `preference` (not negative) orders equals by an item's occurrences.
 */
function createMarkov(name: string, preference: (occurrences: number) => number): Model<ScoringModel> {
  return {
    name,
    fit({ items, sequences: { offsets, rows } }) {
      const followers = Array.from({ length: items }, () => new Map<number, number>())
      const occurrences = new Float64Array(items)
      for (const row of rows) occurrences[row]!++
      for (let s = 0; s + 1 < offsets.length; s++) {
        for (let at = offsets[s]! + 1; at < offsets[s + 1]!; at++) {
          const own = followers[rows[at - 1]!]!
          own.set(rows[at]!, (own.get(rows[at]!) ?? 0) + 1)
        }
      }
      const counts = sparseFromRows(followers, items)
      for (const [at, row] of counts.indices.entries()) {
        counts.values[at]! += preference(occurrences[row]!) / (rows.length + 1)
      }
      return {
        bytes: counts.offsets.byteLength + counts.indices.byteLength + 4 * counts.values.length,
        score(shopper, scores) {
          scores.fill(-Infinity)
          const last = shopper.rows.at(-1)
          if (last === undefined) return
          for (let at = counts.offsets[last]!; at < counts.offsets[last + 1]!; at++) {
            scores[counts.indices[at]!] = counts.values[at]!
          }
        },
      }
    },
  }
}
