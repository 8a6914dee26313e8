import type { EventRecord, ItemId, NewEvent } from './core/event.ts'
import { parseEvent } from './core/parse-event.ts'
import type { Card, Fallback, ShelfAnswer, ShelfRequest } from './core/shelf.ts'
import { codeOf } from './errors.ts'
import type { Rule } from './core/rule.ts'
import type { StockChanges } from './core/stock.ts'
import type { Consent, OpenOptions, PastOrder, ShopNews, Status, TrackResult, Who, WhoChange } from './protocol.ts'
import { connectWorker, type WorkerCall } from './worker-client/connect-worker.ts'
import type { Hydrate, WithLiveCards } from './worker-client/live-cards.ts'
import { toProgress, type DownloadProgress } from './worker-client/download-progress.ts'
import { startWorker } from './worker-client/start-worker.ts'
import { createWatchers, type WatchOptions } from './worker-client/watchers.ts'

export interface RecommenderOptions extends Partial<Omit<OpenOptions, 'bundle' | 'scorers' | 'late' | 'progress'>> {
  /** URL of the bundle's manifest, relative to the page. */
  readonly bundle: string
  /** Nothing is written until it is `granted`; `unknown` by default. */
  readonly consent?: Consent
  /** URL of the worker's file, `windowshop.worker.js` beside this one by default; or a function that starts it. */
  readonly worker?: string | URL | (() => Worker | Promise<Worker>)
  /** Subresource Integrity of the worker's file, checked when it is another origin's. */
  readonly integrity?: string
  /** Asks the shop for live price, address and visibility of items, within a second; those that it leaves out are not shown. */
  readonly hydrate?: Hydrate | undefined
  /** With Global Privacy Control in the browser nothing is ever kept (`deny`, the default), unless the shop has decided otherwise. */
  readonly globalPrivacyControl?: 'deny' | 'ignore'
  /** Told how far the bundle's files are that come over the network: none that is kept, nor those that change in place. Of the module only. */
  readonly onProgress?: ((progress: DownloadProgress) => void) | undefined
  /** URL of the late scorers' file, `windowshop.scorers.js` beside the worker's by default. */
  readonly scorers?: string
  /** URL of the worker's late parts, `windowshop.late.js` beside the worker's file by default. */
  readonly late?: string
}

/** What the script tag loads later than the module, which has it from the start. */
export interface LateParts {
  /** What `hydrate` needs. */
  readonly live?: WithLiveCards | Promise<WithLiveCards | undefined> | undefined
  /** No shelf is asked for before it has settled: the answer of a consent platform, which says whose history counts. */
  readonly wait?: Promise<unknown> | undefined
}

/** The shopper's own data. Unlike what shelves call, these reject with a `WindowshopError` when they fail. */
export interface Profile {
  /** The event log, oldest first; all of it, or what happened at `since` (milliseconds since the epoch) or later. */
  events(since?: number): Promise<EventRecord[]>
  /** Deletes one event: as if it had never happened. False when there is none of this id. */
  remove(eventId: string): Promise<boolean>
  /** Stops recording; `track` answers `{ refused: 'paused' }` until `resume`. */
  pause(): Promise<void>
  resume(): Promise<void>
  /** Past orders of a known customer; the same order counts once however often it is added. */
  addHistory(orders: readonly PastOrder[]): Promise<TrackResult>
  export(): Promise<string>
  import(json: string): Promise<{ readonly imported: number }>
  /** Deletes everything, in all tabs. */
  erase(): Promise<void>
  /** Changes who is at this device (a customer, one of several shoppers, somebody who is choosing a gift), or only tells. */
  who(change?: WhoChange): Promise<Who>
  /** Calls back after every change of the log, here or in another tab. Returns its undo. */
  watch(listener: () => void): () => void
}

