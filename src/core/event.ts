/** The shop's own id of an item, at most 128 UTF-16 units. */
export type ItemId = string

/** Event kinds: the names of GA4's ecommerce events, and `dismiss` ("not for me"). */
export const eventKinds = [
  'view_item',
  'select_item',
  'add_to_cart',
  'remove_from_cart',
  'add_to_wishlist',
  'view_cart',
  'begin_checkout',
  'purchase',
  'refund',
  'search',
  'dismiss',
] as const

export type EventKind = (typeof eventKinds)[number]

/** What an event says beside its item. Every field is optional, bounded, and of a plain type. */
export interface EventContext {
  /** Units bought, added or removed; 1 to 10,000. */
  readonly quantity?: number
  /** Price of one unit in the shop's currency. */
  readonly price?: number
  /** Order id: two reports of the same purchase count once. */
  readonly order?: string
  /** What the shopper searched for. */
  readonly query?: string
  /** Category path of an item, for items that the bundle does not know. */
  readonly category?: string
  /** The shelf that the item was chosen from. */
  readonly placement?: string
  /** Position on that shelf, from 0. */
  readonly position?: number
  /** Visible time on the item's page, in seconds. */
  readonly dwell?: number
}

/** An event as the page hands it to the worker: validated, one item at most. */
export interface NewEvent {
  /** Made in the page; a unique index, so that retries and imports cannot double. */
  readonly id: string
  /** Milliseconds since the epoch. */
  readonly time: number
  readonly kind: EventKind
  readonly item?: ItemId
  readonly context?: EventContext
}

/** An event as the log keeps it. `seq` is the key order; ties in time do not matter. */
export interface EventRecord extends NewEvent {
  readonly seq: number
  readonly profile: string
}
