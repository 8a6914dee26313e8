/** A candidate of a shelf, best first. */
export interface Candidate {
  readonly row: number
  readonly relevance: number
  /** Index of its category. */
  readonly category: number
}

export interface ArrangeOptions {
  readonly limit: number
  /** 0 is relevance only, 1 is diversity only. */
  readonly diversity: number
  /** At most this many of one category; 0 is no cap. A cap never leaves a place empty. */
  readonly categoryCap: number
  /** Similarity of two rows, 0 to 1. */
  readonly similarity: (a: number, b: number) => number
}

export interface Arranged {
  readonly candidate: Candidate
  /** Rules that moved it away from its place by relevance. */
  readonly moved: readonly ('diversity' | 'cap')[]
}

/**
 * Picks a list by maximal marginal relevance (Carbonell and Goldstein, SIGIR 1998): each place goes to the candidate with
 * the best (1 - d) relevance - d (similarity to what stands already), relevance scaled to 0..1 over the candidates. Ties
 * go to the candidate that comes first.
 */
export function arrange(candidates: readonly Candidate[], options: ArrangeOptions): Arranged[] {
  const { limit, diversity, categoryCap, similarity } = options
  const best = candidates[0]?.relevance ?? 0
  const range = best - (candidates.at(-1)?.relevance ?? 0) || 1
  const left = candidates.map((candidate) => ({
    candidate,
    relevance: 1 - (best - candidate.relevance) / range,
    nearest: 0,
  }))
  const perCategory = new Map<number, number>()
  const arranged: Arranged[] = []
  let capped = false
  while (arranged.length < limit && left.length > 0) {
    const open = left.filter(
      ({ candidate }) => capped || categoryCap === 0 || (perCategory.get(candidate.category) ?? 0) < categoryCap,
    )
    if (open.length === 0) {
      capped = true
      continue
    }
    const value = ({ relevance, nearest }: (typeof open)[number]) => (1 - diversity) * relevance - diversity * nearest
    const chosen = open.reduce((top, next) => (value(next) > value(top) ? next : top))
    const moved: ('diversity' | 'cap')[] = []
    if (chosen !== open[0]) moved.push('diversity')
    if (chosen !== left[0] && open[0] !== left[0]) moved.push('cap')
    left.splice(left.indexOf(chosen), 1)
    const { candidate } = chosen
    perCategory.set(candidate.category, (perCategory.get(candidate.category) ?? 0) + 1)
    arranged.push({ candidate, moved })
    if (diversity > 0) {
      for (const other of left) other.nearest = Math.max(other.nearest, similarity(candidate.row, other.candidate.row))
    }
  }
  return arranged
}