export interface Recommender {
  /** Records a GA4 object, gtag's arguments or `{ kind, item }`. Never rejects and never throws. */
  track(event: unknown): Promise<TrackResult>
  /** A shelf, or why the shop's own HTML should stay. Never rejects. */
  recommend(request: ShelfRequest): Promise<ShelfAnswer>
  /** Several shelves at once, none with an item of another, in their order of priority. Never rejects. */
  page(requests: readonly ShelfRequest[]): Promise<ShelfAnswer[]>
  /** The shop's own list, best for this shopper first, once all items are loaded (four seconds at most). Never rejects. */
  rerank(ids: readonly ItemId[]): Promise<{ readonly ids: readonly ItemId[] } | Fallback>
  cards(ids: readonly ItemId[]): Promise<Card[]>
  /** Answers now, and again whenever the shopper has acted; an answer on screen never changes for another reason. */
  watch(request: ShelfRequest, listener: (answer: ShelfAnswer) => void, options?: WatchOptions): () => void
  readonly profile: Profile
  /** Changes the log in a way that shelves on screen do not follow: nothing that the shopper did just now. */
  quietly<T>(work: () => Promise<T>): Promise<T>
  /** The shop's rules of this page, beside those of the bundle; they take the place of those given before. */
  rules(rules: readonly Rule[]): Promise<void>
  /** What is in stock, and at which price, since the bundle was built; added to what was said before. */
  stock(changes: StockChanges): Promise<void>
  /** Withdrawal erases; rejects with a code when something could not be removed. */
  consent(state: Consent): Promise<void>
  status(): Promise<Status>
  close(): void
}

/** Events that wait for their answer; more are refused. */
const maxWaiting = 1000
const overloaded = Promise.resolve<TrackResult>({ refused: 'overloaded' })

