import { eventKinds } from '../core/event.ts'

export interface DataLayerOptions {
  /** Receives each ecommerce entry as it was pushed: `{ event, ecommerce }` or gtag's `arguments`. */
  readonly track: (entry: object) => unknown
  /** The global that holds the array; `dataLayer` by default. */
  readonly name?: string
}

/** Lists that Windowshop reports back carry this prefix in `item_list_id`, so that it never learns from its own echo. */
export const ownListPrefix = 'windowshop'

/** Entries that are read when the script arrives late; older ones are left alone. */
const replayLimit = 500

/** All kinds but the last, `dismiss`: that is no event of a shop. */
const captured = new Set<unknown>([...eventKinds.slice(0, -1), 'view_search_results'])

type Push = (this: unknown, ...entries: unknown[]) => number

/**
 * Reads GA4 ecommerce events from the page's data layer: first what is in it already, then every `push`. The page's own
 * `push` is called first and its result returned; an object that is pushed twice counts once.
 * Shapes: https://developers.google.com/analytics/devguides/collection/ga4/ecommerce
 * A layer that cannot be changed is read as it is.
 * @returns undo: pushes are no longer read, and `push` is the page's own again unless somebody wrapped it since.
 */
export function watchDataLayer({ track, name = 'dataLayer' }: DataLayerOptions): () => void {
  const seen = new WeakSet<object>()
  return watchPushes(name, (entry) => {
    if (!isEcommerce(entry) || isEcho(entry) || seen.has(entry)) return
    seen.add(entry)
    track(entry)
  })
}

/** Hands over what is in the global array of this name, and what is pushed from now on; returns its undo. */
export function watchPushes(name: string, read: (entry: unknown) => void): () => void {
  const layer = layerOf(name)
  if (!layer) return () => {}
  let stopped = false

  const tell = (entry: unknown) => {
    try {
      if (!stopped) read(entry)
    } catch {
      // A getter of the page's object threw: there is nothing to learn from it.
    }
  }

  const original: Push = layer.push
  const push: Push = function (...entries) {
    try {
      return original.apply(this, entries)
    } finally {
      entries.forEach(tell)
    }
  }
  layer.slice(-replayLimit).forEach(tell)
  const replaced = Reflect.set(layer, 'push', push)
  return () => {
    stopped = true
    if (replaced && layer.push === push) Reflect.set(layer, 'push', original)
  }
}

/** The page's array, a new one where there is nothing; undefined for anything else. */
function layerOf(name: string): unknown[] | undefined {
  try {
    const scope = globalThis as unknown as Record<string, unknown>
    const layer = (scope[name] ??= [])
    return Array.isArray(layer) ? layer : undefined
  } catch {
    return undefined
  }
}

type Entry = object & Record<string | number, unknown>

function isEcommerce(entry: unknown): entry is Entry {
  if (typeof entry !== 'object' || entry === null) return false
  const { 0: command, 1: name, event } = entry as Entry
  return captured.has(command === 'event' ? name : event)
}

function isEcho(entry: Entry): boolean {
  const parameters = (entry[0] === 'event' ? entry[2] : entry['ecommerce']) as Entry | null | undefined
  const list = parameters?.['item_list_id']
  return typeof list === 'string' && list.startsWith(ownListPrefix)
}
