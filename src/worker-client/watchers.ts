import type { ShelfAnswer, ShelfRequest } from '../core/shelf.ts'

type Listener = (answer: ShelfAnswer) => void

interface Watcher {
  readonly request: ShelfRequest
  readonly listener: Listener
  answer?: ShelfAnswer
}

export interface Watchers {
  /** Returns its undo. */
  add(request: ShelfRequest, listener: Listener): () => void
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
      const asked = [...watchers]
      const answers = await ask(asked.map(({ request }) => request))
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
    add(request, listener) {
      const watcher: Watcher = { request: sendable(request), listener }
      watchers.add(watcher)
      refresh('empty')
      return () => watchers.delete(watcher)
    },
    close: () => watchers.clear(),
  }
}

/** One request that cannot be cloned must not take the other shelves down: the worker refuses nothing, and it alone. */
function sendable(request: ShelfRequest): ShelfRequest {
  try {
    return structuredClone(request)
  } catch {
    return undefined as never
  }
}
