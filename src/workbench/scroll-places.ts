/**
 * Where the visitor was on each page of the history: `open` goes there on a page that was left before, and to the top of
 * a new one. Pages are told apart by what stands in their history entry.
 */
export function keepScrollPlaces(): { open(): void } {
  const places = new Map<string, number>()
  let current = visitOf(history.state)
  history.scrollRestoration = 'manual'
  return {
    open() {
      places.set(current, window.scrollY)
      current = visitOf(history.state)
      // Once the page is drawn: a shorter one would not reach the place.
      queueMicrotask(() => window.scrollTo({ top: places.get(current) ?? 0, behavior: 'instant' }))
    },
  }
}

function visitOf(state: { visit?: string } | null): string {
  if (state?.visit) return state.visit
  const visit = crypto.randomUUID()
  history.replaceState({ ...state, visit }, '')
  return visit
}
