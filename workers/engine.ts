import { formatPrice } from '../src/core/format-price.ts'
import type { Fallback, ShelfAnswer, ShelfRequest } from '../src/core/shelf.ts'
import type { Settings } from '../src/core/settings.ts'
import { codeOf, WindowshopError } from '../src/errors.ts'
import { answerPage } from '../src/pipeline/answer-page.ts'
import type { Shop } from '../src/pipeline/shop.ts'
import type { ChangeNotice, Consent, Status, WorkerApi } from '../src/protocol.ts'
import { forgetBundles, openBundleStore, type BundleStore } from './bundle-store.ts'
import { History } from './history.ts'
import { loadLateModels, loadLateParts, loadLateScorers, type LateParts } from './load-late.ts'
import * as parse from './parse-arguments.ts'
import { ServedShop } from './served-shop.ts'
import { within } from './within-deadline.ts'

export interface EngineOptions {
  /** Tells the page that shelves may be asked for again. */
  readonly post: (notice: ChangeNotice) => void
  /** Milliseconds since the epoch; `Date.now` by default. */
  readonly now?: () => number
}

/** How long a shelf waits for the bundle's head, and for the log: the page's own deadline is 5 s. */
const bundlePatienceMs = 4000
const logPatienceMs = 1500

interface Session {
  readonly options: parse.EngineSettings
  readonly history: History
  readonly store: BundleStore
  readonly shop: ServedShop
  /** Settles when all holds that the page has said of the shop. */
  told: Promise<unknown>
  readonly late: () => Promise<LateParts>
  readonly changed: (cause: ChangeNotice['cause']) => void
  consent: Consent
}

