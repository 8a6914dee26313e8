import type { EventRecord, ItemId } from '../core/event.ts'
import type { CatalogueText } from './build-catalogue.ts'
import type { Rule } from '../core/rule.ts'
import type { Settings } from '../core/settings.ts'
import type { Card, Placement, ShelfItem } from '../core/shelf.ts'
import type { ErrorCode, ErrorDetails } from '../errors.ts'

/** The bundle that a lab works on: the address of its manifest, and files that answer in place of the network. */
export interface LabSource {
  /** Absolute URL. */
  readonly manifest: string
  /** By absolute URL. */
  readonly files?: ReadonlyMap<string, Uint8Array<ArrayBuffer>> | undefined
}

/** What a lab says of its bundle. */
export interface LabShop {
  readonly shop: string
  readonly items: number
  readonly segments: readonly { readonly name: 'collaborative' | 'content'; readonly dims: number }[]
  readonly priors: readonly ('popularity' | 'trend' | 'newness')[]
  /** Whether any item has a price. */
  readonly priced: boolean
  /** The bundle's own settings: what a query uses that says nothing else. */
  readonly settings: Settings
  /** Those of its file. */
  readonly rules: readonly Rule[]
  /** Paths joined by " > ". */
  readonly categories: readonly string[]
  readonly brands: readonly string[]
}

/** A shopper as a lab sees one: the log, and the moment of asking in milliseconds since the epoch. */
export interface LabShopper {
  readonly events: readonly EventRecord[]
  readonly now: number
}

export interface TuneRequest {
  readonly placement: Placement
  /** The item of the page, for placements that need one. */
  readonly item?: ItemId | undefined
  readonly limit: number
  /** Changes of the bundle's settings, one list for each. */
  readonly settings: readonly Partial<Settings>[]
}

export interface TunedItem {
  readonly card: Card
  readonly score: number
  readonly moved: ShelfItem['moved']
}

export interface TuneAnswer {
  /** In the order of the settings. */
  readonly lists: readonly (readonly TunedItem[])[]
  /** Milliseconds that the lab took for all of them, every row scored for each. */
  readonly milliseconds: number
}

/** How near an item, a word or a category is to what the shopper is after: a cosine, -1 to 1. */
export interface Near<T> {
  readonly of: T
  readonly cosine: number
}

/** What a query is made of. */
export interface Mind {
  /** By segment of the table: the session's part, the profile's part and their weighted sum, each as long as the segment. */
  readonly segments: readonly {
    readonly name: string
    readonly session: Float32Array
    readonly profile: Float32Array
    readonly query: Float32Array
  }[]
  readonly words: readonly Near<string>[]
  readonly categories: readonly Near<string>[]
  /** Items nearest to the session alone and to the profile alone, whatever hides them. */
  readonly nearest: { readonly session: readonly Near<Card>[]; readonly profile: readonly Near<Card>[] }
  /** Factor of each event by segment, and its share of all of them, 0 to 1; newest first. */
  readonly attention: readonly {
    readonly id: string
    readonly factors: Float64Array
    readonly share: number
    readonly inSession: boolean
  }[]
  /** Where the shopper stands on the map. */
  readonly at: { readonly session?: Point; readonly profile?: Point; readonly query?: Point }
}

export type Point = readonly [x: number, y: number]

/** Why an item may not be shown to this shopper. */
export type HiddenBy = 'unavailable' | 'session' | 'inCart' | 'purchased' | 'dismissed'

/** What an item's segment has in common with a part of the shopper, and what its weight makes of that. */
export interface BlendInput {
  readonly from: 'session' | 'profile'
  readonly segment: string
  /** Product of the part's direction, one unit long, with the item's row. */
  readonly value: number
  readonly weight: number
  readonly part: number
}

/** What the arrangement saw of an item that stands on the shopper's list. */
export interface PlaceOnList {
  /** From 1. */
  readonly place: number
  /** Cosine of contents with the likest of those above it, 0 to 1; undefined for the first. */
  readonly likeness: number | undefined
}

/** A score taken apart: everything here adds up to it. */
export interface Decomposition {
  readonly card: Card
  readonly score: number
  /** Events with a part in it, largest first; parts by segment. */
  readonly events: readonly { readonly id: string; readonly parts: Float64Array; readonly sum: number }[]
  /** The same score by what is blended in it: with the priors, the bonus and the rules these add up to it, too. */
  readonly blend: readonly BlendInput[]
  /** Value x weight = part. */
  readonly priors: readonly {
    readonly name: string
    readonly value: number
    readonly weight: number
    readonly part: number
  }[]
  readonly repeat: number
  /** What the shop's rules add or take. */
  readonly rules: readonly { readonly name: string; readonly part: number }[]
  readonly hidden: readonly HiddenBy[]
  /** Names of the rules that hide it. */
  readonly hiddenByRules: readonly string[]
  /** Its place among all rows by score alone, from 1, hidden ones included. */
  readonly place: number
  /** Undefined for what does not stand on the shopper's list. */
  readonly listed: PlaceOnList | undefined
}

export interface RulesRequest {
  /** A list of rules, as a file or a page gives it. */
  readonly rules: unknown
  readonly placement: Placement
  /** The item of the page, for placements that need one. */
  readonly item?: ItemId | undefined
  /** The category of the page, where it is one. */
  readonly category?: string | undefined
  /** The shopper as the log has it, or one who has done nothing yet. */
  readonly visitor: 'you' | 'new'
  /** When, in milliseconds since the epoch. */
  readonly at: number
  readonly limit: number
}

