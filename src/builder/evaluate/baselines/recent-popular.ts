import type { Sequences } from '../sequences.ts'
import type { Model, ScoringModel, Training } from '../model.ts'

const days = 30
const share = 0.1

/** The items of most sequences lately: in the last 30 days, or in the last tenth of the sequences where there are no times. */
export const recentPopular: Model<ScoringModel> = {
  name: 'recent-popular',
  fit({ items, sequences }: Training) {
    const counts = new Float64Array(items)
    const isRecent = recency(sequences)
    const { offsets, rows } = sequences
    for (let s = 0; s + 1 < offsets.length; s++) {
      const own = new Set<number>()
      for (let at = offsets[s]!; at < offsets[s + 1]!; at++) if (isRecent(s, at)) own.add(rows[at]!)
      for (const row of own) counts[row]!++
    }
    return { bytes: 4 * items, score: (_, scores) => scores.set(counts) }
  },
}

function recency({ offsets, times }: Sequences): (sequence: number, event: number) => boolean {
  if (times) {
    const from = times.reduce((last, time) => Math.max(last, time), -Infinity) - days * 86_400_000
    return (_, event) => times[event]! > from
  }
  const from = (offsets.length - 1) * (1 - share)
  return (sequence) => sequence >= from
}
