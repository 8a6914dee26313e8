import { eventKinds } from '../../src/core/event.ts'
import { parseEvent } from '../../src/core/parse-event.ts'
import type { Random } from '../../src/core/random.ts'
import { WindowshopError } from '../../src/errors.ts'
import { parseEvents } from '../../workers/parse-arguments.ts'
import type { FaultRow } from './fault-row.ts'
import { hostileValue, pick } from './hostile-values.ts'

const mostBytes = 2048
const now = Date.UTC(2026, 5, 1)
const names = [
  'item',
  'item_id',
  'items',
  'quantity',
  'price',
  'order',
  'query',
  'category',
  'dwell',
  'position',
  'time',
]

/** Objects that are almost events, as the page hands them over and as a raw message brings them to the worker. */
export const badEvents: FaultRow = {
  id: 'bad-events',
  kind: 'bad input',
  fault: 'events of wrong types, lengths and numbers, circles, throwing getters',
  holds: 'taken or refused with a code, never thrown; at most 2 KiB stored each',
  runs: { test: 2000, ci: 100_000, release: 1_000_000 },

  async open() {
    return {
      run(random) {
        let ids = 0
        const parsed = parseEvent(pageEvent(random), { now, newId: () => `id-${ids++}` })
        if ('refused' in parsed) {
          if (!parsed.refused || parsed.reason.length > 300) throw new Error(`refused without a word: ${parsed.reason}`)
        } else checkStored(parseEvents(structuredClone(parsed.events)), 'the page took')
        const raw = asSent(workerEvent(random))
        try {
          if (raw) checkStored(parseEvents([raw]), 'the worker took')
        } catch (error) {
          if (!(error instanceof WindowshopError)) throw error
        }
        return 1
      },
    }
  },
}

function pageEvent(random: Random): unknown {
  if (random() < 0.3) return hostileValue(random)
  const body: Record<string, unknown> = { kind: pick(random, eventKinds), item: 'SKU-1' }
  for (const name of names) if (random() < 0.3) body[name] = hostileValue(random)
  if (random() < 0.3) return { event: body['kind'], ecommerce: body }
  return random() < 0.2 ? ['event', body['kind'], body] : body
}

/** What could cross the boundary: of strings at their limits, in characters of three bytes. */
function workerEvent(random: Random): unknown {
  const text = (length: number) => pick(random, ['x', '\u4e16', '"', '\ud800']).repeat(length)
  const context: Record<string, unknown> = {}
  for (const [name, length] of Object.entries({ order: 128, query: 200, category: 400, placement: 64 }))
    if (random() < 0.7) context[name] = random() < 0.1 ? hostileValue(random) : text(length)
  if (random() < 0.2) context[pick(random, names)] = hostileValue(random)
  const event: Record<string, unknown> = {
    id: text(300),
    time: now,
    kind: pick(random, eventKinds),
    item: text(128),
    context,
  }
  if (random() < 0.3) event[pick(random, [...Object.keys(event), 'more'])] = hostileValue(random)
  return event
}

/** What arrives of it at the worker; undefined for what cannot be sent. */
function asSent(event: unknown): unknown {
  try {
    return structuredClone(event)
  } catch {
    return undefined
  }
}

function checkStored(events: readonly object[], who: string): void {
  for (const event of events) {
    const bytes = new TextEncoder().encode(JSON.stringify(event)).length
    if (bytes > mostBytes) throw new Error(`${who} an event of ${bytes} bytes`)
  }
}
