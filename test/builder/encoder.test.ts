import { describe, expect, test } from 'vitest'
import { packBundle } from '../../src/bundle/pack.ts'
import type { EventKind } from '../../src/core/event.ts'
import { defaultSettings } from '../../src/core/settings.ts'
import type { Random } from '../../src/core/random.ts'
import { bareItem, type CatalogueItem } from '../../src/builder/catalogue.ts'
import type { CleanLine } from '../../src/builder/clean/clean-log.ts'
import { shopEncoder, type EncoderOptions } from '../../src/builder/encoder-options.ts'
import { measureQuery, type NextItemCase } from '../../src/builder/learn/choose-query.ts'
import { dayMs, numberLog } from '../../src/builder/learn/interactions.ts'
import { learnEncoder } from '../../src/builder/learn/learn-encoder.ts'
import { defaultLearning } from '../../src/builder/learn/learning-settings.ts'
import { collectSessions, sessionExamples } from '../../src/builder/learn/session-examples.ts'
import { assembleColumns } from '../../src/builder/assemble-bundle.ts'
import { openShop } from '../../src/builder/open-shop.ts'
import { silent } from '../../src/builder/progress.ts'
import { numberSessions, putEncoder } from '../../src/builder/encoder-columns.ts'
import { assembleBundle } from '../../src/builder/with-encoder.ts'
import { featureOffsets, featuresOf } from '../../src/models/event-features.ts'
import { between, seededRandom } from '../support/seed.ts'

const random = seededRandom('encoder of a log')
const count = 120
const start = Date.UTC(2026, 0, 1)
const minute = 60_000

const items: CatalogueItem[] = Array.from({ length: count }, (_, i) => bareItem(`item-${i}`, { title: `Item ${i}` }))

function line(user: string, item: number, time: number, kind: EventKind = 'view_item'): CleanLine {
  return { line: 1, user, item: `item-${item}`, time, kind, quantity: 1, price: undefined, order: undefined }
}

/** Shoppers who walk along a ring of items, one session each: what comes next is a little further on. */
function walks(random: Random, sessions: number, kind: EventKind = 'view_item'): CleanLine[] {
  return Array.from({ length: sessions }, (_, user) => {
    let at = between(random, 0, count - 1)
    return Array.from({ length: between(random, 3, 8) }, (_, i) => {
      at = (at + between(random, 1, 3)) % count
      return line(`u${user}`, at, start + (user * 60 * dayMs) / sessions + i * minute, kind)
    })
  })
    .flat()
    .sort((a, b) => a.time - b.time)
}

/** A small budget. */
const encoder: EncoderOptions = {
  ...shopEncoder,
  learning: { ...shopEncoder.learning, dims: 16, length: 6, negatives: 32, batch: 64, epochs: 4, rate: 0.01 },
  leastTargets: 1000,
}
const learning = { ...defaultLearning, collaborative: { ...defaultLearning.collaborative, dims: 16, iterations: 3 } }

