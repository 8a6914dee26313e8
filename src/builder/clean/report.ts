/** Why a line of the log does not count; the texts are for people. */
export const dropReasons = {
  'no-item': 'names no item',
  'no-user': 'names no customer',
  'no-time': 'has no time',
  search: 'a search: nothing is learned from what customers type',
  'other-event': 'an event that says nothing about taste',
  fee: 'a fee, postage or correction, no goods',
  duplicate: 'stands there twice',
  repeated: 'repeats an item of the same order (quantities were added)',
  cancelled: 'a purchase that was cancelled later',
  cancellation: 'the cancellation of a purchase',
  'lone-cancellation': 'cancels a purchase that is not in the log',
  bot: 'by a bot: more than 300 events in an hour and nothing bought',
  'unknown-item': 'its item is not in the catalogue',
  'few-customers': 'its item is known from fewer than five customers and no catalogue names it',
} as const

export type DropReason = keyof typeof dropReasons

export interface Dropped {
  readonly reason: DropReason
  readonly count: number
  /** Line of the first one. */
  readonly line: number
}

/** Counts what cleaning leaves out, and what it mends. */
export interface CleaningReport {
  drop(reason: DropReason, line: number): void
  /** Two ids that are one item: `spelling` is read as `id`. */
  join(spelling: string, id: string): void
  readonly dropped: readonly Dropped[]
  readonly joined: ReadonlyMap<string, string>
}

export function createReport(): CleaningReport {
  const dropped = new Map<DropReason, { count: number; line: number }>()
  const joined = new Map<string, string>()
  return {
    drop(reason, line) {
      const known = dropped.get(reason)
      if (known) known.count++
      else dropped.set(reason, { count: 1, line })
    },
    join: (spelling, id) => joined.set(spelling, id),
    get dropped() {
      return [...dropped]
        .map(([reason, { count, line }]) => ({ reason, count, line }))
        .sort((a, b) => b.count - a.count || a.line - b.line)
    },
    joined,
  }
}
