import type { Settings } from '../../core/settings.ts'
import { dayMs, type Interactions } from './interactions.ts'
import { sparseFromRows, type SparseMatrix } from './sparse.ts'

/**
 * How strongly each customer leans to each row, users x rows: the events' strengths by kind, decayed with age (half-life
 * in days), relative to the strongest kind of the log and dampened by a logarithm. What pushes away counts as nothing.
 */
export function learnStrengths(
  { users, rows, events, now }: Interactions,
  { strengths, halfLifeDays }: { strengths: Settings['strengths']; halfLifeDays: number },
): SparseMatrix {
  let strongest = 0
  for (const { kind } of events) strongest = Math.max(strongest, strengths[kind] ?? 0)
  const maps = Array.from({ length: users }, () => new Map<number, number>())
  for (const { user, row, time, kind } of events) {
    const strength = (strengths[kind] ?? 0) / strongest
    if (!(strength > 0)) continue
    const own = maps[user]!
    own.set(row, (own.get(row) ?? 0) + strength * 2 ** ((time - now) / (halfLifeDays * dayMs)))
  }
  for (const own of maps) for (const [row, sum] of own) own.set(row, Math.log2(1 + sum))
  return sparseFromRows(maps, rows)
}
