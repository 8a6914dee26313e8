import type { EventRecord } from './event.ts'
import type { Settings } from './settings.ts'
import { zeroVector } from './zero-vector.ts'

export const dayMs = 86_400_000

/** What an event points at: turns events into vectors, all segments side by side. Its identity stands for its space. */
export interface EventVectors {
  /** Dimensions of each segment. */
  readonly dims: readonly number[]
  /** Adds `weight` times the event's vector to `into`; false when the event has none here. */
  add(event: EventRecord, weight: number, into: Float64Array): boolean
}

/** The settings that a fold depends on. */
export type FoldSettings = Pick<Settings, 'halfLifeDays' | 'strengths'>

/** A sum over the events of one UTC day: sum of s_j 2^((t_j - start) / half-life) v_j. */
export interface DayBucket {
  /** Milliseconds since the epoch at which the day starts. */
  readonly start: number
  readonly sum: Float64Array
}

/** The event log in memory, and its folds. Every fold is a pure function of the events in key order. */
export interface Fold {
  /** In key order, `seq` rising. */
  readonly events: readonly EventRecord[]
  /** Those that count: of several reports of one order line, the first. Grows in place, is replaced by anything else. */
  readonly counted: readonly EventRecord[]
  /** Rises with every change. */
  readonly version: number
  /** Adds records that follow the present ones in key order; any whose key or id is there already is left out. */
  append(records: readonly EventRecord[]): void
  /** Takes out the event of this id; false when there is none. */
  remove(id: string): boolean
  /** Takes out all events older than this time; returns how many. */
  expire(before: number): number
  clear(): void
  /** Day buckets in day order, bit for bit those of a fold that only ever held the present events. */
  buckets(vectors: EventVectors, settings: FoldSettings): readonly DayBucket[]
}

export function createFold(): Fold {
  let events: EventRecord[] = []
  let counted: EventRecord[] = []
  const ids = new Set<string>()
  const orderLines = new Set<string>()
  let version = 0
  let cache: BucketCache | undefined

  const add = (record: EventRecord): void => {
    events.push(record)
    ids.add(record.id)
    const line = orderLineOf(record)
    if (line && orderLines.has(line)) return
    if (line) orderLines.add(line)
    counted.push(record)
    cache?.add(record)
  }
  const replace = (kept: readonly EventRecord[]): void => {
    cache = undefined
    // New ones: who has read the old ones keeps them as they were.
    events = []
    counted = []
    ids.clear()
    orderLines.clear()
    for (const record of kept) add(record)
    version++
  }

  return {
    get events() {
      return events
    },
    get counted() {
      return counted
    },
    get version() {
      return version
    },
    append(records) {
      const before = events.length
      for (const record of records) {
        if (record.seq > (events.at(-1)?.seq ?? -Infinity) && !ids.has(record.id)) add(record)
      }
      if (events.length > before) version++
    },
    remove(id) {
      const gone = events.find((event) => event.id === id)
      if (!gone) return false
      const kept = cache
      replace(events.filter((event) => event !== gone))
      // Without an order line's first report a later one counts, whatever its day: then all days are folded again.
      if (!orderLineOf(gone)) {
        cache = kept
        cache?.refold(gone, counted)
      }
      return true
    },
    expire(before) {
      const kept = events.filter((event) => event.time >= before)
      const expired = events.length - kept.length
      if (expired > 0) replace(kept)
      return expired
    },
    clear() {
      replace([])
    },
    buckets(vectors, settings) {
      if (!cache?.serves(vectors, settings)) {
        cache = new BucketCache(vectors, settings)
        for (const event of counted) cache.add(event)
      }
      return cache.inOrder()
    },
  }
}

/** Strength of an event: by kind, more for several units and for a long look. */
export function strengthOf({ kind, context }: EventRecord, { strengths }: FoldSettings): number {
  const base = strengths[kind] ?? 0
  const units = context?.quantity ?? 1
  const dwell = context?.dwell ?? 0
  return base * (1 + Math.log2(Math.min(units, 64)) / 8) * (1 + Math.log2(1 + Math.min(dwell, 600) / 10) / 4)
}

class BucketCache {
  readonly #vectors: EventVectors
  readonly #settings: FoldSettings
  readonly #key: string
  readonly #days = new Map<number, Float64Array>()

  constructor(vectors: EventVectors, settings: FoldSettings) {
    this.#vectors = vectors
    this.#settings = settings
    this.#key = keyOf(settings)
  }

  serves(vectors: EventVectors, settings: FoldSettings): boolean {
    return vectors === this.#vectors && keyOf(settings) === this.#key
  }

  add(event: EventRecord): void {
    const weight = strengthOf(event, this.#settings)
    if (weight === 0) return
    const start = dayOf(event)
    const sum = this.#days.get(start) ?? zeroVector(this.#vectors)
    const growth = 2 ** ((event.time - start) / (this.#settings.halfLifeDays * dayMs))
    if (this.#vectors.add(event, weight * growth, sum)) this.#days.set(start, sum)
  }

  /** Folds the day of a removed event again from the events that are left. */
  refold(gone: EventRecord, events: readonly EventRecord[]): void {
    this.#days.delete(dayOf(gone))
    for (const event of events) if (dayOf(event) === dayOf(gone)) this.add(event)
  }

  inOrder(): DayBucket[] {
    return [...this.#days].map(([start, sum]) => ({ start, sum })).sort((a, b) => a.start - b.start)
  }
}

function dayOf(event: EventRecord): number {
  return Math.floor(event.time / dayMs) * dayMs
}

function keyOf({ halfLifeDays, strengths }: FoldSettings): string {
  return JSON.stringify([halfLifeDays, strengths])
}

/** Two reports of the same order line are one event. */
function orderLineOf({ kind, item, context }: EventRecord): string | undefined {
  return context?.order === undefined ? undefined : JSON.stringify([kind, context.order, item])
}
