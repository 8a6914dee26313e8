import type { ItemId } from '../../core/event.ts'
import type { Placement } from '../../core/shelf.ts'

/** Placements that choose from more than they show: what is passed over may give way. */
const renewable = new Set<Placement | undefined>(['for-you', 'trending', 'new', 'similar', 'because-you-viewed'])
/** A page that is never left must not ask for ever less. */
const mostSkipped = 200

/** What of a shelf was seen, and not chosen. Lives in the page alone, and is never stored. */
export interface Skipped {
  /** Items that should not come again to this shelf in this page. */
  readonly items: readonly ItemId[]
  see(ids: readonly ItemId[]): void
  /** Whether so many were seen without a choice that others should come; those are skipped from then on. */
  renew(placement: Placement | undefined, after: number): boolean
  /** The shopper has chosen or dismissed something: what they saw beside it may stay. */
  act: () => void
}

export function createSkipped(): Skipped {
  const seen = new Set<ItemId>()
  let items: ItemId[] = []
  return {
    get items() {
      return items
    },
    see: (ids) => ids.forEach((id) => seen.add(id)),
    renew(placement, after) {
      if (after === 0 || seen.size < after || !renewable.has(placement)) return false
      items = [...items, ...seen].slice(-mostSkipped)
      seen.clear()
      return true
    },
    act: () => seen.clear(),
  }
}
