import type { ItemId } from '../core/event.ts'
import type { Shelf, ShelfAnswer, ShelfItem } from '../core/shelf.ts'

/** What a shelf shows, answer by answer. */
export interface ShelfState {
  /** The items to show; empty while the shop's HTML stands. */
  readonly items: readonly ShelfItem[]
  /** Whether any answer has come. */
  readonly answered: boolean
  /** Takes an answer, or leaves it; tells whether anything else is shown now. */
  accept(answer: ShelfAnswer): boolean
  /** The next answer is to another request: it is taken whatever its version. */
  renew(): void
  /** Takes an item off at once; it comes back only with a later answer after one that left it out. */
  dismiss(id: ItemId): void
}

/**
 * Decides which answers reach the screen. A list that is shown changes only when the log has, so never because a model,
 * a tier or a backend arrived; a failure does not take it away; only `no-items` does.
 */
export function createShelfState(): ShelfState {
  const dismissed = new Set<ItemId>()
  let shelf: Shelf | undefined
  let items: readonly ShelfItem[] = []
  let answered = false
  let renewed = false

  function refresh(): void {
    items = shelf?.items.filter(({ card }) => !dismissed.has(card.id)) ?? []
  }

  function accept(answer: ShelfAnswer): boolean {
    answered = true
    const got = 'fallback' in answer || answer.items.length === 0 ? undefined : answer
    const failed = 'fallback' in answer && answer.fallback !== 'no-items'
    if (shelf && !renewed && (got ? got.version === shelf.version : failed)) return false
    renewed = false
    shelf = got
    for (const id of dismissed) {
      if (!got?.items.some(({ card }) => card.id === id)) dismissed.delete(id)
    }
    refresh()
    return true
  }

  return {
    get items() {
      return items
    },
    get answered() {
      return answered
    },
    accept,
    renew: () => void (renewed = true),
    dismiss(id) {
      dismissed.add(id)
      refresh()
    },
  }
}
