import type { Card } from './bundle/bundle.ts'
import type { ItemId, NewEvent, EventRecord } from './core/event.ts'
import type { Settings } from './core/settings.ts'
import type { ErrorCode, ErrorDetails } from './errors.ts'
import type { ScorerName } from './scoring/scorer.ts'

/** The lists that a page can ask for. */
export const placements = [
  'for-you',
  'similar',
  'bought-together',
  'trending',
  'new',
  'recently-viewed',
  'buy-again',
  'because-you-viewed',
  'cart',
] as const

export type Placement = (typeof placements)[number]

/** Narrows a shelf to items; all given conditions must hold. */
export interface Filter {
  /** A category path or the beginning of one: "Outdoor" covers "Outdoor > Tents". */
  readonly category?: string
  readonly brand?: string
  /** Inclusive, in the shop's currency. */
  readonly minPrice?: number
  readonly maxPrice?: number
}

export interface ShelfRequest {
  readonly placement: Placement
  /** The item of the page, for `similar` and `bought-together`. */
  readonly item?: ItemId
  /** The cart, for `cart` and `bought-together`; absent: what the log says is in it. */
  readonly items?: readonly ItemId[]
  /** 1 to 100; 8 by default. */
  readonly limit?: number
  readonly filter?: Filter
  /** Items that must not stand on this shelf. */
  readonly exclude?: readonly ItemId[]
  /** Overrides of the bundle's settings, for this shelf only. */
  readonly settings?: Partial<Settings>
}

/** Why an item stands here: one event, prior or piece of context, with its share of what spoke for the item. */
export interface Reason {
  readonly kind: 'event' | 'prior' | 'context'
  /** For `event`: its id in the log. For `prior`: popularity, trend or newness. For `context`: the item asked about. */
  readonly id: string
  /** For `event`: what was done, and with which item. */
  readonly event?: Pick<EventRecord, 'kind' | 'time' | 'item'>
  readonly title?: string
  /** Contribution to the retrieval score; all of an item's reasons sum to it. */
  readonly contribution: number
  /** Share of the positive contributions, 0 to 1; negative ones carry their size relative to them, below 0. */
  readonly share: number
}

export interface ShelfItem {
  readonly card: Card
  /** Retrieval score (for neighbour placements: the neighbours' strength). */
  readonly score: number
  /** All contributions, largest first. They sum to `score`. */
  readonly reasons: readonly Reason[]
  /** What else moved the item: `repeat`, `diversity`, `cap`, `neighbours`. */
  readonly moved: readonly string[]
}

export interface Shelf {
  readonly placement: Placement
  readonly items: readonly ShelfItem[]
  /** Rises by one with every change of the log. */
  readonly version: number
  /** Share of the catalogue's rows that were scored, 0 to 1. */
  readonly coverage: number
}

/** The shop's own HTML should stay, and why. */
export interface Fallback {
  readonly fallback: ErrorCode | 'no-bundle' | 'no-items'
}

export type ShelfAnswer = Shelf | Fallback

export type Consent = 'granted' | 'denied' | 'unknown'

export interface OpenOptions {
  /** Absolute URL of the manifest. */
  readonly bundle: string
  readonly consent: Consent
  /** Forces a scorer; `auto` measures. */
  readonly scorer?: ScorerName | 'auto'
  /** Days that events are kept; 90 by default. */
  readonly retentionDays?: number
  /** Only the head tier: Save-Data, little memory. */
  readonly headOnly?: boolean
}

export type TrackResult = { readonly stored: 'disk' | 'memory' } | { readonly refused: ErrorCode }

/** A past order, for shops that know their customer. */
export interface PastOrder {
  readonly order: string
  readonly time: number
  readonly items: readonly ItemId[]
}

export interface ScorerStatus {
  readonly name: ScorerName
  /** In plain words: why this one serves. */
  readonly reason: string
  /** Median milliseconds of one request on the real table; absent for scorers that could not run. */
  readonly measured: Partial<Record<ScorerName, number>>
  /** Description of the GPU adapter, absent where there is none. */
  readonly adapter?: string
}

export interface Status {
  readonly bundle?: {
    readonly id: string
    readonly generation: string
    readonly shop: string
    readonly items: number
    readonly segments: Manifest['segments']
  }
  /** Share of the catalogue's rows that are scored, 0 to 1. */
  readonly coverage: number
  readonly tiers: { readonly head: boolean; readonly table: boolean; readonly display: boolean }
  readonly scorer?: ScorerStatus
  readonly consent: Consent
  readonly storage: { readonly kind: 'disk' | 'memory'; readonly reason?: ErrorCode; readonly events: number }
  readonly paused: boolean
  /** Of the last request: milliseconds by stage. */
  readonly timings: Readonly<Record<string, number>>
  /** Bytes of the bundle fetched by this page, and bytes sent: always 0, there is no code that sends. */
  readonly transfer: { readonly received: number; readonly sent: 0 }
  readonly memory: { readonly table: number; readonly scorer: number }
  /** Why the bundle, or a newer one, was refused. */
  readonly problem?: { readonly code: ErrorCode; readonly message: string }
}

/** The worker's whole surface. A message that names anything else is refused before it is looked at. */
export interface WorkerApi {
  open(options: OpenOptions): Promise<void>
  track(events: readonly NewEvent[]): Promise<TrackResult>
  /** Answers all requests in one pass over the table; no item stands on two shelves. */
  page(requests: readonly ShelfRequest[]): Promise<ShelfAnswer[]>
  /** Re-orders the shop's own list; unknown items keep their order at the end. */
  rerank(ids: readonly ItemId[]): Promise<{ readonly ids: ItemId[] } | Fallback>
  /** What the bundle says of these items; items that it does not know are left out. */
  cards(ids: readonly ItemId[]): Promise<Card[]>
  events(): Promise<EventRecord[]>
  remove(eventId: string): Promise<boolean>
  pause(paused: boolean): Promise<void>
  addHistory(orders: readonly PastOrder[]): Promise<TrackResult>
  exportLog(): Promise<string>
  importLog(json: string): Promise<{ readonly imported: number }>
  erase(): Promise<void>
  consent(state: Consent): Promise<void>
  status(): Promise<Status>
}

export const workerMethods = [
  'open',
  'track',
  'page',
  'rerank',
  'cards',
  'events',
  'remove',
  'pause',
  'addHistory',
  'exportLog',
  'importLog',
  'erase',
  'consent',
  'status',
] as const satisfies readonly (keyof WorkerApi)[]

/** The one thing that the worker says unasked: the log or the bundle changed, shelves may be asked for again. */
export interface ChangeNotice {
  readonly windowshop: 'changed'
  /** `event` and `log` follow what the shopper did (here or in another tab); `bundle` fills empty shelves only. */
  readonly cause: 'event' | 'log' | 'bundle'
  readonly version: number
}

/** How an error crosses the boundary. */
export interface WireError {
  readonly code: ErrorCode
  readonly details: ErrorDetails
}

type Manifest = import('./bundle/manifest.ts').Manifest
