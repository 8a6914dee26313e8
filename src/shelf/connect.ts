import type { ShelfAnswer, ShelfRequest } from '../core/shelf.ts'

/** What a shelf needs of a recommender. */
export interface ShelfSource {
  /** Answers now and after everything that the shopper does; returns its undo. */
  watch(
    request: ShelfRequest,
    listener: (answer: ShelfAnswer) => void,
    options?: { readonly priority?: number | undefined },
  ): () => void
  /** Records an event; never rejects. */
  track(event: unknown): unknown
}

type Listener = (source: ShelfSource) => void

const listeners = new Set<Listener>()
let connected: ShelfSource | undefined

/** Gives every shelf of the page, present and future, its recommender. */
export function connectShelves(source: ShelfSource): void {
  connected = source
  for (const listener of listeners) listener(source)
}

/** Calls `listener` with the recommender as soon as there is one, and when it is replaced; returns its undo. */
export function watchSource(listener: Listener): () => void {
  listeners.add(listener)
  if (connected) listener(connected)
  return () => listeners.delete(listener)
}
