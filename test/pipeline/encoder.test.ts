import { describe, expect, test } from 'vitest'
import { openBundle } from '../../src/bundle/open-bundle.ts'
import { packBundle } from '../../src/bundle/pack.ts'
import { addRow } from '../../src/bundle/row-vector.ts'
import type { EventRecord } from '../../src/core/event.ts'
import { createFold } from '../../src/core/fold.ts'
import { defaultSettings } from '../../src/core/settings.ts'
import type { ShelfRequest } from '../../src/core/shelf.ts'
import { userVector } from '../../src/core/user-vector.ts'
import { createPlainEncoder } from '../../src/models/plain-encoder.ts'
import { encodeSessions } from '../../src/models/session-encoder.ts'
import { answerPage } from '../../src/pipeline/answer-page.ts'
import type { Shop } from '../../src/pipeline/shop.ts'
import { userSpace } from '../../src/pipeline/user-space.ts'
import { createPlainScorer } from '../../src/scoring/plain-scorer.ts'
import { randomEncoder } from '../models/random-encoder.ts'
import { randomPackInput } from '../support/random-bundle.ts'
import { noon, randomLog } from '../support/random-log.ts'
import { between, seededRandom } from '../support/seed.ts'

const random = seededRandom('pipeline with an encoder')
const requests: ShelfRequest[] = [{ placement: 'for-you', reasons: 1000, limit: 12 }]

async function openShop(items: number): Promise<Shop> {
  const { manifest, files } = await packBundle(randomPackInput({ items, dims: [16, 8], random }))
  const bundle = openBundle(manifest, files)
  const { weights, shape } = randomEncoder(random, 16)
  return {
    bundle,
    scorer: createPlainScorer(bundle.table),
    encoder: encodeSessions(bundle, createPlainEncoder(weights, shape)),
  }
}

function foldOf(events: readonly EventRecord[]) {
  const fold = createFold()
  fold.append(events)
  return fold
}

/** A log of which the last events are one session. */
const log = () => [
  ...randomLog(random, { events: 20, items: 200, days: 30 }),
  ...randomLog(random, { events: between(random, 1, 20), items: 200, days: 0.01 }).map((event, i) => ({
    ...event,
    seq: 1000 + i,
    id: `session ${i}`,
  })),
]

describe('with an encoder', () => {
  test('the session vector is the sum of item rows by its attention, in the collaborative segment', async () => {
    const shop = await openShop(200)
    const { bundle, encoder } = shop
    for (let run = 0; run < 10; run++) {
      const fold = foldOf(log())
      const settings = { ...defaultSettings, profile: 0 }
      const space = await userSpace(shop, fold, settings, noon)
      const { query, session } = userVector(fold, space, settings, noon)
      const attention = await encoder!.attend(session, settings)
      const expected = new Float64Array(16 + 8)
      for (const [{ item }, share] of attention?.shares ?? [])
        addRow(bundle.table, bundle.rowOf(item!)!, share, expected)
      const norm = Math.hypot(...expected.subarray(0, 16))
      if (!attention) continue
      for (let d = 0; d < 16; d++) expect(query[d]).toBeCloseTo(expected[d]! / norm, 10)
      // What events are about is still weighed by kind and age.
      const plain = userVector(fold, { vectors: space.vectors, weights: space.weights }, settings, noon)
      expect([...query.subarray(16)]).toEqual([...plain.query.subarray(16)])
    }
  })

  test('contributions of events still sum to the score of each item', async () => {
    const shop = await openShop(300)
    for (let run = 0; run < 10; run++) {
      const [answer] = await answerPage(shop, foldOf(log()), requests, noon)
      for (const { score, reasons } of answer && 'items' in answer ? answer.items : []) {
        const sum = reasons.reduce((total, { contribution }) => total + contribution, 0)
        const magnitude = reasons.reduce((total, { contribution }) => total + Math.abs(contribution), 0)
        expect(Math.abs(sum - score)).toBeLessThanOrEqual(1e-6 * magnitude)
      }
    }
  })

  test('deleting events gives, bit for bit, the shelf of a log that never had them', async () => {
    const shop = await openShop(300)
    for (let run = 0; run < 10; run++) {
      const events = log()
      const fold = foldOf(events)
      await answerPage(shop, fold, requests, noon)
      const gone = new Set(events.filter(() => random() < 0.4).map(({ id }) => id))
      for (const id of gone) fold.remove(id)
      const never = foldOf(events.filter(({ id }) => !gone.has(id)))
      const [got, expected] = [
        await answerPage(shop, fold, requests, noon),
        await answerPage(shop, never, requests, noon),
      ]
      expect(got.map((shelf) => ({ ...shelf, version: 0 }))).toEqual(
        expected.map((shelf) => ({ ...shelf, version: 0 })),
      )
    }
  })

  test('an event that comes while a model works is in the shelf, attended to', async () => {
    const shop = await openShop(200)
    const fold = foldOf(log())
    const late: EventRecord = {
      seq: 5000,
      id: 'late',
      profile: 'default',
      time: noon,
      kind: 'view_item',
      item: 'item-5',
    }
    let asked = 0
    const slow: Shop = {
      ...shop,
      encoder: {
        async attend(session, settings) {
          const attention = await shop.encoder!.attend(session, settings)
          if (asked++ === 0) fold.append([late])
          return attention
        },
      },
    }
    const got = await answerPage(slow, fold, requests, noon)
    expect(asked).toBe(2)
    expect(got).toEqual(await answerPage(shop, fold, requests, noon))
  })

  test('events that say nothing of an item, or speak against it, are left to their age', async () => {
    const { encoder } = await openShop(50)
    const event = (kind: EventRecord['kind'], item?: string): EventRecord => ({
      seq: 1,
      id: kind,
      profile: 'default',
      time: noon,
      kind,
      ...(item === undefined ? { context: { query: 'lamp' } } : { item }),
    })
    const view = event('view_item', 'item-1')
    expect(await encoder!.attend([event('search'), event('dismiss', 'item-2')], defaultSettings)).toBeUndefined()
    const session = [event('search'), view, event('dismiss', 'item-2'), event('view_item', 'unknown')]
    expect(await encoder!.attend(session, defaultSettings)).toEqual({ segment: 0, shares: new Map([[view, 1]]) })
  })
})
