/** A candidate of a shelf, best first. */
export interface Candidate {
  readonly row: number
  readonly relevance: number
}

/** At most so many of one group, as long as there are others: a cap never leaves a place empty. */
export interface Cap {
  readonly most: number
  /** The group of a row; undefined where the cap says nothing of it. */
  readonly group: (row: number) => number | undefined
  /** Name of the rule that it is from; absent: the settings'. */
  readonly rule?: string
}

export interface ArrangeOptions {
  readonly limit: number
  /** 0 is relevance only, 1 is diversity only. */
  readonly diversity: number
  readonly caps: readonly Cap[]
  /** Similarity of two rows, 0 to 1. */
  readonly similarity: (a: number, b: number) => number
}

export interface Arranged {
  readonly candidate: Candidate
  /** What moved it away from its place by relevance. */
  readonly moved: readonly ('diversity' | 'cap' | 'pin')[]
  /** The rules whose caps held back those before it, or that pinned it. */
  readonly rules: readonly string[]
}

/**
 * Picks a list by maximal marginal relevance (Carbonell and Goldstein, SIGIR 1998): each place goes to the candidate with
 * the best (1 - d) relevance - d (similarity to what stands already), relevance scaled to 0..1 over the candidates. Ties
 * go to the candidate that comes first.
 */
export function arrange(candidates: readonly Candidate[], options: ArrangeOptions): Arranged[] {
  const { limit, diversity, caps, similarity } = options
  const best = candidates[0]?.relevance ?? 0
  const range = best - (candidates.at(-1)?.relevance ?? 0) || 1
  const left = candidates.map((candidate) => ({
    candidate,
    relevance: 1 - (best - candidate.relevance) / range,
    nearest: 0,
  }))
  const counts = caps.map(() => new Map<number | undefined, number>())
  /** The caps that hold a row back. */
  const full = (row: number) => caps.filter(({ most, group }, c) => (counts[c]!.get(group(row)) ?? 0) >= most)
  const arranged: Arranged[] = []
  let capped = false
  while (arranged.length < limit && left.length > 0) {
    const open = capped || caps.length === 0 ? left : left.filter(({ candidate: { row } }) => full(row).length === 0)
    if (open.length === 0) {
      capped = true
      continue
    }
    const value = ({ relevance, nearest }: (typeof open)[number]) => (1 - diversity) * relevance - diversity * nearest
    const chosen = open.reduce((top, next) => (value(next) > value(top) ? next : top))
    const moved: ('diversity' | 'cap')[] = []
    if (chosen !== open[0]) moved.push('diversity')
    const first = left[0]!
    const held = chosen !== first && open[0] !== first
    if (held) moved.push('cap')
    const rules = held ? full(first.candidate.row).flatMap(({ rule }) => rule ?? []) : []
    left.splice(left.indexOf(chosen), 1)
    const { candidate } = chosen
    for (const [c, { group }] of caps.entries()) {
      const code = group(candidate.row)
      if (code !== undefined) counts[c]!.set(code, (counts[c]!.get(code) ?? 0) + 1)
    }
    arranged.push({ candidate, moved, rules })
    if (diversity > 0) {
      for (const other of left) other.nearest = Math.max(other.nearest, similarity(candidate.row, other.candidate.row))
    }
  }
  return arranged
}