/** An item, and the rules that have to do with it. */
export interface RuledItem {
  readonly card: Card
  readonly rules: readonly string[]
}

/** What rules do to a shelf. */
export interface RulesPreview {
  readonly without: readonly TunedItem[]
  readonly with: readonly TunedItem[]
  /** Names of the rules whose conditions hold there and then. */
  readonly hold: readonly string[]
  /** Items of the shelf without rules that rules hide. */
  readonly removed: readonly RuledItem[]
  /** Items of the shelf that rules have raised, lowered, pinned, or made room for. */
  readonly touched: readonly RuledItem[]
  /** Names that the bundle does not have. */
  readonly unknown: readonly string[]
}

/** All items as points, -1 to 1. */
export interface ItemMap {
  readonly x: Float32Array
  readonly y: Float32Array
  /** Number of the item's department. */
  readonly department: Uint8Array
  readonly departments: readonly string[]
}

export interface ReplayRequest {
  /** Changes of the bundle's settings, one for each configuration. */
  readonly settings: readonly Partial<Settings>[]
  /** Length of the lists, 1 to 100. */
  readonly k: number
}

/** An item that was new to the shopper, and where each configuration's list had it, from 1; undefined: nowhere. */
export interface ReplayStep {
  /** The event's id. */
  readonly id: string
  readonly places: readonly (number | undefined)[]
}

/** Means over the steps, 0 to 1; diversity 0 to 2. */
export interface ReplayQuality {
  readonly recall: number
  readonly ndcg: number
  readonly mrr: number
  readonly coverage: number
  readonly diversity: number
}

export interface ReplayAnswer {
  readonly k: number
  readonly steps: readonly ReplayStep[]
  readonly quality: readonly ReplayQuality[]
}

export interface ColdRequest {
  readonly settings: Partial<Settings>
  /** After how many events. */
  readonly counts: readonly number[]
  readonly limit: number
}

export interface ColdStrip {
  readonly count: number
  readonly cards: readonly Card[]
}

/** A shopper of the sample shop to be for a while. */
export interface Persona {
  readonly id: string
  readonly archetype: string
}

export interface PopulationRequest {
  /** A and B. */
  readonly settings: readonly Partial<Settings>[]
  /** Views of each shopper that the lists know of. */
  readonly views: number
  readonly seed: number
}

export interface PopulationAnswer {
  readonly shoppers: number
  readonly wins: { readonly a: number; readonly b: number }
  /** Shoppers to whom both lists were the same. */
  readonly ties: number
  /** Two-sided sign test over the wins. */
  readonly p: number
  /** By shopper: mean true utility of each list. */
  readonly worth: readonly { readonly a: number; readonly b: number }[]
}

/** The lab's whole surface. */
export interface LabApi {
  open(source: LabSource): Promise<LabShop>
  /** The log that the following calls ask about. */
  shopper(shopper: LabShopper): Promise<void>
  tune(request: TuneRequest): Promise<TuneAnswer>
  mind(settings: Partial<Settings>): Promise<Mind>
  /** Undefined for an item that the bundle does not have. */
  decompose(request: {
    readonly item: ItemId
    readonly settings: Partial<Settings>
  }): Promise<Decomposition | undefined>
  /** The rules that the shop uses from now on, in all that is asked. Throws `rules-malformed`. */
  useRules(rules: readonly Rule[]): Promise<void>
  /** What rules would do, used or not. Throws `rules-malformed`. */
  previewRules(request: RulesRequest): Promise<RulesPreview>
  map(): Promise<ItemMap>
  /** Cards of rows, for those who point at the map. */
  rows(rows: readonly number[]): Promise<Card[]>
  /** Rows of items; -1 for those that the bundle does not have. */
  rowsOf(items: readonly ItemId[]): Promise<number[]>
  /** Items whose id or title holds a text, best sellers first. */
  find(text: string): Promise<Card[]>
  /** Builds a bundle of a catalogue; opens nothing. */
  build(catalogue: CatalogueText): Promise<ReadonlyMap<string, Uint8Array<ArrayBuffer>>>
  /** The report of `windowshop evaluate`, its page or its JSON, as a page. Throws `input-format`. */
  report(text: string): Promise<string>
  replay(request: ReplayRequest): Promise<ReplayAnswer>
  coldStart(request: ColdRequest): Promise<ColdStrip[]>
  /** Reads the sample shop's `truth.json`, at an absolute URL; the calls below need it. */
  personas(truth: string): Promise<Persona[]>
  /** A persona's views as a log, the last of them a moment ago. */
  viewsOf(request: { readonly persona: string; readonly now: number }): Promise<EventRecord[]>
  population(request: PopulationRequest): Promise<PopulationAnswer>
}

export const labMethods = [
  'open',
  'shopper',
  'tune',
  'mind',
  'decompose',
  'useRules',
  'previewRules',
  'map',
  'rows',
  'rowsOf',
  'find',
  'build',
  'report',
  'replay',
  'coldStart',
  'personas',
  'viewsOf',
  'population',
] as const satisfies readonly (keyof LabApi)[]

/** What was thrown, on the wire. */
export type LabError =
  | { readonly code: ErrorCode; readonly details: ErrorDetails }
  /** What no code foresees. */
  | { readonly message: string }

export interface LabCall {
  readonly id: number
  readonly method: keyof LabApi
  readonly value: unknown
}

export type LabAnswer = { readonly id: number } & ({ readonly value: unknown } | { readonly error: LabError })
