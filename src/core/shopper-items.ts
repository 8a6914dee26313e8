import type { EventRecord, ItemId } from './event.ts'

/** What the log says of the shopper's items: a fold of the counted events in key order. */
export interface ShopperItems {
  readonly inCart: ReadonlySet<ItemId>
  /** Bought and not returned. */
  readonly purchased: ReadonlySet<ItemId>
  readonly dismissed: ReadonlySet<ItemId>
  /** Last look at each item, most recently looked at last. */
  readonly viewed: ReadonlyMap<ItemId, EventRecord>
}

export function shopperItems(events: readonly EventRecord[]): ShopperItems {
  const inCart = new Set<ItemId>()
  const purchased = new Set<ItemId>()
  const dismissed = new Set<ItemId>()
  const viewed = new Map<ItemId, EventRecord>()
  for (const event of events) {
    const { kind, item } = event
    if (item === undefined) continue
    switch (kind) {
      case 'view_item':
      case 'select_item':
        viewed.delete(item)
        viewed.set(item, event)
        break
      case 'add_to_cart':
        inCart.add(item)
        dismissed.delete(item)
        break
      case 'remove_from_cart':
        inCart.delete(item)
        break
      case 'purchase':
        inCart.delete(item)
        purchased.add(item)
        break
      case 'refund':
        purchased.delete(item)
        break
      case 'dismiss':
        dismissed.add(item)
        break
      default:
      // The other kinds say nothing of what the shopper has.
    }
  }
  return { inCart, purchased, dismissed, viewed }
}
