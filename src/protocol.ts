import type { Manifest } from './bundle/manifest.ts'
import type { ItemId, NewEvent, EventRecord } from './core/event.ts'
import type { Rule } from './core/rule.ts'
import type { Card, Fallback, ShelfAnswer, ShelfRequest } from './core/shelf.ts'
import type { Settings } from './core/settings.ts'
import type { StockChanges } from './core/stock.ts'
import type { ErrorCode, ErrorDetails } from './errors.ts'
import type { ScorerName, ScorerStatus } from './scoring/scorer.ts'

export type Consent = 'granted' | 'denied' | 'unknown'

export interface OpenOptions {
  /** Absolute URL of the manifest. */
  readonly bundle: string
  readonly consent: Consent
  /** Absolute URL of the file with the late scorers; without it neither the GPU nor relaxed SIMD is used. */
  readonly scorers?: string
  /** Absolute URL of the file with the worker's late parts, `windowshop.late.js` beside the late scorers by default. */
  readonly late?: string
  /** Forces a scorer; `auto`, the default, measures. */
  readonly scorer?: ScorerName | 'auto' | undefined
  /** Days that events are kept; 90 by default. */
  readonly retentionDays?: number | undefined
  /** A key of the customer who has signed in, at most 128 characters: they have a profile of their own on this device. Empty: nobody has. */
  readonly account?: string | undefined
  /** Only the head tier: Save-Data, little memory. */
  readonly headOnly?: boolean
  /** Changes of the bundle's settings, for every request that says nothing else; or their JSON, as the tag has it. */
  readonly settings?: Partial<Settings> | string | undefined
  /** Whether the download of the bundle is told part by part. */
  readonly progress?: boolean
}

export type TrackResult =
  | { readonly stored: 'disk' | 'memory' }
  /** `reason`, where there is one: what was expected and what was got. */
  | { readonly refused: ErrorCode; readonly reason?: string }

/** A past order, for shops that know their customer. */
export interface PastOrder {
  readonly order: string
  readonly time: number
  readonly items: readonly ItemId[]
  /** Those of its items that have come back: as if they had never been bought. */
  readonly returned?: readonly ItemId[] | undefined
}

/** Who is at this device. */
export interface Who {
  /** A customer has signed in: their profile is open, and nobody else's. */
  readonly account: boolean
  /** What the device's own shopper calls themselves, where several share it. */
  readonly name?: string
  /** Everybody who shares the device, by name; the profile without a name is not among them. */
  readonly names: readonly string[]
  /** A gift is being chosen: nothing of it is learned. */
  readonly gift: boolean
}

/** Changes who is at this device, each part for itself. */
export interface WhoChange {
  /** A key of the customer's own, at most 128 characters, opens their profile; the empty one locks it, in all tabs. */
  readonly account?: string
  /** Turns to the device's profile of this name, a new one if need be; to the one without a name, where it is empty. */
  readonly name?: string
  /** Removes a profile of the device and all that it holds. */
  readonly forget?: string
  /** Begins or ends the choice of a gift, which is followed with a profile of its own and then forgotten. */
  readonly gift?: boolean
}

/** What the page says of its shop: rules take the place of those before, stock is added to what was said before. */
export interface ShopNews {
  readonly rules?: readonly Rule[]
  readonly stock?: StockChanges
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
  /** `models`: the bundle's encoder weighs the events of a session. */
  readonly tiers: Readonly<Record<'head' | 'table' | 'display' | 'models', boolean>>
  readonly scorer?: ScorerStatus
  readonly consent: Consent
  readonly storage: { readonly kind: 'disk' | 'memory'; readonly reason?: ErrorCode; readonly events: number }
  readonly paused: boolean
  /** Of the last request: milliseconds by stage. */
  readonly timings: Readonly<Record<string, number>>
  /** Bytes of the bundle fetched by this page, and bytes sent: always 0, there is no code that sends. */
  readonly transfer: { readonly received: number; readonly sent: 0 }
  readonly memory: { readonly table: number; readonly scorer: number }
  /** Why the bundle, or a newer one, was refused, or could not be kept for later visits. */
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
  /** All, or those that happened at `since` or later: milliseconds since the epoch. */
  events(since?: number): Promise<EventRecord[]>
  remove(eventId: string): Promise<boolean>
  pause(paused: boolean): Promise<void>
  addHistory(orders: readonly PastOrder[]): Promise<TrackResult>
  exportLog(): Promise<string>
  importLog(json: string): Promise<{ readonly imported: number }>
  erase(): Promise<void>
  /** Changes who is at this device, or only tells. */
  who(change?: WhoChange): Promise<Who>
  shop(news: ShopNews): Promise<void>
  consent(state: Consent): Promise<void>
  /** The page goes into the back-forward cache (true), which an open channel may keep it out of, or comes back (false). */
  rest(resting: boolean): Promise<void>
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
  'who',
  'shop',
  'consent',
  'rest',
  'status',
] as const satisfies readonly (keyof WorkerApi)[]

/** The one thing that the worker says unasked: the log or the bundle changed, shelves may be asked for again. */
export interface ChangeNotice {
  readonly windowshop: 'changed'
  /**
   * `event` and `log` follow what the shopper did (here or in another tab), `erased` too, when all is forgotten that this
   * page has tracked, or somebody else is here; `locked`: a customer has signed in or out, in another tab; `withdrawn`: in another tab, consent; `shop`: rules, stock or prices; `bundle` fills empty shelves only;
   * `download`, where it has been asked for: more of the bundle is there.
   */
  readonly cause: 'event' | 'log' | 'erased' | 'locked' | 'withdrawn' | 'shop' | 'bundle' | 'download'
  readonly download?: DownloadNews
}

/** How far the download of a file is: told where `progress` has been asked for, by its beginning and by each part that comes. */
export interface DownloadNews {
  /** Name of a file that the manifest lists, or of one of its deltas. */
  readonly file: string
  /** Bytes so far, and in all. */
  readonly loaded: number
  readonly total: number
}

/** How an error crosses the boundary. */
export interface WireError {
  readonly code: ErrorCode
  readonly details: ErrorDetails
}
