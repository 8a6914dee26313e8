import * as v from 'valibot'
import { filterSchema } from '../src/bundle/filter-schema.ts'
import { anything, between as number, expectedOf, placeOf, settingsChanges, text } from '../src/bundle/manifest.ts'
import { eventKinds, type NewEvent } from '../src/core/event.ts'
import { placements, type ShelfRequest } from '../src/core/shelf.ts'
import type { Settings } from '../src/core/settings.ts'
import { WindowshopError, type ErrorCode } from '../src/errors.ts'

const maxBytes = 2048
/** Characters of a filter as JSON. */
const maxFilter = 8192
const name = (max: number) => v.pipe(text(max), v.regex(/./s))
export const itemId = name(128)
export const time = number(Date.UTC(2000), Date.UTC(2200))
const consent = v.picklist(['granted', 'denied', 'unknown'])

const address = v.pipe(v.string(), v.regex(/^https?:/i))

const openOptions = v.strictObject({
  bundle: address,
  scorers: v.optional(address),
  late: v.optional(address),
  consent,
  scorer: v.optional(v.picklist(['auto', 'plain', 'wasm', 'webgpu']), 'auto'),
  retentionDays: v.optional(number(1, 3650), 90),
  headOnly: v.optional(v.boolean(), false),
  account: v.optional(text(128)),
  progress: v.optional(v.boolean(), false),
  /** `parseSettings` looks at them: wrong ones do not keep the bundle from being opened. */
  settings: v.optional(anything),
})

const shelfRequest = v.strictObject({
  placement: v.picklist(placements),
  item: v.optional(itemId),
  items: v.optional(v.pipe(v.array(itemId), v.maxLength(200))),
  limit: v.optional(v.pipe(number(1, 100), v.integer())),
  filter: v.optional(filterSchema),
  exclude: v.optional(v.pipe(v.array(itemId), v.maxLength(1000))),
  settings: v.optional(settingsChanges),
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

/** What was asked for, or the default. */
export type EngineSettings = v.InferOutput<typeof openOptions>

export const parseConsent = (input: unknown) => parse(consent, input, 'call-refused')
export const parseOpenOptions = (input: unknown) => parse(openOptions, input, 'call-refused')
/** As an object, or as the JSON that an attribute of the tag holds. */
export const parseSettings = (input: unknown = {}): Partial<Settings> =>
  withoutUndefined(parse(settingsChanges, typeof input === 'string' ? JSON.parse(input) : input, 'option-invalid'))
export const parseItemIds = (input: unknown) =>
  parse(v.pipe(v.array(itemId), v.maxLength(10_000)), input, 'request-malformed')

export function parseRequest(input: unknown): ShelfRequest {
  const { settings = {}, ...request } = parse(shelfRequest, input, 'request-malformed')
  if (JSON.stringify(request.filter ?? {}).length > maxFilter)
    throw new WindowshopError('request-malformed', { where: 'filter', expected: `at most ${maxFilter} characters` })
  return { ...request, settings: withoutUndefined(settings) } as ShelfRequest
}

export function parseEvents(input: unknown): NewEvent[] {
  const events = parse(v.array(newEvent), input, 'event-malformed') as NewEvent[]
  const encoder = new TextEncoder()
  const large = events.find((event) => encoder.encode(JSON.stringify(event)).length > maxBytes)
  if (large) throw new WindowshopError('event-too-large', { where: large.id, expected: `${maxBytes} bytes` })
  return events
}

/** What a schema makes of an argument; throws `code` with the first thing that is wrong. */
export function parse<const T extends v.GenericSchema>(schema: T, input: unknown, code: ErrorCode): v.InferOutput<T> {
  const result = v.safeParse(schema, input)
  if (result.success) return result.output
  const issue = result.issues[0]
  throw new WindowshopError(code, {
    where: placeOf(issue) ?? 'argument',
    expected: expectedOf(issue),
    got: issue.received.slice(0, 80),
  })
}

/** What is named without a value would overwrite the default. */
function withoutUndefined(values: object): object {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))
}
