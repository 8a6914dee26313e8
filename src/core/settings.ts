import type { EventKind } from './event.ts'

/** The settings of a query. A bundle ships its defaults; a request may override any of them. */
export interface Settings {
  /** Weight of the session part and of the profile part of the user vector, each >= 0. */
  readonly session: number
  readonly profile: number
  /** Weight of each segment of the table, >= 0. */
  readonly collaborative: number
  readonly content: number
  /** Weight of each prior column (values 0 to 1), any sign. */
  readonly popularity: number
  readonly trend: number
  readonly newness: number
  /** Most that a price like those of what the shopper dealt with adds to a score; 0 leaves prices out. */
  readonly priceSensitivity: number
  /** Half-life of the profile in days, > 0. */
  readonly halfLifeDays: number
  /** The session ends after this many minutes without an event. */
  readonly sessionGapMinutes: number
  /** The session's last events that count, 1 to 100. */
  readonly sessionLength: number
  /** Attention falls by this factor from one event of the session to the one before, 0 < x <= 1. */
  readonly sessionDecay: number
  /** Strength of an event by kind; negative pushes away. */
  readonly strengths: Readonly<Partial<Record<EventKind, number | undefined>>>
  /** Added to the score of items of the current session, most recent first; empty masks nothing and adds nothing. */
  readonly repeatBonus: readonly number[]
  /** Maximal marginal relevance: 0 is relevance only, 1 is diversity only. */
  readonly diversity: number
  /** At most this many items of one category on a shelf; 0 is no cap. */
  readonly categoryCap: number
}

export const defaultSettings: Settings = {
  session: 1,
  profile: 0.6,
  collaborative: 1,
  content: 0.5,
  popularity: 0.1,
  trend: 0.8,
  newness: 0.03,
  priceSensitivity: 0,
  halfLifeDays: 90,
  sessionGapMinutes: 30,
  sessionLength: 20,
  sessionDecay: 0.95,
  strengths: {
    view_item: 1,
    select_item: 0.5,
    add_to_cart: 3,
    remove_from_cart: -2,
    add_to_wishlist: 3,
    begin_checkout: 1,
    purchase: 4,
    refund: -4,
    search: 1,
    dismiss: -4,
  },
  repeatBonus: [],
  diversity: 0.1,
  categoryCap: 0,
}
