import type { EventKind } from '../../core/event.ts'
import { parseEvent } from '../../core/parse-event.ts'
import type { Card } from '../../core/shelf.ts'
import type { Ears, Heard } from '../../page/late-parts.ts'
import type { TrackResult } from '../../protocol.ts'
import { watchNavigation } from '../watch-navigation.ts'
import { createCountedOnce } from './counted-once.ts'
import { createItemFinder } from './find-items.ts'
import type { ItemFinder } from './find-items.ts'
import { watchSegment } from './segment.ts'
import { readShopifyEvent } from './shopify.ts'
import type { Signal, SignalItem } from './signal.ts'
import { idsInAddress, readPageItem, samePage } from './structured-data.ts'
import { readWooCommerceEvent, watchWooCommerce } from './woocommerce.ts'

/** Adapters by the names that `data-capture` knows them by. */
export const adapterNames = ['data-layer', 'shopify', 'segment', 'woocommerce', 'structured-data', 'dwell'] as const

export type AdapterName = (typeof adapterNames)[number]

/** What a source has said so far, for the doctor. */
export interface SourceReport {
  heard: number
  /** Said by another source before. */
  repeated: number
  refused: number
  last?: { readonly kind: EventKind; readonly items: readonly string[] }
}

export interface CaptureOptions {
  readonly ears: Ears
  readonly cards: (ids: readonly string[]) => Promise<readonly Card[]>
  readonly isOn: (name: AdapterName) => boolean
}

export interface Capture {
  readonly sources: ReadonlyMap<string, SourceReport>
  readonly finder: ItemFinder
  /** Calls back with every look at an item's page that counts, and its item. */
  onView: (item: string, time: number) => void
  /** Calls back when the shopper leaves a page without a load. */
  onTurn: () => void
  stop(): void
}

/** Adapters of scripts that may come later than ours look again after so many milliseconds. */
const looks = [0, 1000, 4000]
/** A page says what it shows within this time, or its markup speaks. */
const markupDelayMs = 800

const repeated: TrackResult = { refused: 'duplicate' }

