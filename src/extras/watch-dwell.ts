/** How long an item's page has been looked at, in seconds: only these steps are ever kept. */
export const dwellSteps = [10, 30, 90] as const

/** A page's look at an item; `look` begins a new one, `leave` ends it. */
export interface Dwell {
  look(item: string, time: number): void
  leave(): void
  stop(): void
}

/**
 * Measures the time for which the page is visible after a look at an item, and calls back at each step. A hidden page has no
 * timer, and a step that is reached is told at once: what is written when a page goes is mostly lost.
 */
export function watchDwell(reached: (look: { item: string; time: number; seconds: number }) => void): Dwell {
  let look: { item: string; time: number } | undefined
  /** Visible milliseconds up to the last change. */
  let seen = 0
  let since: number | undefined
  let timer: ReturnType<typeof setTimeout> | undefined

  const elapsed = () => seen + (since === undefined ? 0 : performance.now() - since)

  function schedule(): void {
    clearTimeout(timer)
    const next = dwellSteps.find((step) => step * 1000 > elapsed())
    if (!look || since === undefined || next === undefined) return
    timer = setTimeout(
      () => {
        if (elapsed() < next * 1000) return schedule()
        reached({ ...look!, seconds: next })
        schedule()
      },
      next * 1000 - elapsed(),
    )
  }

  function onVisibility(): void {
    seen = elapsed()
    since = document.visibilityState === 'visible' ? performance.now() : undefined
    schedule()
  }

  function begin(next: typeof look): void {
    look = next
    seen = 0
    since = undefined
    onVisibility()
  }

  document.addEventListener('visibilitychange', onVisibility)
  return {
    look: (item, time) => begin({ item, time }),
    leave: () => begin(undefined),
    stop() {
      begin(undefined)
      document.removeEventListener('visibilitychange', onVisibility)
    },
  }
}
