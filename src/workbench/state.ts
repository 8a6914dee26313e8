import type { Card, EventRecord, ShelfItem, Status } from '../index.ts'
import type { CartLine } from './cart.ts'
import type { Catalogue } from './catalogue.ts'
import type { Options } from './options.ts'
import type { Route } from './routes.ts'
import type { Tab } from './tabs.ts'
import type { Traffic } from './traffic-meter.ts'

/** All that the workbench shows. Views are functions of it. */
export interface State {
  readonly options: Options
  readonly route: Route
  /** Undefined while it loads; `missing` when neither a backend nor a bundle answers. */
  readonly catalogue: Catalogue | 'missing' | undefined
  readonly cart: readonly CartLine[]
  readonly wished: readonly string[]
  /** How many products of a grid are shown. */
  readonly shown: number
  readonly sort: 'recommended' | 'cheapest' | 'dearest'
  /** The category's products as the recommender ranks them, for the page on screen. */
  readonly ranking: readonly string[]
  readonly online: boolean
  /** The switch of the panel that cuts this page off from the network. */
  readonly airplane: boolean

  readonly status: Status | undefined
  /** The event log, oldest first. */
  readonly events: readonly EventRecord[]
  /** What a stranger would see: no events, priors only. */
  readonly everyone: readonly ShelfItem[]
  /** The shopper's own list. */
  readonly forYou: readonly ShelfItem[]
  /** The log's version that the list is from. */
  readonly version: number | undefined
  /** The item that is explained; the first of the list when undefined. */
  readonly explained: string | undefined
  /** Titles of items in the log that the catalogue does not have. */
  readonly cards: ReadonlyMap<string, Card>
  /** Milliseconds that the worker took for the last requests, oldest first. */
  readonly requestTimes: readonly number[]
  /** Milliseconds from the page to the worker and back, of the last request. */
  readonly roundTrip: number | undefined
  readonly traffic: Traffic
  /** What the recommender weighs: bytes of its scripts and of the bundle, as they were transferred; 0 until it is known. */
  readonly weight: number
  /** Requests that were tried while the airplane switch was on. */
  readonly blocked: number
  readonly tab: Tab
  /** Settings that the shop's shelves ask with beside the bundle's own, as JSON: a shelf is another one with others. */
  readonly served: string
  /** On narrow screens the panel is a sheet; whether it is up. */
  readonly sheet: boolean
  /** The stop of the guided tour, from 0; undefined where none is on. */
  readonly tour: number | undefined
  /** Said to screen readers, and shown for a while. */
  readonly notice: string
}

export function initialState(options: Options, route: Route, cart: readonly CartLine[]): State {
  return {
    options,
    route,
    catalogue: undefined,
    cart,
    wished: [],
    shown: 24,
    sort: 'recommended',
    ranking: [],
    online: navigator.onLine,
    airplane: false,
    status: undefined,
    events: [],
    everyone: [],
    forYou: [],
    version: undefined,
    explained: undefined,
    cards: new Map(),
    requestTimes: [],
    roundTrip: undefined,
    traffic: { sent: 0, requests: 0, pictures: 0 },
    weight: 0,
    blocked: 0,
    tab: options.tab,
    served: '{}',
    sheet: false,
    tour: undefined,
    notice: '',
  }
}