/** Takes the page's events over: all sources, each event once, ids as the bundle knows them. */
export function startCapture({ ears, cards, isOn }: CaptureOptions): Capture {
  const counted = createCountedOnce()
  const finder = createItemFinder(cards)
  const sources = new Map<string, SourceReport>()
  const timers: ReturnType<typeof setTimeout>[] = []
  const after = (ms: number, work: () => void) => timers.push(setTimeout(work, ms))

  const reportOf = (source: string) => {
    const report = sources.get(source) ?? { heard: 0, repeated: 0, refused: 0 }
    sources.set(source, report)
    return report
  }

  const note = (source: string, kind: EventKind, items: readonly string[]) => {
    const report = reportOf(source)
    report.heard++
    report.last = { kind, items: items.slice(0, 5) }
    return report
  }

  /** All that the item is called; of an event without one, what it says. */
  const namesOf = (ids: readonly string[], otherwise = '') => {
    const names = [...ids, ...ids.flatMap((id) => finder.known(id) ?? [])]
    return new Set(names.length > 0 ? names : [otherwise])
  }

  /** What the page says in GA4's words, or ours: recorded at once, as it is, unless it has been counted. */
  function hear(source: string, entry: unknown, time = Date.now(), record = true): Promise<TrackResult> {
    const parsed = parseEvent(entry, { now: time, newId: () => 'id' })
    if ('refused' in parsed) {
      reportOf(source).refused++
      return record ? ears.track(entry) : Promise.resolve(parsed)
    }
    const { events } = parsed
    const { kind } = events[0]!
    const items = events.flatMap(({ item }) => item ?? [])
    const report = note(source, kind, items)
    const lookUp = Promise.all(items.map((item) => finder.find([item])))

    function count(): Promise<TrackResult> {
      const fresh = events.filter(({ item, context }) =>
        counted.isNew({ source, kind, time, ids: namesOf(item === undefined ? [] : [item], context?.query) }),
      )
      if (kind === 'view_item' && fresh.length > 0) capture.onView(fresh[0]!.item!, time)
      if (!record) return Promise.resolve({ stored: 'memory' })
      if (fresh.length === events.length) return ears.track(entry)
      report.repeated += events.length - fresh.length
      const results = fresh.map(({ item, context }) => ears.track({ kind, item, time, ...context }))
      return Promise.all(results).then((all) => all.at(-1) ?? repeated)
    }

    // What is asked after an event has to know of it: it waits only where it may be another's, by another name.
    const unsure = record && items.some((item) => !finder.known(item)) && counted.mayRepeat(source, kind, time)
    return unsure ? lookUp.then(count) : count()
  }

  /** What an adapter has understood: its items are looked up first, as it knows them by the vendor's ids. */
  async function tell(source: string, signal: Signal): Promise<void> {
    const { kind, items, order, query } = signal
    const time = Date.now()
    const report = note(
      source,
      kind,
      items.flatMap(({ ids }) => ids[0] ?? []),
    )
    if (items.length === 0) {
      if (kind === 'search' && !query) return
      if (kind !== 'search' && kind !== 'view_cart' && kind !== 'begin_checkout') return
      const isNew = counted.isNew({ source, kind, time, ids: namesOf([], query) })
      if (isNew) await ears.track({ kind, query, time })
      else report.repeated++
      return
    }
    const found = await Promise.all(items.map(({ ids }) => finder.find(ids)))
    for (const [i, { ids, ...context }] of items.entries()) {
      const item = found[i]?.id ?? ids[0]
      if (item === undefined) continue
      if (counted.isNew({ source, kind, time, ids: namesOf(ids, item) })) {
        if (kind === 'view_item') capture.onView(item, time)
        void ears.track({ kind, item, time, order, ...context })
      } else report.repeated++
    }
  }

  /** The page's own item, where no source has spoken of a look: by its markup, else by its address. */
  async function readMarkup(): Promise<void> {
    const address = location.href
    const marked = readPageItem(document, address)
    if (!marked || counted.sawView()) return
    const card = await finder.find(marked.ids)
    const item: SignalItem | undefined = card || marked.ids.length > 0 ? marked : undefined
    const byAddress = card ? undefined : await itemAt(address)
    if (location.href !== address || counted.sawView()) return
    const signal = byAddress ? { ...marked, ids: [byAddress] } : item
    if (signal) await tell('structured-data', { kind: 'view_item', items: [signal] })
  }

  /** The item whose page this is, as the bundle's own address of it says. */
  async function itemAt(address: string): Promise<string | undefined> {
    for (const id of idsInAddress(address)) {
      const card = await finder.find([id])
      if (card && samePage(card.url, address)) return card.id
    }
    return undefined
  }

  const stopNavigation = watchNavigation(() => {
    counted.turnPage()
    capture.onTurn()
    if (isOn('structured-data')) after(markupDelayMs, () => void readMarkup())
  })
  const capture: Capture = {
    sources,
    finder,
    onView: () => {},
    onTurn: () => {},
    stop() {
      stopNavigation()
      for (const timer of timers) clearTimeout(timer)
      Object.assign(ears, { hear: (_source: string, entry: unknown) => ears.track(entry) })
      ears.early.push = Array.prototype.push
    },
  }

  const takeOver = () => {
    for (const { source, entry, time } of ears.heard as Heard[]) void hear(source, entry, time, false)
    ears.heard.length = 0
    ears.hear = (source, entry) => hear(source, entry)
  }
  const follow = async (event: Event) => {
    const source = event.type.startsWith('shopify') ? 'shopify' : 'woocommerce'
    if (!isOn(source)) return
    const signal = source === 'shopify' ? await readShopifyEvent(event) : readWooCommerceEvent(event as CustomEvent)
    if (signal) await tell(source, signal)
  }
  const listen = () => {
    for (const event of ears.early.splice(0)) void follow(event)
    ears.early.push = (...events) => {
      for (const event of events) void follow(event)
      return 0
    }
  }
  /** Vendors' scripts may come later than ours. */
  const attach = (name: AdapterName, watch: (hear: (signal: Signal) => void) => boolean) => {
    let attached = false
    for (const ms of isOn(name) ? looks : []) {
      after(ms, () => (attached ||= watch((signal) => void tell(name, signal))))
    }
  }

  takeOver()
  listen()
  attach('segment', watchSegment)
  attach('woocommerce', watchWooCommerce)
  if (isOn('structured-data')) after(markupDelayMs, () => void readMarkup())
  return capture
}
