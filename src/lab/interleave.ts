import type { Random } from '../core/random.ts'

export interface Interleaved<T> {
  readonly list: readonly T[]
  /** Which ranking each place was drafted by. */
  readonly teams: readonly ('a' | 'b')[]
}

/**
 * Team-draft interleaving (Radlinski, Kurup and Joachims, CIKM 2008): in each round a coin decides which ranking drafts
 * first, and each adds its best item that is not on the list yet. A click counts for the ranking that drafted it.
 */
export function teamDraft<T>(
  a: readonly T[],
  b: readonly T[],
  { limit, random }: { limit: number; random: Random },
): Interleaved<T> {
  const list: T[] = []
  const teams: ('a' | 'b')[] = []
  const taken = new Set<T>()
  const rankings = { a, b }
  const next = (team: 'a' | 'b') => rankings[team].find((item) => !taken.has(item))
  while (list.length < limit && (next('a') !== undefined || next('b') !== undefined)) {
    const order = random() < 0.5 ? (['a', 'b'] as const) : (['b', 'a'] as const)
    for (const team of order) {
      const item = next(team)
      if (item === undefined || list.length === limit) continue
      taken.add(item)
      list.push(item)
      teams.push(team)
    }
  }
  return { list, teams }
}

/** Two-sided sign test: the chance that a fair coin falls at least as unevenly; ties are left out. */
export function signTest(wins: number, losses: number): number {
  const n = wins + losses
  if (n === 0) return 1
  const least = Math.min(wins, losses)
  let term = 0.5 ** n
  let tail = 0
  for (let k = 0; k <= least; k++) {
    tail += term
    term *= (n - k) / (k + 1)
  }
  return Math.min(1, 2 * tail)
}
