import type { ErrorCode } from '../errors.ts'
import { eventKinds, type EventContext, type EventKind, type NewEvent } from './event.ts'

export interface ParseOptions {
  /** Milliseconds since the epoch; the time of events that carry none. */
  readonly now: number
  /** Makes the id of an event; called once per event. */
  readonly newId: () => string
}

export type ParsedEvent =
  | { readonly events: readonly NewEvent[] }
  | { readonly refused: ErrorCode; readonly reason: string }

const maxItems = 200
const maxBytes = 2048

/** Kinds that say something without an item. */
const itemless = new Set<EventKind>(['search', 'view_cart', 'begin_checkout'])

/**
 * Reads whatever a page hands over: a GA4 object `{ event, ecommerce: { items } }`, gtag's `arguments`
 * (`['event', name, parameters]`) or a plain `{ kind, item }`. One event per item comes out. Never throws, whatever the
 * getters and types of the input.
 *
 * GA4's shapes: https://developers.google.com/analytics/devguides/collection/ga4/ecommerce
 */
export function parseEvent(input: unknown, options: ParseOptions): ParsedEvent {
  try {
    return parse(input, options)
  } catch {
    return refuse('a plain object', 'one that throws')
  }
}

function parse(input: unknown, { now, newId }: ParseOptions): ParsedEvent {
  const source = fromGtag(input)
  if (!isObject(source)) return refuse('an object', input)
  const kind = kindOf(source.event ?? source.kind)
  if (!kind) return refuse(eventKinds.join(', '), source.event ?? source.kind)
  const body = isObject(source.ecommerce) ? source.ecommerce : source
  const shared = contextOf(body)
  const time = timeOf(source.time, now)
  if (time === undefined) return refuse('a time in milliseconds since the epoch', source.time)
  const listed = Array.isArray(body.items) ? body.items.slice(0, maxItems) : [body]
  const events: NewEvent[] = []
  for (const entry of listed) {
    const item = itemOf(entry)
    if (item === undefined && !(itemless.has(kind) && listed.length === 1)) continue
    const context = { ...shared, ...(entry !== body && isObject(entry) && contextOf(entry)) }
    const empty = Object.keys(context).length === 0
    const event: NewEvent = { id: newId(), time, kind, ...(item && { item }), ...(!empty && { context }) }
    if (JSON.stringify(event).length * 3 > maxBytes && byteLength(event) > maxBytes) {
      return { refused: 'event-too-large', reason: `expected at most ${maxBytes} bytes` }
    }
    events.push(event)
  }
  if (kind === 'search' && !shared.query) return refuse('a search with a query', shared.query)
  if (events.length === 0) return refuse('items with an item_id', body.items ?? 'none')
  return { events }
}

type Unknowns = { readonly [key: string]: unknown }

function isObject(value: unknown): value is Unknowns {
  return typeof value === 'object' && value !== null
}

function fromGtag(input: unknown): unknown {
  const isArguments = isObject(input) && input[0] === 'event' && typeof input[1] === 'string'
  return isArguments ? { event: input[1], ecommerce: input[2], time: undefined } : input
}

function kindOf(name: unknown): EventKind | undefined {
  if (name === 'view_search_results') return 'search'
  return eventKinds.find((kind) => kind === name)
}

/** GA4 calls it `item_id` and allows `item_name` alone; catalogues use `id`; the short form is `item: 'id'`. */
function itemOf(entry: unknown): string | undefined {
  if (!isObject(entry)) return textOf(entry, 128)
  return textOf(entry.item_id ?? entry.item ?? entry.id ?? entry.item_name, 128)
}

function contextOf(source: Unknowns): EventContext {
  const read = {
    quantity: numberOf(source.quantity, 1, 10_000),
    price: numberOf(source.price, 0, 1e9),
    order: textOf(source.order ?? source.transaction_id, 128),
    query: textOf(source.query ?? source.search_term, 200),
    category: categoryOf(source),
    placement: textOf(source.placement, 64),
    position: numberOf(source.position ?? source.index, 0, 10_000),
    dwell: numberOf(source.dwell, 0, 86_400),
  }
  return Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined))
}

/** GA4 spreads the path over item_category, item_category2 to item_category5. */
function categoryOf(source: Unknowns): string | undefined {
  const levels = [source.category ?? source.item_category, ...[2, 3, 4, 5].map((n) => source[`item_category${n}`])]
  return textOf(levels.flatMap((level) => textOf(level, 128) ?? []).join(' > '), 400)
}

/** Well-formed, trimmed text of 1 to `max` UTF-16 units; numbers become text, as many shops' ids are numbers. */
function textOf(value: unknown, max: number): string | undefined {
  const text = typeof value === 'number' && Number.isFinite(value) ? String(value) : value
  if (typeof text !== 'string') return undefined
  const trimmed = text.trim()
  return trimmed.length > 0 && trimmed.length <= max && !/\p{Surrogate}/u.test(trimmed) ? trimmed : undefined
}

function numberOf(value: unknown, min: number, max: number): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof number === 'number' && number >= min && number <= max ? number : undefined
}

/** An absent time is now; a given one must lie between 2000 and a day from now. */
function timeOf(value: unknown, now: number): number | undefined {
  if (value === undefined) return now
  return numberOf(value, Date.UTC(2000), now + 86_400_000)
}

function byteLength(value: unknown): number {
  return new TextEncoder().encode(JSON.stringify(value)).length
}

function refuse(expected: string, got: unknown): ParsedEvent {
  return { refused: 'event-malformed', reason: `expected ${expected}, got ${describe(got)}` }
}

function describe(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value.slice(0, 40)) : typeof value
}
