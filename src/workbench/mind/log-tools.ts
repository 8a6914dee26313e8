import type { EventKind, EventRecord, ItemId, Recommender } from '../../index.ts'
import { problemOf } from '../problem-of.ts'
import type { MindState } from './mind-state.ts'

/** An event as one writes it by hand. */
export interface HandEvent {
  readonly kind: EventKind
  /** An item's id, or the words of a search. */
  readonly what: string
  /** Milliseconds since the epoch. */
  readonly time: number
}

/** What can be done to the event log beside living through it. */
export interface LogTools {
  filter(change: Pick<Partial<MindState>, 'logKind' | 'logText'>): void
  edit(id: string | undefined): void
  add(event: HandEvent): void
  /** Puts another event in the place of one. */
  replace(id: string, event: HandEvent): void
  remove(id: string): void
  import(file: Blob): void
  /** Empties the log and lives through it again, so many events a second; what is not reached by `stop` comes back at once. */
  replay(events: readonly EventRecord[], perSecond: number): void
  stop(): void
}

interface LogToolsOptions {
  readonly recommender: Promise<Recommender>
  readonly state: () => MindState
  readonly set: (change: Partial<MindState>) => void
}

export function createLogTools({ recommender, state, set }: LogToolsOptions): LogTools {
  let stopped = true
  const run = (work: (profile: Recommender['profile']) => Promise<unknown>) => {
    recommender.then(({ profile }) => work(profile)).catch((error: unknown) => set({ problem: problemOf(error) }))
  }

  async function replay(events: readonly EventRecord[], perSecond: number): Promise<void> {
    const { profile } = await recommender
    stopped = false
    await profile.erase()
    let next = 0
    try {
      for (; next < events.length && !stopped; next++) {
        set({ replayed: next })
        await profile.import(logOf([events[next]!]))
        await new Promise((resolve) => setTimeout(resolve, 1000 / perSecond))
      }
    } finally {
      // Whatever happened: no event is lost.
      if (next < events.length) await profile.import(logOf(events.slice(next)))
      stopped = true
      set({ replayed: undefined })
    }
  }

  return {
    filter: set,
    edit: (editing) => set({ editing }),
    add: (event) => run((profile) => profile.import(logOf([recordOf(event)]))),
    replace(id, event) {
      set({ editing: undefined })
      run(async (profile) => {
        await profile.remove(id)
        await profile.import(logOf([recordOf(event)]))
      })
    },
    remove: (id) => run((profile) => profile.remove(id)),
    import: (file) => run(async (profile) => profile.import(await file.text())),
    replay(events, perSecond) {
      if (state().replayed !== undefined || events.length === 0) return
      replay(events, perSecond).catch((error: unknown) => set({ problem: problemOf(error) }))
    },
    stop: () => void (stopped = true),
  }
}

type Exported = Omit<EventRecord, 'seq' | 'profile'>

function recordOf({ kind, what, time }: HandEvent): Exported {
  const id = crypto.randomUUID()
  return kind === 'search' ? { id, time, kind, context: { query: what } } : { id, time, kind, item: what as ItemId }
}

/** A log as `profile.export` writes it. */
export function logOf(events: readonly Exported[]): string {
  const plain = events.map(({ id, time, kind, item, context }) => ({ id, time, kind, item, context }))
  return JSON.stringify({ format: 'windowshop-log/1', events: plain })
}
