import type { Consent, TrackResult } from '../protocol.ts'
import type { WithLiveCards } from '../worker-client/live-cards.ts'
import { createCommands, replayCommands } from './command-queue.ts'
import type { CommandTarget, Windowshop } from './command-queue.ts'
import { watchDataLayer } from './data-layer.ts'
import { openEars } from './late-parts.ts'
import type { Ears } from './late-parts.ts'
import { readTagOptions } from './tag-options.ts'
import type { TagOptions } from './tag-options.ts'

/** The one instance of a page, as every script tag of it sees it. */
export interface PageInstance<R> {
  readonly options: TagOptions
  /** Settles when the recommender can be called; rejects with a code when it cannot be made. */
  readonly recommender: Promise<R>
  readonly ears: Ears
}

/** How the page asks for a recommender; what it leaves out is the recommender's default. */
export interface StartOptions {
  readonly bundle: string
  readonly consent: Consent
  /** `data-settings`: JSON of settings that differ from the bundle's; of `start`, the object itself. */
  readonly settings: string | undefined
  /** `data-account`: a key of the customer who has signed in. */
  readonly account: string | undefined
  readonly globalPrivacyControl: TagOptions['globalPrivacyControl']
  readonly scorer: TagOptions['scorer']
  readonly worker: string
  /** Subresource Integrity of the worker, checked when it is another origin's; empty while sources are served. */
  readonly integrity: string
  readonly hydrate?: TagOptions['hydrate'] | undefined
  readonly wait: Promise<unknown> | undefined
  readonly live: Promise<WithLiveCards | undefined> | undefined
}

/** What a page needs of a recommender. */
export interface PageRecommender extends CommandTarget {
  track(this: void, event: unknown): Promise<TrackResult>
  cards(this: void, ids: readonly string[]): Promise<unknown>
}

/** What `windowshop.extras.js` does for a page. */
export interface Extras {
  readonly withLiveCards: WithLiveCards
  /** Takes the page's events over, follows consent, reports; its promise settles when consent is known, or late. */
  startExtras(instance: PageInstance<never>): Promise<unknown>
  diagnose(instance: PageInstance<never>): Promise<unknown>
}

/** A consent platform that has not answered by then counts as `unknown`; what it says later counts then. */
const patienceMs = 1500

type Loaded<R> = Windowshop & { readonly instance?: PageInstance<R> }

/**
 * Starts Windowshop in this page, once: a second tag gets the first one's instance. Installs `window.windowshop`, runs
 * what was queued, reads the page's events, and loads what can wait until the first shelf may stand. Never throws: what `create` meets is a rejection.
 */
export function startPage<R extends PageRecommender>(
  create: (options: StartOptions) => Promise<R>,
  loadExtras: (worker: string) => Promise<Extras>,
): PageInstance<R> {
  const scope = globalThis as unknown as { windowshop?: Loaded<R> & { q?: unknown } }
  const stub = scope.windowshop
  if (stub?.instance) return stub.instance

  const queue: unknown[] = Array.isArray(stub?.q) ? stub.q : []
  const options = readTagOptions(findScript(), startOptions(queue))
  const { worker, hydrate, capture, layerName, given } = options
  let loading: Promise<Extras> | undefined
  const extras = () => (loading ??= loadExtras(worker))
  const start = async () => (await extras()).startExtras(instance as never)
  let made: R
  const ears = openEars((entry) => made.track(entry))
  // Without the answer of a consent platform it is not known whose history counts.
  const asksConsent = /google|tcf|shopify/.test(given['consent'] as string)
  const wait = asksConsent ? Promise.race([pause(patienceMs), start()]).catch(() => {}) : undefined
  const recommender = create({
    ...options,
    integrity: __WORKER_INTEGRITY__,
    wait,
    settings: given['settings'] as string | undefined,
    account: given['account'] as string | undefined,
    live:
      hydrate &&
      extras().then(
        ({ withLiveCards }) => withLiveCards,
        () => undefined,
      ),
  }).then((created) => {
    made = created
    // What the page says itself is one source among several.
    return { ...created, track: (entry: unknown) => ears.hear('own', entry), doctor }
  })
  const doctor = async () => (await extras()).diagnose(instance as never)
  const windowshop = createCommands(recommender)
  const instance: PageInstance<R> = { options, recommender, ears }
  scope.windowshop = Object.assign(windowshop, { instance, doctor })

  replayCommands(windowshop, queue)
  if (/all|data-layer/.test(capture)) {
    watchDataLayer({
      name: layerName,
      track: (entry) =>
        void recommender.then(
          () => ears.hear('data-layer', entry),
          () => {},
        ),
    })
  }
  // The bundle's head is there, or will not come: what is left may take the line now.
  if (!wait)
    recommender
      .then(({ cards }) => cards([]))
      .then(start, start)
      .catch(() => {})
  return instance
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** `currentScript` is null in a module and in some tag managers. */
function findScript(): HTMLScriptElement | null {
  const { currentScript } = document
  return currentScript instanceof HTMLScriptElement ? currentScript : document.querySelector('script[data-bundle]')
}

function startOptions(queue: readonly unknown[]): unknown {
  return (queue as readonly (ArrayLike<unknown> | null)[]).find((entry) => entry?.[0] === 'start')?.[1]
}
