import type { Consent } from '../protocol.ts'
import { createCommands, replayCommands } from './command-queue.ts'
import type { CommandTarget, Windowshop } from './command-queue.ts'
import { watchDataLayer } from './data-layer.ts'
import { readTagOptions } from './tag-options.ts'
import type { TagOptions } from './tag-options.ts'

/** The one instance of a page, as every script tag of it sees it. */
export interface PageInstance<R> {
  readonly options: TagOptions
  /** Settles when the recommender can be called; rejects with a code when it cannot be made. */
  readonly recommender: Promise<R>
}

/** How the page asks for a recommender; what it leaves out is the recommender's default. */
export interface StartOptions extends Pick<TagOptions, 'hydrate'> {
  readonly bundle: string
  readonly consent: Consent
  readonly scorer: TagOptions['scorer']
  readonly worker: string
  /** Subresource Integrity of the worker, checked when it is another origin's; empty while sources are served. */
  readonly integrity: string
}

type Loaded<R> = Windowshop & { readonly instance?: PageInstance<R> }

/**
 * Starts Windowshop in this page, once: a second tag gets the first one's instance. Installs `window.windowshop`, runs
 * what was queued, and reads the page's events. Never throws.
 */
export function startPage<R extends CommandTarget>(create: (options: StartOptions) => Promise<R>): PageInstance<R> {
  const scope = globalThis as unknown as { windowshop?: Loaded<R> & { q?: unknown } }
  const stub = scope.windowshop
  if (stub?.instance) return stub.instance

  const queue = stub?.q
  const options = readTagOptions(findScript(), startOptions(queue))
  const { bundle, consent, scorer, worker, hydrate } = options
  // In a promise, so that whatever it throws is a rejection.
  const recommender = Promise.resolve({
    bundle,
    consent,
    scorer,
    worker,
    integrity: __WORKER_INTEGRITY__,
    ...(hydrate && { hydrate }),
  }).then(create)
  recommender.catch(() => {})
  const windowshop = createCommands(recommender)
  const instance = { options, recommender }
  scope.windowshop = Object.assign(windowshop, { instance })

  replayCommands(windowshop, queue)
  if (options.capture !== 'off') {
    watchDataLayer({ name: options.layerName, track: (entry) => void windowshop('track', entry) })
  }
  return instance
}

/** `currentScript` is null in a module and in some tag managers. */
function findScript(): HTMLScriptElement | null {
  const { currentScript } = document
  return currentScript instanceof HTMLScriptElement ? currentScript : document.querySelector('script[data-bundle]')
}

function startOptions(queue: unknown): unknown {
  if (!Array.isArray(queue)) return undefined
  const entries = queue as (ArrayLike<unknown> | undefined)[]
  return entries.find((entry) => entry?.[0] === 'start')?.[1]
}
