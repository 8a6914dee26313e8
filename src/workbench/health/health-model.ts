import type { Recommender, ShelfRequest, TrackResult } from '../../index.ts'
import type { Shell } from '../../lab/start-shell.ts'
import { createStore, type Store } from '../store.ts'
import { emptyHealthState, type FaultName, type HealthState } from './health-state.ts'
import { readDevice } from './read-device.ts'

const keptTimes = 300
const keptSignals = 50
const keptRecoveries = 20
const patienceMs = 20_000
const refreshMs = 3000
const forYou: ShelfRequest = { placement: 'for-you', limit: 8 }

export interface HealthModel {
  readonly store: Store<HealthState>
  start(): void
  /** Makes something go wrong, or right again, and sees how the next list comes. */
  fault(name: FaultName): void
  /** Keeps a raw signal, and what became of it. */
  signal(raw: unknown, result: Promise<TrackResult>): void
  /** How long an answer took. */
  timed(times: { readonly answer?: number | undefined; readonly roundTrip?: number | undefined }): void
}

export interface HealthOptions {
  readonly recommender: Promise<Recommender>
  readonly shell: Shell
  readonly fly: (on: boolean) => void
}

export function createHealthModel({ recommender, shell, fly }: HealthOptions): HealthModel {
  const store = createStore(emptyHealthState)
  let timer = 0

  const ids = async () => {
    const answer = await (await recommender).recommend(forYou)
    return 'items' in answer ? { list: answer.items.map(({ card }) => card.id).join() } : { lacks: answer.fallback }
  }

  async function look(): Promise<void> {
    store.set({ device: await readDevice(shell) })
  }

  /** A lasting fault is taken back by the second push. */
  function toggle(name: 'storage' | 'network' | 'bundle'): boolean {
    const on = !store.state.on[name]
    store.set({ on: { ...store.state.on, [name]: on } })
    if (name === 'network') fly(on)
    else shell.setFaults(name === 'storage' ? { full: on } : { broken: on })
    // A bundle is read when a worker starts.
    if (name === 'bundle') shell.kill()
    return on
  }

  function cause(name: FaultName): boolean {
    if (name === 'gpu') shell.loseGpu()
    else if (name === 'worker') shell.kill()
    else return toggle(name)
    return true
  }

  async function fault(name: FaultName): Promise<void> {
    if (store.state.trying) return
    store.set({ trying: name })
    try {
      const before = await ids()
      const start = performance.now()
      const on = cause(name)
      let now = await ids()
      while (now.lacks && performance.now() - start < patienceMs) now = await ids()
      const milliseconds = performance.now() - start
      const { scorer, problem } = await (await recommender).status()
      const recovery = {
        at: Date.now(),
        fault: name,
        on,
        milliseconds,
        scorer: scorer?.name ?? '',
        same: now.list === before.list,
        problem: now.lacks ?? problem?.code,
      }
      store.set({ recoveries: [recovery, ...store.state.recoveries].slice(0, keptRecoveries) })
      await look()
    } finally {
      store.set({ trying: undefined })
    }
  }

  const kept = (times: readonly number[], time: number | undefined) =>
    time === undefined ? times : [...times, time].slice(-keptTimes)

  return {
    store,
    start() {
      void look()
      timer ||= window.setInterval(() => {
        // A page in the background, or another view, asks for nothing.
        if (document.hidden || !document.querySelector('.health')) return
        void look()
      }, refreshMs)
    },
    fault: (name) => void fault(name),
    signal(raw, result) {
      const signal = { at: Date.now(), raw: shorten(raw), result: undefined }
      store.set({ signals: [signal, ...store.state.signals].slice(0, keptSignals) })
      void result.then((told) =>
        store.set({ signals: store.state.signals.map((each) => (each === signal ? { ...each, result: told } : each)) }),
      )
    },
    timed: ({ answer, roundTrip }) =>
      store.set({
        answers: kept(store.state.answers, answer),
        roundTrips: kept(store.state.roundTrips, roundTrip),
      }),
  }
}

function shorten(raw: unknown): string {
  try {
    return JSON.stringify(raw)?.slice(0, 400) ?? String(raw)
  } catch {
    return String(raw)
  }
}
