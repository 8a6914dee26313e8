import type { Model, ScoringModel } from '../model.ts'

/** The items that training sequences went on with most often: every event but a sequence's first counts. */
export const mostPopular: Model<ScoringModel> = {
  name: 'popular',
  fit({ items, sequences: { offsets, rows } }) {
    const counts = new Float64Array(items)
    for (let s = 0; s + 1 < offsets.length; s++) {
      for (let at = offsets[s]! + 1; at < offsets[s + 1]!; at++) counts[rows[at]!]!++
    }
    return { bytes: 4 * items, score: (_, scores) => scores.set(counts) }
  },
}
