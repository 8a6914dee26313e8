import type { Recommender, Settings } from '../../index.ts'
import type { LabSession } from '../lab-session.ts'
import { logOf } from '../mind/log-tools.ts'
import { oneAtATime } from '../one-at-a-time.ts'
import { problemOf } from '../problem-of.ts'
import { createStore, type Store } from '../store.ts'
import type { Tuner } from '../tune/tuner.ts'
import { emptyMeasureState, type MeasureState } from './measure-state.ts'

const k = 20
const coldCounts = [0, 1, 2, 3]
const coldLimit = 6

export interface MeasureModel {
  readonly store: Store<MeasureState>
  start(): void
  /** Becomes a shopper of the sample shop; undefined: oneself again. */
  become(persona: string | undefined): void
  /** Asks shoppers whose likes are known, after so many views of each. */
  survey(views: number): void
  /** Opens the report of `windowshop evaluate`. */
  open(file: File): void
  close(): void
}

export interface MeasureOptions {
  readonly session: LabSession
  readonly tuner: Tuner
  readonly recommender: Promise<Recommender>
  /** Where the sample shop tells what it was made from; undefined for other shops. */
  readonly truth: string | undefined
  /** Whether the page is cut off: what would be fetched is counted then, and waits. */
  readonly blocks: () => boolean
}

/** How good A and B are for this visitor's own log, and for shoppers whose likes are known. */
export function createMeasureModel({ session, tuner, recommender, truth, blocks }: MeasureOptions): MeasureModel {
  const store = createStore(emptyMeasureState)
  let started = false
  let measured = ''

  const measure = oneAtATime(async () => {
    try {
      await session.shop()
      const settings = tuner.changes()
      const basis = JSON.stringify([settings, session.events().map(({ id }) => id)])
      if (basis === measured) return
      const replay = await session.ask((lab) => lab.replay({ settings, k }))
      const cold = await Promise.all(
        settings.map((change) =>
          session.ask((lab) => lab.coldStart({ settings: change, counts: coldCounts, limit: coldLimit })),
        ),
      )
      measured = basis
      store.set({ replay, cold, problem: undefined })
    } catch (error) {
      store.set({ problem: problemOf(error) })
    }
  })

  /** Meets the sample shop's shoppers; whoever is offline meets them the next time. */
  async function meet(): Promise<void> {
    if (truth === undefined || store.state.personas.length > 0) return
    if (blocks()) return store.set({ areAway: true })
    try {
      store.set({ personas: await session.keep('personas', (lab) => lab.personas(truth)), areAway: false })
    } catch {
      store.set({ areAway: true })
    }
  }

  async function become(persona: string | undefined): Promise<void> {
    const { profile } = await recommender
    const ownLog = store.state.ownLog ?? (await profile.export())
    const events =
      persona === undefined ? undefined : await session.ask((lab) => lab.viewsOf({ persona, now: Date.now() }))
    await profile.erase()
    await profile.import(events ? logOf(events) : ownLog)
    store.set({ persona, ownLog: persona === undefined ? undefined : ownLog })
  }

  async function survey(views: number): Promise<void> {
    if (truth === undefined || store.state.running) return
    store.set({ running: true })
    try {
      const settings: readonly Partial<Settings>[] = tuner.changes()
      store.set({ population: await session.ask((lab) => lab.population({ settings, views, seed: 1 })) })
    } finally {
      store.set({ running: false })
    }
  }

  async function open(file: File): Promise<void> {
    try {
      const page = await session.lab.report(await file.text())
      store.set({ report: { name: file.name, page }, reportProblem: undefined })
    } catch (error) {
      store.set({ report: undefined, reportProblem: problemOf(error) })
    }
  }

  const tell = (error: unknown) => store.set({ problem: problemOf(error) })
  return {
    store,
    start() {
      tuner.start()
      void measure()
      void meet()
      if (started) return
      started = true
      session.watch(() => void measure())
      tuner.store.subscribe(() => void measure())
    },
    become: (persona) => void become(persona).catch(tell),
    open: (file) => void open(file),
    close: () => store.set({ report: undefined }),
    survey: (views) => void survey(views).catch(tell),
  }
}
