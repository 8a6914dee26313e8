import * as v from 'valibot'
import { filterSchema } from '../src/bundle/filter-schema.ts'
import { between as number, manifestSchema, placeOf, text } from '../src/bundle/manifest.ts'
import { eventKinds, type NewEvent } from '../src/core/event.ts'
import { placements, type ShelfRequest } from '../src/core/shelf.ts'
import type { Settings } from '../src/core/settings.ts'
import { WindowshopError, type ErrorCode } from '../src/errors.ts'
import type { PastOrder } from '../src/protocol.ts'

const maxBytes = 2048
const name = (max: number) => v.pipe(text(max), v.regex(/./s))
const itemId = name(128)
const time = number(Date.UTC(2000), Date.UTC(2200))
const consent = v.picklist(['granted', 'denied', 'unknown'])

const address = v.pipe(v.string(), v.regex(/^https?:/i))

const openOptions = v.strictObject({
  bundle: address,
  scorers: v.optional(address),
  consent,
  scorer: v.optional(v.picklist(['auto', 'plain', 'wasm', 'webgpu']), 'auto'),
  retentionDays: v.optional(number(1, 3650), 90),
  headOnly: v.optional(v.boolean(), false),
  /** `parseSettings` looks at them: wrong ones do not keep the bundle from being opened. */
  settings: v.optional(v.unknown()),
})

const settings = v.pipe(v.partial(manifestSchema.entries.settings), v.transform(withoutUndefined))

const shelfRequest = v.strictObject({
  placement: v.picklist(placements),
  item: v.optional(itemId),
  items: v.optional(v.pipe(v.array(itemId), v.maxLength(200))),
  limit: v.optional(v.pipe(number(1, 100), v.integer())),
  filter: v.optional(filterSchema),
  exclude: v.optional(v.pipe(v.array(itemId), v.maxLength(1000))),
  settings: v.optional(settings),
  language: v.optional(text(64)),
  reasons: v.optional(v.pipe(number(1, 1000), v.integer())),
})

const newEvent = v.strictObject({
  id: name(300),
  time,
  kind: v.picklist(eventKinds),
  item: v.optional(itemId),
  context: v.optional(
    v.strictObject({
      quantity: v.optional(number(1, 10_000)),
      price: v.optional(number(0, 1e9)),
      order: v.optional(text(128)),
      query: v.optional(text(200)),
      category: v.optional(text(400)),
      placement: v.optional(text(64)),
      position: v.optional(number(0, 10_000)),
      dwell: v.optional(number(0, 86_400)),
    }),
  ),
})

const exportedLog = v.strictObject({ format: v.picklist(['windowshop-log/1']), events: v.array(newEvent) })

const pastOrders = v.array(v.strictObject({ order: itemId, time, items: v.pipe(v.array(itemId), v.maxLength(1000)) }))

/** What was asked for, or the default. */
export type EngineSettings = v.InferOutput<typeof openOptions>

export const parseConsent = (input: unknown) => parse(consent, input, 'call-refused')
export const parseOpenOptions = (input: unknown) => parse(openOptions, input, 'call-refused')
/** As an object, or as the JSON that an attribute of the tag holds. */
export const parseSettings = (input: unknown = {}) =>
  parse(settings, typeof input === 'string' ? JSON.parse(input) : input, 'option-invalid') as Partial<Settings>
export const parseItemIds = (input: unknown) =>
  parse(v.pipe(v.array(itemId), v.maxLength(10_000)), input, 'request-malformed')
export const parseOrders = (input: unknown): PastOrder[] => parse(pastOrders, input, 'event-malformed')

export function parseRequest(input: unknown): ShelfRequest {
  const request = parse(shelfRequest, input, 'request-malformed') as ShelfRequest
  if (request.filter && JSON.stringify(request.filter).length > 8192)
    throw new WindowshopError('request-malformed', { where: 'filter', expected: 'at most 8192 characters of JSON' })
  return request
}

export function parseEvents(input: unknown): NewEvent[] {
  return checkSizes(parse(v.array(newEvent), input, 'event-malformed') as NewEvent[])
}

function checkSizes(events: NewEvent[]): NewEvent[] {
  const encoder = new TextEncoder()
  const large = events.find((event) => encoder.encode(JSON.stringify(event)).length > maxBytes)
  if (large) throw new WindowshopError('event-too-large', { where: large.id, expected: `${maxBytes} bytes` })
  return events
}

/** Reads what `writeLog` has written; throws `event-malformed`. */
export function readLog(json: unknown): NewEvent[] {
  let log: unknown
  try {
    log = JSON.parse(String(json))
  } catch (error) {
    throw new WindowshopError('event-malformed', { expected: 'an exported log' }, { cause: error })
  }
  return checkSizes(parse(exportedLog, log, 'event-malformed').events as NewEvent[])
}

/** The events of a log as JSON, for the shopper to keep. */
export function writeLog(events: readonly NewEvent[]): string {
  const plain = events.map(({ id, time: at, kind, item, context }) => ({ id, time: at, kind, item, context }))
  return JSON.stringify({ format: 'windowshop-log/1', events: plain })
}

function parse<const T extends v.GenericSchema>(schema: T, input: unknown, code: ErrorCode): v.InferOutput<T> {
  const result = v.safeParse(schema, input)
  if (result.success) return result.output
  const issue = result.issues[0]
  throw new WindowshopError(code, {
    where: placeOf(issue) ?? 'argument',
    expected: issue.expected ?? issue.message,
    got: issue.received.slice(0, 80),
  })
}

/** What is named without a value would overwrite the default. */
function withoutUndefined(values: object): object {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))
}
