import * as v from 'valibot'
import type { NewEvent } from '../src/core/event.ts'
import type { StockChanges } from '../src/core/stock.ts'
import { text } from '../src/bundle/manifest.ts'
import { parseJson } from '../src/core/parse-json.ts'
import { WindowshopError } from '../src/errors.ts'
import type { PastOrder } from '../src/protocol.ts'
import { itemId, parse, parseEvents, time } from './parse-arguments.ts'

const mostItems = 10_000

const news = v.strictObject({
  rules: v.optional(v.unknown()),
  stock: v.optional(
    v.pipe(
      v.record(
        itemId,
        v.nullable(
          v.strictObject({
            available: v.optional(v.boolean()),
            price: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(1e9))),
          }),
        ),
      ),
      v.check((changes) => Object.keys(changes).length <= mostItems, `at most ${mostItems} items`),
    ),
  ),
})

const orderItems = v.pipe(v.array(itemId), v.maxLength(1000))
const pastOrders = v.array(v.strictObject({ order: itemId, time, items: orderItems, returned: v.optional(orderItems) }))
const exportedLog = v.strictObject({ format: v.literal('windowshop-log/1'), events: v.array(v.unknown()) })

/** What a page says of its shop: new stock is checked here, rules by `parseRules`. Throws `stock-malformed`. */
export const parseNews = (input: unknown) =>
  parse(news, input, 'stock-malformed') as { readonly rules?: unknown; readonly stock?: StockChanges }

const whoChange = v.strictObject({
  account: v.optional(text(128)),
  name: v.optional(text(40)),
  forget: v.optional(text(40)),
  gift: v.optional(v.boolean()),
})

/** What a change of who is here says; throws `call-refused`. */
export const parseWho = (input: unknown = {}) => parse(whoChange, input, 'call-refused')

export const parseOrders = (input: unknown): PastOrder[] => parse(pastOrders, input, 'event-malformed')

/** Reads what `writeLog` has written; throws `event-malformed`. */
export function readLog(json: unknown): NewEvent[] {
  const log = parseJson(String(json))
  if (log === undefined) throw new WindowshopError('event-malformed', { expected: 'an exported log' })
  return parseEvents(parse(exportedLog, log, 'event-malformed').events)
}

/** The events of a log as JSON, for the shopper to keep. */
export function writeLog(events: readonly NewEvent[]): string {
  const plain = events.map(({ id, time: at, kind, item, context }) => ({ id, time: at, kind, item, context }))
  return JSON.stringify({ format: 'windowshop-log/1', events: plain })
}
