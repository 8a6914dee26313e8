import type { ItemId, Recommender, Settings } from '../../index.ts'
import type { LabSession } from '../lab-session.ts'
import { problemOf } from '../problem-of.ts'
import { createStore, type Store } from '../store.ts'
import { createLogTools, type LogTools } from './log-tools.ts'
import { emptyMindState, type MindState } from './mind-state.ts'

export interface MindModel {
  readonly store: Store<MindState>
  readonly log: LogTools
  start(): void
  /** Takes the score of an item apart. */
  pick(item: ItemId): void
  search(text: string): void
  /** A point of the map, or none. */
  point(row: number | undefined): void
}

export interface MindOptions {
  readonly session: LabSession
  readonly recommender: Promise<Recommender>
  /** What the shop's requests say of the settings. */
  readonly settings: () => Partial<Settings>
  /** Ids of the shopper's list, best first. */
  readonly list: () => readonly ItemId[]
}

/** What the recommender makes of this shopper, computed anew after each event. */
export function createMindModel({ session, recommender, settings, list }: MindOptions): MindModel {
  const store = createStore(emptyMindState)
  let started = false
  let reading = false
  let wanted = false

  async function read(): Promise<void> {
    wanted = true
    if (reading) return
    reading = true
    try {
      while (wanted) {
        wanted = false
        const change = settings()
        const mind = await session.ask((lab) => lab.mind(change))
        const listed = (await session.ask((lab) => lab.rowsOf(list()))).filter((row) => row >= 0)
        store.set({ mind, listed, problem: undefined })
        await explain(store.state.item ?? list()[0])
        if (!store.state.map) store.set({ map: await session.ask((lab) => lab.map()) })
      }
    } catch (error) {
      store.set({ problem: problemOf(error) })
    } finally {
      reading = false
    }
  }

  async function explain(item: ItemId | undefined): Promise<void> {
    if (item === undefined) return
    const change = settings()
    const decomposition = await session.ask((lab) => lab.decompose({ item, settings: change }))
    store.set({ item, decomposition })
  }

  async function search(text: string): Promise<void> {
    store.set({ search: text })
    const found = text.trim() === '' ? [] : await session.ask((lab) => lab.find(text))
    if (store.state.search === text) store.set({ found })
  }

  async function point(row: number | undefined): Promise<void> {
    if (row === store.state.pointed) return
    store.set({ pointed: row, pointedCard: undefined })
    if (row === undefined) return
    const [card] = await session.ask((lab) => lab.rows([row]))
    if (store.state.pointed === row) store.set({ pointedCard: card })
  }

  return {
    store,
    log: createLogTools({ recommender, set: (change) => store.set(change), state: () => store.state }),
    start() {
      if (!started) session.watch(() => void read())
      started = true
      void read()
    },
    pick(item) {
      store.set({ found: [], search: '' })
      void explain(item).catch((error: unknown) => store.set({ problem: problemOf(error) }))
    },
    search: (text) => void search(text).catch(() => undefined),
    point: (row) => void point(row).catch(() => undefined),
  }
}
