import type { EventKind } from '../../core/event.ts'

/** Many shoppers' or sessions' events, compressed by sequence: who did what, oldest first. */
export interface Sequences {
  /** Events of sequence s are those from offsets[s] up to offsets[s + 1]; sequences + 1 long. */
  readonly offsets: Uint32Array
  /** Item rows, 0 to items - 1. */
  readonly rows: Uint32Array
  /** Milliseconds since the epoch by event; absent where the data has no times. */
  readonly times?: Float64Array
  /** Kind by event; absent where all are views. */
  readonly kinds?: readonly EventKind[]
}

/** Makes sequences of lists of rows. */
export function sequencesOf(lists: readonly ArrayLike<number>[]): Sequences {
  const offsets = new Uint32Array(lists.length + 1)
  for (const [s, list] of lists.entries()) offsets[s + 1] = offsets[s]! + list.length
  const rows = new Uint32Array(offsets[lists.length]!)
  for (const [s, list] of lists.entries()) rows.set(list, offsets[s])
  return { offsets, rows }
}

/** The sequences from `from` up to, not including, `to`; a view, not a copy, but for the offsets and kinds. */
export function sliceSequences({ offsets, rows, times, kinds }: Sequences, from: number, to: number): Sequences {
  const start = offsets[from]!
  const end = offsets[to]!
  return {
    offsets: offsets.subarray(from, to + 1).map((offset) => offset - start),
    rows: rows.subarray(start, end),
    ...(times && { times: times.subarray(start, end) }),
    ...(kinds && { kinds: kinds.slice(start, end) }),
  }
}