/** Starts the worker and opens the bundle in it; does not wait for either. */
export async function createRecommender(options: RecommenderOptions & LateParts): Promise<Recommender> {
  const {
    bundle,
    hydrate,
    live,
    wait,
    worker = __TAG__ ? '' : new URL('./windowshop.worker.js', import.meta.url),
    integrity,
  } = options
  const { scorer, retentionDays, headOnly = isFrugal(), settings } = options
  /** Whose profile the next worker opens. */
  let { account } = options
  const url = new URL(bundle, document.baseURI).href
  const made = !__TAG__ && typeof worker === 'function' ? worker : undefined
  const file = made ? url : new URL(worker as string, url).href
  // Files of these names lie beside a worker that is named; bundlers give them names of their own.
  const beside = __TAG__ || typeof worker === 'string'
  const scorers = beside ? 'windowshop.scorers.js' : new URL('./windowshop.scorers.js', import.meta.url)
  const late = beside ? 'windowshop.late.js' : new URL('./windowshop.late.js', import.meta.url)
  const { globalPrivacyControl } = navigator as { globalPrivacyControl?: boolean }
  const barred = globalPrivacyControl && options.globalPrivacyControl !== 'ignore'
  let consent: Consent = barred ? 'denied' : (options.consent ?? 'unknown')
  let quiet = false
  /** Events of this tick, to be sent in one message. */
  let batch:
    | { readonly events: NewEvent[]; readonly result: Promise<TrackResult>; readonly send: () => void }
    | undefined
  let waiting = 0
  /** What lives in the worker's memory alone, for the next worker if this one dies. */
  let unsaved: NewEvent[] = []
  /** What the page has said of its shop, for the next worker. */
  const told: ['shop', ShopNews][] = []

  const connection = connectWorker({
    start: made ?? (() => startWorker({ url: file, integrity })),
    greet: () => [
      [
        'open',
        {
          bundle: url,
          scorers: new URL(__TAG__ ? scorers : (options.scorers ?? scorers), file).href,
          ...(!__TAG__ && { late: new URL(options.late ?? late, file).href, progress: Boolean(options.onProgress) }),
          consent,
          scorer,
          retentionDays,
          headOnly,
          settings,
          account,
        },
      ],
      ...told,
      ...(unsaved.length > 0 ? [['track', unsaved] as const] : []),
    ],
    notice: ({ cause, download }) => {
      if (!__TAG__ && download) return options.onProgress?.(toProgress(download))
      // The next worker must not bring back what is gone.
      if (cause === 'erased') unsaved = []
      if (cause === 'locked') account = ''
      if (cause === 'withdrawn') consent = 'denied'
      if (!quiet) watchers.refresh(cause === 'bundle' ? 'empty' : 'all')
      if (cause !== 'bundle') for (const listener of logListeners) listener()
    },
  })

  /** What is asked after an event has to know of it. */
  const call: WorkerCall = (method, ...values) => {
    batch?.send()
    return connection.call(method, ...values)
  }

  function tell(news: ShopNews): Promise<void> {
    told.push(['shop', news])
    return call('shop', news)
  }

  function startBatch(): NonNullable<typeof batch> {
    const events: NewEvent[] = []
    let send = () => {}
    const result = new Promise<TrackResult>((resolve) => {
      send = () => {
        if (batch?.events !== events) return
        batch = undefined
        resolve(store(events))
      }
    })
    queueMicrotask(send)
    return { events, result, send }
  }

  async function store(events: readonly NewEvent[]): Promise<TrackResult> {
    try {
      const result = await connection.call('track', events)
      if ('stored' in result) unsaved = result.stored === 'disk' ? [] : [...unsaved, ...events].slice(-maxWaiting)
      return result
    } catch (error) {
      return { refused: codeOf(error, 'event-malformed') }
    } finally {
      waiting -= events.length
    }
  }

  const ask: Recommender['page'] = async (requests) => call('page', requests)
  const answer: Recommender['page'] = async (requests) => {
    await wait
    const withCards = hydrate && (await live)
    return (withCards ? withCards(ask, hydrate) : ask)(requests)
  }
  const page: Recommender['page'] = (requests) =>
    answer(requests).catch((error: unknown) => {
      const fallback = codeOf(error, 'request-malformed')
      return Array.from(requests ?? [], () => ({ fallback }))
    })
  const watchers = createWatchers(page)
  const logListeners = new Set<() => void>()
  /** Into the back-forward cache and out of it. */
  const onTransition = ({ type, persisted }: PageTransitionEvent) => {
    if (!persisted) return
    call('rest', type === 'pagehide').catch(() => {})
    if (type === 'pageshow') watchers.refresh('all')
  }
  for (const type of ['pagehide', 'pageshow'] as const) addEventListener(type, onTransition)

  return {
    page,
    track(input) {
      if (waiting >= maxWaiting) return overloaded
      const parsed = parseEvent(input, { now: Date.now(), newId })
      if ('refused' in parsed) return Promise.resolve(parsed)
      waiting += parsed.events.length
      batch ??= startBatch()
      batch.events.push(...parsed.events)
      return batch.result
    },
    recommend: async (request) => (await page([request]))[0]!,
    rerank: (ids) => call('rerank', ids).catch((error) => ({ fallback: codeOf(error, 'request-malformed') })),
    cards: (ids) => call('cards', ids),
    watch: watchers.add,
    profile: {
      events: (since) => call('events', since),
      remove(id) {
        unsaved = unsaved.filter((event) => event.id !== id)
        return call('remove', id)
      },
      pause: () => call('pause', true),
      resume: () => call('pause', false),
      addHistory: (orders) => call('addHistory', orders),
      export: () => call('exportLog'),
      import: (json) => call('importLog', json),
      erase() {
        unsaved = []
        return call('erase')
      },
      who(change) {
        account = change?.account ?? account
        return call('who', change)
      },
      watch(listener) {
        logListeners.add(listener)
        return () => logListeners.delete(listener)
      },
    },
    async quietly(work) {
      quiet = true
      try {
        return await work()
      } finally {
        quiet = false
      }
    },
    rules: (rules) => tell({ rules }),
    stock: (stock) => tell({ stock }),
    consent(state) {
      if (consent === 'granted') unsaved = []
      consent = barred ? 'denied' : state
      return call('consent', consent)
    },
    status: () => call('status'),
    close() {
      for (const type of ['pagehide', 'pageshow'] as const) removeEventListener(type, onTransition)
      watchers.close()
      connection.close()
    },
  }
}

/** 128 random bits; `crypto.randomUUID` is missing on pages without TLS. */
function newId(): string {
  return crypto.getRandomValues(new Uint32Array(4)).join('-')
}

/** Save-Data, or a device with little memory: the head of the bundle is enough. */
function isFrugal(): boolean {
  const { connection, deviceMemory = 8 } = navigator as { connection?: { saveData?: boolean }; deviceMemory?: number }
  return connection?.saveData || deviceMemory <= 1
}
