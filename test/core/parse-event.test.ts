import { describe, expect, test } from 'vitest'
import { eventKinds } from '../../src/core/event.ts'
import { parseEvent } from '../../src/core/parse-event.ts'
import type { Random } from '../../src/core/random.ts'
import { between, seededRandom } from '../support/seed.ts'

const random = seededRandom('parse-event')
const now = Date.UTC(2026, 0, 15)

function parse(input: unknown) {
  let made = 0
  return parseEvent(input, { now, newId: () => `id-${made++}` })
}

describe('parseEvent', () => {
  test('reads the GA4 purchase of the documentation: one event per item', () => {
    const result = parse({
      event: 'purchase',
      ecommerce: {
        transaction_id: 'T_12345',
        value: 72.05,
        currency: 'USD',
        items: [
          {
            item_id: 'SKU_12345',
            item_name: 'Stan and Friends Tee',
            item_category: 'Apparel',
            item_category2: 'Adult',
            price: 10.01,
            quantity: 3,
          },
          { item_id: 'SKU_12346', price: 21.01, quantity: 2 },
        ],
      },
    })
    expect(result).toEqual({
      events: [
        {
          id: 'id-0',
          time: now,
          kind: 'purchase',
          item: 'SKU_12345',
          context: { order: 'T_12345', category: 'Apparel > Adult', price: 10.01, quantity: 3 },
        },
        {
          id: 'id-1',
          time: now,
          kind: 'purchase',
          item: 'SKU_12346',
          context: { order: 'T_12345', price: 21.01, quantity: 2 },
        },
      ],
    })
  })

  test("reads gtag's arguments, and the short form", () => {
    function gtag(..._: unknown[]) {
      return parse(arguments)
    }
    expect(gtag('event', 'view_item', { items: [{ item_id: 7 }] })).toEqual({
      events: [{ id: 'id-0', time: now, kind: 'view_item', item: '7' }],
    })
    expect(parse({ kind: 'add_to_cart', item: 'a', quantity: 2, time: now - 5 })).toEqual({
      events: [{ id: 'id-0', time: now - 5, kind: 'add_to_cart', item: 'a', context: { quantity: 2 } }],
    })
    expect(parse({ event: 'view_search_results', search_term: ' warm tent ' })).toEqual({
      events: [{ id: 'id-0', time: now, kind: 'search', context: { query: 'warm tent' } }],
    })
  })

  test.each([
    ['nothing', undefined],
    ['null', null],
    ['a number', 7],
    ['a BigInt', 7n],
    ['an unknown kind', { event: 'page_view', item: 'a' }],
    ['no item', { event: 'view_item', ecommerce: { items: [] } }],
    ['a search without words', { event: 'search' }],
    ['an item that is too long', { event: 'view_item', item: 'x'.repeat(129) }],
    ['a lone surrogate', { event: 'view_item', item: 'a\ud800b' }],
    ['a time in the next century', { event: 'view_item', item: 'a', time: 9e15 }],
    ['NaN as time', { event: 'view_item', item: 'a', time: Number.NaN }],
    [
      'a getter that throws',
      {
        get event(): string {
          throw new Error('no')
        },
      },
    ],
    [
      'a proxy that throws',
      new Proxy(
        {},
        {
          get: () => {
            throw new Error('no')
          },
        },
      ),
    ],
  ])('refuses %s with a code', (_, input) => {
    expect(parse(input)).toMatchObject({ refused: 'event-malformed', reason: expect.stringContaining('expected') })
  })

  test('takes a hundred thousand hostile objects without throwing, and keeps what it accepts small and plain', () => {
    for (let run = 0; run < 100_000; run++) {
      const result = parse(hostile(random, 3))
      if ('refused' in result) continue
      for (const event of result.events) {
        expect(eventKinds).toContain(event.kind)
        expect(new TextEncoder().encode(JSON.stringify(event)).length).toBeLessThanOrEqual(2048)
        expect(structuredClone(event)).toEqual(event)
        for (const value of Object.values(event.context ?? {})) {
          expect(typeof value === 'string' || Number.isFinite(value)).toBe(true)
        }
      }
    }
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })
})

const names = [
  'event',
  'kind',
  'item',
  'item_id',
  'items',
  'ecommerce',
  'time',
  'quantity',
  'price',
  'query',
  'item_category',
  'order',
  'position',
  '__proto__',
  'constructor',
  '0',
  '1',
  'length',
]

function hostile(random: Random, depth: number): unknown {
  const choices: (() => unknown)[] = [
    () => eventKinds[between(random, 0, eventKinds.length - 1)],
    () => eventKinds[between(random, 0, eventKinds.length - 1)],
    () => [undefined, null, Number.NaN, Infinity, -1, 10n, true, Symbol.iterator, () => 1][between(random, 0, 8)],
    () => String.fromCharCode(...Array.from({ length: between(random, 0, 300) }, () => between(random, 0, 0xffff))),
    () => random() * 10 ** between(random, -5, 20),
    () => new Date(Number.NaN),
  ]
  if (depth > 0) {
    choices.push(() => Array.from({ length: between(random, 0, 4) }, () => hostile(random, depth - 1)))
    const object = () => {
      const made: Record<string, unknown> = random() < 0.1 ? (Object.create(null) as Record<string, unknown>) : {}
      for (let n = between(random, 0, 6); n > 0; n--)
        Object.defineProperty(made, names[between(random, 0, names.length - 1)]!, {
          value: hostile(random, depth - 1),
          configurable: true,
          enumerable: true,
          writable: true,
        })
      if (random() < 0.1) made['self'] = made
      if (random() < 0.5) made['event'] = eventKinds[between(random, 0, eventKinds.length - 1)]
      if (random() < 0.5) made['item'] = `item-${between(random, 0, 9)}`
      return made
    }
    choices.push(object, object, object, object, () =>
      JSON.parse('{"event":"view_item","item":"a","__proto__":{"polluted":1}}'),
    )
  }
  return choices[between(random, 0, choices.length - 1)]!()
}

test('an event of texts that are each short enough, but more than 2 KiB together, is refused', () => {
  const texts = (letter: string) => ({
    kind: 'view_item',
    item: letter.repeat(128),
    order: letter.repeat(128),
    query: letter.repeat(200),
    category: letter.repeat(128),
    item_category2: letter.repeat(128),
    placement: letter.repeat(64),
  })
  const options = { now: Date.UTC(2026, 5, 1), newId: () => 'id' }
  expect(parseEvent(texts('a'), options)).toMatchObject({ events: [{}] })
  expect(parseEvent(texts('\u6771'), options)).toMatchObject({ refused: 'event-too-large' })
})
