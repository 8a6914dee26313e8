import type { Recommender, Shelf, ShelfAnswer, ShelfItem, ShelfRequest } from '../index.ts'
import type { HealthModel } from './health/health-model.ts'
import type { ShellReport } from '../lab/shell-api.ts'
import type { Shell } from '../lab/start-shell.ts'
import { oneAtATime } from './one-at-a-time.ts'
import type { State } from './state.ts'
import type { Store } from './store.ts'

const keptTimes = 48
const settleMs = 250
const settleTurns = 40

const forYou: ShelfRequest = { placement: 'for-you', limit: 8 }

export interface ObserveOptions {
  readonly recommender: Recommender
  readonly shell: Pick<Shell, 'report'>
  /** Hears how long an answer took. */
  readonly timed: HealthModel['timed']
  /** The list that a first visit gets. */
  readonly askAsStranger: (request: ShelfRequest) => Promise<ShelfAnswer>
}

export interface Observer {
  /** Asks for both lists anew: what they are asked with has changed. */
  renew(): void
  stop(): void
}

/** Keeps the panel's part of the state true: the shopper's list, the log, and how the engine fares. */
export function observe(store: Store<State>, { recommender, shell, timed, askAsStranger }: ObserveOptions): Observer {
  const end = new AbortController()

  const refresh = oneAtATime(ask)

  async function ask(): Promise<void> {
    if (end.signal.aborted) return
    const start = performance.now()
    const answer = await recommender.recommend(forYou)
    const roundTrip = performance.now() - start
    const [status, events] = await Promise.all([recommender.status(), recommender.profile.events()])
    timed({ answer: status.timings['page'], roundTrip })
    const requestTimes = [...store.state.requestTimes, status.timings['page'] ?? []].flat().slice(-keptTimes)
    store.set({
      status,
      events,
      requestTimes,
      roundTrip,
      ...(isNews(answer) && { forYou: answer.items, version: answer.version }),
    })
    await nameItems(events.flatMap(({ item }) => item ?? []))
    if (store.state.everyone.length === 0 && 'items' in answer) {
      store.set({ everyone: events.length === 0 ? answer.items : await everyone() })
    }
  }

  /** As on the shop's shelves: a list that is shown changes with the log alone. */
  function isNews(answer: ShelfAnswer): answer is Shelf {
    return 'items' in answer && answer.version !== store.state.version
  }

  /** The table and the choice of the scorer come after the first shelf, and change no list that is on screen. */
  async function follow(): Promise<void> {
    for (let turn = 0; turn < settleTurns && !end.signal.aborted; turn++) {
      await new Promise((resolve) => setTimeout(resolve, settleMs))
      const [status, report] = await Promise.all([recommender.status(), shell.report()])
      store.set({ status, ...(report && { weight: weightOf(report) || status.memory.table }) })
      if (store.state.forYou.length === 0) await refresh()
      if (status.coverage === 1 && Object.keys(status.scorer?.measured ?? {}).length > 0) return
    }
  }

  /** Titles of items that the shop's own catalogue does not have. */
  async function nameItems(ids: readonly string[]): Promise<void> {
    const { catalogue, cards } = store.state
    const known = (id: string) => cards.has(id) || (catalogue && catalogue !== 'missing' && catalogue.get(id))
    const unnamed = [...new Set(ids)].filter((id) => !known(id))
    if (unnamed.length === 0) return
    const found = await recommender.cards(unnamed)
    if (found.length === 0) return
    store.set({ cards: new Map([...cards, ...found.map((card) => [card.id, card] as const)]) })
  }

  const changed = () => void refresh().catch(() => {})
  const stop = recommender.profile.watch(changed)
  changed()
  follow().catch(() => {})
  return {
    renew() {
      store.set({ version: undefined, everyone: [] })
      changed()
    },
    stop() {
      end.abort()
      stop()
    },
  }

  /** Where a first visit gets no bundle, the shopper's own instance answers, all of the shopper's weights at zero. */
  async function everyone(): Promise<readonly ShelfItem[]> {
    const items = itemsOf(await askAsStranger(forYou))
    if (items.length > 0) return items
    return itemsOf(await recommender.recommend({ ...forYou, settings: { session: 0, profile: 0 } }))
  }
}

/** Bytes that went over the network. */
function weightOf({ files }: ShellReport): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0)
}

function itemsOf(answer: ShelfAnswer): readonly ShelfItem[] {
  return 'items' in answer ? answer.items : []
}
