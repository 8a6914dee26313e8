export interface Store<State> {
  readonly state: State
  /** Replaces some fields and tells the listeners, once for all changes of one task. */
  set(change: Partial<State>): void
  /** Returns its undo. */
  subscribe(listener: () => void): () => void
}

export function createStore<State extends object>(initial: State): Store<State> {
  let state = initial
  let scheduled = false
  const listeners = new Set<() => void>()
  return {
    get state() {
      return state
    },
    set(change) {
      state = { ...state, ...change }
      if (scheduled) return
      scheduled = true
      queueMicrotask(() => {
        scheduled = false
        for (const listener of listeners) listener()
      })
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
