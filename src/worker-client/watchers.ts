import type { ItemId } from '../core/event.ts'
import type { Shelf, ShelfAnswer, ShelfRequest } from '../core/shelf.ts'

type Listener = (answer: ShelfAnswer) => void

interface Watcher {
  readonly request: ShelfRequest
  readonly listener: Listener
  readonly priority: number
  answer?: ShelfAnswer
}

export interface WatchOptions {
  /**
   * Of two shelves that want an item the one of higher priority gets it, at equal priority the one that came first. By default
   * 0 for `for-you`, `trending` and `new`, which choose from the whole shop, and 1 for all others, which hold few items.
   */
  readonly priority?: number | undefined
}

export interface Watchers {
  /** Returns its undo. */
  add(request: ShelfRequest, listener: Listener, options?: WatchOptions): () => void
  /** Asks again for all shelves, or for those that have nothing to show yet. */
  refresh(which: 'all' | 'empty'): void
  close(): void
}

/** The shelves of a page, asked for together: one question is under way, and what happens meanwhile becomes the next. */
export function createWatchers(ask: (requests: ShelfRequest[]) => Promise<ShelfAnswer[]>): Watchers {
  const watchers = new Set<Watcher>()
  let wanted: 'all' | 'empty' | undefined
  let asking = false

  async function run(): Promise<void> {
    asking = true
    // Shelves that are added in one tick are asked for together.
    await Promise.resolve()
    while (wanted && watchers.size > 0) {
      const all = wanted === 'all'
      wanted = undefined
      const asked = [...watchers].filter((watcher) => all || shown(watcher).length === 0)
      if (asked.length === 0) continue
      asked.sort((a, b) => b.priority - a.priority)
      // Who comes later leaves the others what they show.
      const others = [...watchers].filter((watcher) => !asked.includes(watcher)).flatMap(shown)
      const answers = await ask(asked.map(({ request }) => without(request, others)))
      asked.forEach((watcher, i) => tell(watcher, answers[i]!, all))
    }
    asking = false
  }

  /** A shelf on screen stays when the worker fails, and when only the bundle has changed. No failure is told twice. */
  function tell(watcher: Watcher, answer: ShelfAnswer, all: boolean): void {
    const { answer: shown, listener } = watcher
    const failure = 'fallback' in answer && answer.fallback
    if (!watchers.has(watcher)) return
    if (shown && ('fallback' in shown ? failure === shown.fallback : !all || (failure && failure !== 'no-items')))
      return
    watcher.answer = answer
    try {
      listener(answer)
    } catch (error) {
      reportError(error)
    }
  }

  function refresh(which: 'all' | 'empty'): void {
    wanted = wanted === 'all' ? wanted : which
    if (!asking) void run()
  }

  return {
    refresh,
    add(request, listener, { priority = roaming.has(request?.placement) ? 0 : 1 } = {}) {
      const watcher: Watcher = { request: sendable(request), listener, priority }
      watchers.add(watcher)
      refresh('empty')
      return () => watchers.delete(watcher)
    },
    close: () => watchers.clear(),
  }
}

/** Placements that choose from the whole shop. */
const roaming = new Set<unknown>(['for-you', 'trending', 'new'])
/** More exclusions than this are refused. */
const mostExcluded = 1000

function shown({ answer }: Watcher): ItemId[] {
  return (answer as Shelf | undefined)?.items?.map(({ card }) => card.id) ?? []
}

function without(request: ShelfRequest, ids: readonly ItemId[]): ShelfRequest {
  if (!request || ids.length === 0) return request
  return { ...request, exclude: [...(request.exclude ?? []), ...ids].slice(0, mostExcluded) }
}

/** One request that cannot be cloned must not take the other shelves down: the worker refuses nothing, and it alone. */
function sendable(request: ShelfRequest): ShelfRequest {
  try {
    return structuredClone(request)
  } catch {
    return undefined as never
  }
}