describe('sessions of a log', () => {
  test('end where a customer pauses, and hold what speaks for an item', () => {
    const lines = [
      line('a', 1, start),
      line('b', 2, start + 1),
      line('a', 3, start + 29 * minute),
      line('a', 4, start + 30 * minute, 'refund'),
      line('a', 5, start + 58 * minute, 'add_to_cart'),
      line('b', 6, start + 31 * minute),
      line('b', 7, start + 60 * minute),
    ].sort((a, b) => a.time - b.time)
    const log = numberLog(lines, count, (id) => Number(id.slice(5)))
    const sessions = collectSessions(log, defaultSettings)
    expect(sessions.map(({ events }) => events.map(({ row }) => row))).toEqual([
      [1, 3, 5],
      [6, 7],
    ])
  })

  test('become examples: every event but the first, from those before it', () => {
    for (let run = 0; run < 20; run++) {
      const log = numberLog(walks(random, 20), count, () => between(random, 0, 9))
      const sessions = collectSessions(log, defaultSettings)
      const options = { length: between(random, 2, 6), repeats: random() < 0.5, halvings: 2 }
      const { items: rows, target, first, weight, eventFeatures } = sessionExamples(sessions, options)
      const offsets = featureOffsets(options.length)
      const expected = sessions.flatMap(({ events }, s) =>
        events.flatMap((event, i) => {
          const before = events.slice(Math.max(0, i - options.length), i)
          if (i === 0 || (!options.repeats && before.some(({ row }) => row === event.row))) return []
          return [{ next: event.row, before, weight: 2 ** (2 * ((s + 1) / sessions.length - 1)), of: events }]
        }),
      )
      expect(target.length).toBe(expected.length)
      for (const [e, { next, before, weight: wanted, of }] of expected.entries()) {
        expect(rows[target[e]!]).toBe(next)
        expect([...rows.subarray(first[e], target[e])]).toEqual(before.map(({ row }) => row))
        expect(weight![e]).toBeCloseTo(wanted, 6)
        for (const [j, event] of before.entries()) {
          const [, ...buckets] = featuresOf(event, 0, of[of.indexOf(event) - 1])
          const at = (first[e]! + j) * buckets.length
          expect([...eventFeatures!.subarray(at, at + buckets.length)]).toEqual(
            buckets.map((bucket, f) => bucket + offsets[f + 1]!),
          )
        }
      }
    }
  })
})

describe('an encoder learned from a log', () => {
  for (const repeats of [true, false]) {
    test(`is served as its training measured it, ${repeats ? 'with' : 'without'} repeats`, async () => {
      const lines = walks(random, 700)
      const options = { learning: { ...learning, minCustomers: 1 }, settings: { ...defaultSettings, ...plain } }
      const built = assembleColumns({ items, lines }, options)
      const { log, sessions } = numberSessions(lines, built, options)
      const [earlier, later] = [sessions.slice(0, 600), sessions.slice(600)]
      const settings = { ...encoder.learning, repeats }
      const learned = await learnEncoder({
        items: count,
        sessions: earlier,
        validation: later,
        settings,
        minCustomers: 1,
      })
      const place = { built, numbered: { log, sessions: earlier }, options }
      const { shop } = await openShop(putEncoder(place, learned, { ...encoder, learning: settings }).columns)
      const cases = later.flatMap(({ events }): NextItemCase[] =>
        events.flatMap(({ row }, i) => {
          const before = events.slice(0, i)
          const seen = before.slice(-settings.length).some((event) => event.row === row)
          return i === 0 || (seen && !repeats) ? [] : [{ events: before, next: row }]
        }),
      )
      const { mrr20 } = learned.qualities[learned.epochs - 1]!
      expect(mrr20).toBeGreaterThan(0.15)
      // int8 rows, and 16 bits of each weight.
      expect(Math.abs((await measureQuery(shop, cases, {})) - mrr20)).toBeLessThan(0.01)
    })
  }

  test('takes the place of factors and of age where it finds more of what came next, and tells how much', async () => {
    const lines = walks(random, 450)
    const assembled = await assembleBundle({ items, lines }, { learning, encoder }, silent)
    const { columns, chosenBy } = assembled
    expect(columns.encoder).toMatchObject({ kind: 'windowshop', length: 6 })
    expect(columns.segments[0]).toMatchObject({ name: 'collaborative', dims: 16 })
    const [found, byAge] = Object.values(chosenBy) as [number, number]
    expect(found).toBeGreaterThan(byAge)
    // Chosen once, it is trained again to the same bytes.
    const again = await assembleBundle({ items, lines }, { learning, encoder: assembled.encoder }, silent)
    const pack = (input: typeof columns) => packBundle({ ...input, data: {}, quality: {}, head: count })
    expect((await pack(again.columns)).manifest).toEqual((await pack(columns)).manifest)
  })

  test('is left out of a log of orders alone, or of few sessions', async () => {
    for (const lines of [walks(random, 400, 'purchase'), walks(random, 60)]) {
      const { columns, encoder: used } = await assembleBundle({ items, lines }, { learning, encoder }, silent)
      expect(columns.encoder).toBeUndefined()
      expect(used).toBe(false)
    }
  })
})

const plain = { profile: 0, content: 0, popularity: 0, trend: 0, newness: 0, diversity: 0 }
