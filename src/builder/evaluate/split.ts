import type { Case } from './model.ts'
import { sequencesOf, sliceSequences, type Sequences } from './sequences.ts'

export interface Split {
  readonly training: Sequences
  readonly cases: readonly Case[]
}

/**
 * Holds out the last `share` of sessions that are in the order of time, and predicts each of their events but the first from those
 * before it. Cases that want an item of no training session are left out, as the published test files leave them out.
 */
export function cutLastSessions(sessions: Sequences, share: number): Split {
  const count = sessions.offsets.length - 1
  const cut = count - Math.round(count * share)
  const training = sliceSequences(sessions, 0, cut)
  const known = new Set(training.rows)
  return {
    training,
    cases: prefixCases(sliceSequences(sessions, cut, count)).filter(({ wanted }) => known.has(wanted[0]!)),
  }
}

/** Every event but the first of every session, from the events before it. */
function prefixCases({ offsets, rows }: Sequences): Case[] {
  const cases: Case[] = []
  for (let s = 0; s + 1 < offsets.length; s++) {
    const session = rows.subarray(offsets[s], offsets[s + 1])
    for (let at = 1; at < session.length; at++) {
      cases.push({ rows: session.subarray(0, at), wanted: session.subarray(at, at + 1) })
    }
  }
  return cases
}

/**
 * Leave-one-out: each shopper's last event is wanted from all before it, after training on all but everyone's last two, as is usual for
 * such data; `validation` wants the one before the last, from all before it, after the same training.
 */
export function leaveOneOut({ offsets, rows }: Sequences, { validation }: { validation: boolean }): Split {
  const training: Uint32Array[] = []
  const cases: Case[] = []
  for (let s = 0; s + 1 < offsets.length; s++) {
    const own = rows.subarray(offsets[s], offsets[s + 1])
    const before = validation ? own.subarray(0, -1) : own
    training.push(own.subarray(0, -2))
    if (before.length >= 2) cases.push({ rows: before.subarray(0, -1), wanted: before.subarray(-1) })
  }
  return { training: sequencesOf(training), cases }
}
