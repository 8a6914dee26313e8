import { WindowshopError } from '../../../errors.ts'
import { transpose, type SparseMatrix } from '../../learn/sparse.ts'
import type { Model, ScoringModel } from '../model.ts'
import { sparseBytes } from './incidence.ts'

/**
 * Content-based filtering: the cosine of an item's words and traits (tf-idf, rows of length 1) with the sum over the shopper's events. Throws
 * `option-invalid` where the data has no content.
 */
export const contentBased: Model<ScoringModel> = {
  name: 'content',
  fit({ content }) {
    if (!content) {
      throw new WindowshopError('option-invalid', { where: '--models content', expected: 'data that describes items' })
    }
    const items = transpose(content)
    const profile = new Float64Array(content.columns)
    return {
      bytes: sparseBytes(content),
      score({ rows }, scores) {
        scores.fill(0)
        profile.fill(0)
        for (const row of rows) addRow(content, row, profile)
        const norm = Math.sqrt(profile.reduce((sum, value) => sum + value * value, 0))
        for (const [token, value] of profile.entries()) {
          if (value === 0) continue
          for (let at = items.offsets[token]!; at < items.offsets[token + 1]!; at++) {
            scores[items.indices[at]!]! += (value / norm) * items.values[at]!
          }
        }
      },
    }
  },
}

function addRow({ offsets, indices, values }: SparseMatrix, row: number, into: Float64Array): void {
  for (let at = offsets[row]!; at < offsets[row + 1]!; at++) into[indices[at]!]! += values[at]!
}
