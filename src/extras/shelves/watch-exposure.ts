/** Half of a card in view for so long, in a page that is in view: then it has been seen. */
const seenAfterMs = 1000

export interface Exposure {
  /** Follows these cards, and no others. */
  watch(cards: readonly Element[]): void
  stop(): void
}

/** Calls back with each card that has been seen, once until it is followed anew. */
export function watchExposure(seen: (card: Element) => void): Exposure {
  const timers = new Map<Element, ReturnType<typeof setTimeout>>()
  const followed = new Set<Element>()

  const drop = (card: Element) => {
    clearTimeout(timers.get(card))
    timers.delete(card)
  }
  const forget = (card: Element) => {
    drop(card)
    followed.delete(card)
    observer.unobserve(card)
  }
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        drop(target)
        if (!isIntersecting) continue
        const look = () => {
          if (document.visibilityState !== 'visible') return
          observer.unobserve(target)
          seen(target)
        }
        timers.set(target, setTimeout(look, seenAfterMs))
      }
    },
    { threshold: 0.5 },
  )
  return {
    watch(cards) {
      for (const card of followed) if (!cards.includes(card)) forget(card)
      for (const card of cards) {
        if (followed.has(card)) continue
        followed.add(card)
        observer.observe(card)
      }
    },
    stop() {
      observer.disconnect()
      for (const card of followed) drop(card)
      followed.clear()
    },
  }
}
