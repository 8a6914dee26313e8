import { eventKinds, type EventRecord } from '../core/event.ts'

/** What an encoder hears of an event beside its item's row, in the order of its columns. */
export const featureNames = ['position', 'kind', 'gap', 'dwell'] as const

/** Upper bounds in seconds, exclusive; bucket 0 stands for an event without one: the first, or one whose page was not timed. */
const gapBounds = [5, 15, 30, 60, 180, 600]
const dwellBounds = [5, 15, 30, 60, 180]

/** Buckets of each feature, for sessions of `length` events; ours are the rows of one table, one feature after another. */
export function featureSizes(length: number): readonly number[] {
  return [length, eventKinds.length, gapBounds.length + 2, dwellBounds.length + 2]
}

/** Where each feature's buckets begin in that table, and at the end how many rows it has. */
export function featureOffsets(length: number): readonly number[] {
  const offsets = [0]
  for (const size of featureSizes(length)) offsets.push(offsets.at(-1)! + size)
  return offsets
}

/** Buckets of an event by feature: its place counted from the session's end, its kind, the time since `before`, the look at it. */
export function featuresOf(
  { time, kind, context }: Pick<EventRecord, 'time' | 'kind' | 'context'>,
  place: number,
  before: Pick<EventRecord, 'time'> | undefined,
): number[] {
  return [
    place,
    eventKinds.indexOf(kind),
    before ? bucketOf(gapBounds, (time - before.time) / 1000) : 0,
    context?.dwell === undefined ? 0 : bucketOf(dwellBounds, context.dwell),
  ]
}

function bucketOf(bounds: readonly number[], seconds: number): number {
  const at = bounds.findIndex((bound) => seconds < bound)
  return 1 + (at < 0 ? bounds.length : at)
}
