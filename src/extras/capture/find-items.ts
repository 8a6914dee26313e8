import type { ItemId } from '../../core/event.ts'
import type { Card } from '../../core/shelf.ts'

export interface ItemFinder {
  /** The card of the first of these ids that the bundle knows, as an id or an alias; undefined when it knows none. */
  find(ids: readonly string[]): Promise<Card | undefined>
  /** The shop's own id, where an earlier `find` has learned it. */
  known(id: string): ItemId | undefined
}

const mostKnown = 5000

/** Finds items in the bundle, each id once. */
export function createItemFinder(cards: (ids: readonly ItemId[]) => Promise<readonly Card[]>): ItemFinder {
  const asked = new Map<string, Promise<Card | undefined>>()
  const canonical = new Map<string, ItemId>()
  return {
    known: (id) => canonical.get(id),
    find(ids) {
      const key = JSON.stringify(ids)
      const before = asked.get(key)
      if (before || ids.length === 0) return before ?? Promise.resolve(undefined)
      const found = cards(ids)
        .then(([card]) => {
          if (card) for (const id of ids) canonical.set(id, card.id)
          // A bundle that is not there yet knows nothing: asked again the next time.
          else asked.delete(key)
          return card
        })
        .catch(() => void asked.delete(key))
        .then((card) => card || undefined)
      if (asked.size >= mostKnown) asked.clear()
      asked.set(key, found)
      return found
    },
  }
}