/** The worker's wiring: each method of the protocol, answered by the history and the shop. */
export function createEngine({ post, now = Date.now }: EngineOptions): WorkerApi {
  let session: Session | undefined
  const timings: Record<string, number> = {}

  const opened = (): Session => session ?? refuse('open first')

  function start(options: parse.EngineSettings): Session {
    const changed = (cause: ChangeNotice['cause']) => post({ windowshop: 'changed', cause })
    const { scorers, late: lateUrl, scorer, headOnly } = options
    const late = () => loadLateParts(lateUrl ?? new URL('windowshop.late.js', scorers).href)
    const history = new History({
      now,
      retentionDays: options.retentionDays,
      account: options.account && `account ${options.account}`,
      changed,
      loadLate: late,
      withdrawn() {
        created.consent = 'denied'
        // What this tab was about to keep when the other one removed all.
        forgetBundles().catch(() => undefined)
        changed('withdrawn')
      },
    })
    const store = openBundleStore({
      url: options.bundle,
      mayKeep: () => created.consent === 'granted',
      loadKeeper: late,
      progress: options.progress
        ? (news) => post({ windowshop: 'changed', cause: 'download', download: news })
        : undefined,
      now,
    })
    let settings: Partial<Settings> = {}
    let problem: Status['problem']
    try {
      settings = parse.parseSettings(options.settings)
    } catch (error) {
      problem = { code: 'option-invalid', message: String(error) }
    }
    const shop = new ServedShop({
      scorer,
      headOnly,
      settings,
      problem,
      ...(scorers && { scorers, loadScorers: loadLateScorers, loadModels: loadLateModels }),
      loadLate: late,
      store,
      changed,
    })
    const created: Session = {
      options,
      history,
      store,
      shop,
      late,
      changed,
      told: Promise.resolve(),
      consent: 'unknown',
    }
    return created
  }

  async function applyConsent(current: Session, state: Consent): Promise<void> {
    const before = current.consent
    current.consent = state
    if (state === 'granted') {
      const begin = performance.now()
      await current.history.persist()
      timings['log'] = performance.now() - begin
    } else if (before === 'granted' || state === 'denied') {
      // A denial also removes what an earlier visit left, with a consent that is gone since.
      await Promise.all([current.history.withdraw(), forgetBundles()])
    }
  }

  /** `whole`: the answer wants all items, not only those of the bundle's head. */
  async function withShop<T>(
    answer: (shop: Shop, current: Session) => Promise<T>,
    whole = false,
  ): Promise<T | Fallback> {
    const current = opened()
    await Promise.all([
      within(bundlePatienceMs, current.told),
      current.shop[whole ? 'whole' : 'within'](bundlePatienceMs),
      within(logPatienceMs, current.history.ready),
    ])
    const shop = current.shop.current
    if (!shop) return { fallback: current.shop.problem?.code ?? 'no-bundle' }
    return current.shop.answer(shop, (serving) => answer({ ...serving, ...current.shop.ruled }, current))
  }

  return {
    async open(input) {
      if (session) refuse('open once')
      const options = parse.parseOpenOptions(input)
      session = start(options)
      // Nothing here holds up the page: `status` tells what came of it.
      applyConsent(session, options.consent).catch(() => undefined)
      void session.shop.load()
      // Loads the data of the visitor's language while the bundle is on its way: a first price takes 20 ms.
      formatPrice(0, 'EUR', navigator.language)
    },

    async track(input) {
      return opened().history.track(parse.parseEvents(input))
    },

    async page(input) {
      if (!Array.isArray(input)) refuse('a list of requests')
      const requests = input.map((request) => attempt(() => parse.parseRequest(request)))
      const valid = requests.filter((request): request is ShelfRequest => !('fallback' in request))
      const answers = await withShop(async (shop, { history }) => {
        const begin = performance.now()
        const result = await answerPage(shop, history.fold, valid, now())
        timings['page'] = performance.now() - begin
        return result
      })
      const queue = (Array.isArray(answers) ? answers : valid.map(() => answers)).values()
      return requests.map((request): ShelfAnswer => ('fallback' in request ? request : queue.next().value!))
    },

    async rerank(input) {
      const ids = parse.parseItemIds(input)
      const order = async (shop: Shop, { history, late }: Session) => ({
        ids: await (await late()).rerank(ids, { shop, fold: history.fold, now: now(), answerPage }),
      })
      return withShop(order, true)
    },

    async cards(input) {
      const ids = parse.parseItemIds(input)
      const bundle = (await opened().shop.within(bundlePatienceMs))?.bundle
      return ids.flatMap((id) => {
        const row = bundle?.rowOf(id)
        return row === undefined ? [] : [bundle!.card(row)]
      })
    },

    async events(since) {
      await opened().history.ready
      const from = typeof since === 'number' ? since : -Infinity
      return opened().history.fold.events.filter(({ time }) => time >= from)
    },

    remove: async (id) => opened().history.remove(String(id)),
    pause: async (paused) => opened().history.pause(paused === true),

    async addHistory(input) {
      const { history, options, late } = opened()
      return (await late()).addHistory(history, input, { now: now(), retentionDays: options.retentionDays })
    },
    async exportLog() {
      const { history, late } = opened()
      return (await late()).exportLog(history)
    },
    async importLog(json) {
      const { history, late } = opened()
      return (await late()).importLog(history, json)
    },

    async who(change) {
      const { history, late } = opened()
      return (await late()).who(history, change)
    },

    async shop(input) {
      const current = opened()
      const telling = current.shop.desk().then((desk) => desk.tell(input))
      current.told = Promise.allSettled([current.told, telling])
      await telling
      current.changed('shop')
    },

    erase: async () => opened().history.erase(),
    consent: async (state) => applyConsent(opened(), parse.parseConsent(state)),
    rest: async (resting) => opened().history.rest(resting === true),

    async status() {
      const { shop, history, store, consent } = opened()
      const { bundle, scorer } = shop.current ?? {}
      const manifest = bundle?.manifest
      const problem = shop.problem ?? shop.ruled.problem
      return {
        ...(manifest && {
          bundle: {
            id: manifest.bundle,
            generation: manifest.generation,
            shop: manifest.shop,
            items: manifest.items,
            segments: manifest.segments,
          },
        }),
        coverage: bundle ? bundle.table.items / bundle.manifest.items : 0,
        tiers: shop.tiers,
        ...(shop.scorerStatus && { scorer: shop.scorerStatus }),
        consent,
        storage: history.storage,
        paused: history.paused,
        timings: { ...shop.timings, ...timings },
        transfer: { received: store.received, sent: 0 },
        memory: { table: bundle?.bytes ?? 0, scorer: scorer?.bytes ?? 0 },
        ...(problem && { problem }),
      }
    },
  }
}

function attempt<T>(work: () => T): T | Fallback {
  try {
    return work()
  } catch (error) {
    const fallback = codeOf(error, 'request-malformed')
    return error instanceof Error ? { fallback, reason: error.message } : { fallback }
  }
}

function refuse(expected: string): never {
  throw new WindowshopError('call-refused', { expected })
}
