import type { EventKind } from '../../core/event.ts'
import type { Settings } from '../../core/settings.ts'
import { featureNames, featureOffsets, featuresOf } from '../../models/event-features.ts'
import type { Examples } from '../train/examples.ts'
import type { Interactions } from './interactions.ts'

/** A session of one customer: events without `sessionGapMinutes` between them that speak for their items, oldest first. */
export interface Session {
  readonly user: number
  readonly events: readonly { readonly row: number; readonly time: number; readonly kind: EventKind }[]
}

/** The sessions of a log that predict something, those that ended first first. */
export function collectSessions(
  { events }: Interactions,
  { sessionGapMinutes, strengths }: Pick<Settings, 'sessionGapMinutes' | 'strengths'>,
): Session[] {
  const sessions: { user: number; events: Session['events'][number][] }[] = []
  const open = new Map<number, (typeof sessions)[number]>()
  for (const { user, row, time, kind } of events) {
    if (!((strengths[kind] ?? 0) > 0)) continue
    const known = open.get(user)
    if (known && time - known.events.at(-1)!.time <= sessionGapMinutes * 60_000) {
      known.events.push({ row, time, kind })
      continue
    }
    const session = { user, events: [{ row, time, kind }] }
    open.set(user, session)
    sessions.push(session)
  }
  const end = ({ events: own }: Session) => own.at(-1)!.time
  return sessions.filter(({ events: own }) => own.length > 1).sort((a, b) => end(a) - end(b))
}

export interface ExampleOptions {
  /** Events that the encoder looks at. */
  readonly length: number
  /** Whether an item of the session may be what comes next; else such events are no targets. */
  readonly repeats: boolean
  /** The weight of an example halves this often over the log, from its last session backwards. */
  readonly halvings: number
}

/** Every event but a session's first is to be predicted from those before it. */
export function sessionExamples(sessions: readonly Session[], { length, repeats, halvings }: ExampleOptions): Examples {
  const count = sessions.reduce((sum, { events }) => sum + events.length, 0)
  const offsets = featureOffsets(length)
  const columns = featureNames.length - 1
  const items = new Uint32Array(count)
  const eventFeatures = new Uint32Array(count * columns)
  const target: number[] = []
  const first: number[] = []
  const weight: number[] = []
  let at = 0
  for (const [s, { events }] of sessions.entries()) {
    for (const [i, event] of events.entries()) {
      items[at + i] = event.row
      const [, ...buckets] = featuresOf(event, 0, events[i - 1])
      for (const [f, bucket] of buckets.entries()) eventFeatures[(at + i) * columns + f] = offsets[f + 1]! + bucket
      const from = Math.max(0, i - length)
      const known = events.slice(from, i)
      if (i === 0 || (!repeats && known.some(({ row }) => row === event.row))) continue
      target.push(at + i)
      first.push(at + from)
      weight.push(2 ** (halvings * ((s + 1) / sessions.length - 1)))
    }
    at += events.length
  }
  return {
    items,
    eventFeatures,
    target: Uint32Array.from(target),
    first: Uint32Array.from(first),
    weight: Float32Array.from(weight),
  }
}
