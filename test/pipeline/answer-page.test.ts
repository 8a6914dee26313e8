import { describe, expect, test } from 'vitest'
import { totalDims } from '../../src/bundle/item-table.ts'
import { openBundle } from '../../src/bundle/open-bundle.ts'
import { packAvailability, packBundle, type PackInput } from '../../src/bundle/pack.ts'
import { dotRow } from '../../src/bundle/row-vector.ts'
import { createBitmask, setBit } from '../../src/core/bitmask.ts'
import type { EventKind, EventRecord } from '../../src/core/event.ts'
import { createFold, type Fold } from '../../src/core/fold.ts'
import { defaultSettings } from '../../src/core/settings.ts'
import { placements, type Shelf, type ShelfAnswer, type ShelfRequest } from '../../src/core/shelf.ts'
import { userVector } from '../../src/core/user-vector.ts'
import { answerPage } from '../../src/pipeline/answer-page.ts'
import { eventVectors } from '../../src/pipeline/event-vectors.ts'
import { rerank } from '../../src/pipeline/rerank.ts'
import { userSpace } from '../../src/pipeline/user-space.ts'
import { createPlainScorer } from '../../src/scoring/plain-scorer.ts'
import type { Scorer } from '../../src/scoring/scorer.ts'
import { randomPackInput } from '../support/random-bundle.ts'
import { noon, randomLog } from '../support/random-log.ts'
import { between, seededRandom } from '../support/seed.ts'

const random = seededRandom('pipeline')

async function openShop(items: number, change: (input: PackInput) => Partial<PackInput> = () => ({})) {
  const made = randomPackInput({ items, random })
  const input = { ...made, ...change(made) }
  const { manifest, files } = await packBundle(input)
  const bundle = openBundle(manifest, files, { availability: packAvailability(input) })
  return { input, bundle, scorer: createPlainScorer(bundle.table) }
}

function foldOf(events: readonly EventRecord[]) {
  const fold = createFold()
  fold.append(events)
  return fold
}

let key = 0
function event(kind: EventKind, item: string, minutesAgo = 1): EventRecord {
  key += 1
  return { seq: key, id: `k${key}`, profile: 'p', time: noon - minutesAgo * 60_000, kind, item }
}

function idsOf(answer: ShelfAnswer | undefined): string[] {
  return answer && 'items' in answer ? answer.items.map(({ card }) => card.id) : []
}

describe('an explanation', () => {
  test('is that of the log that was scored, whatever happens while the scores come', async () => {
    const shop = await openShop(100)
    const log = randomLog(random, { events: 30, items: 100, days: 0.01 })
    const requests: ShelfRequest[] = [{ placement: 'for-you', reasons: 1000 }]
    const expected = await answerPage(shop, foldOf(log), requests, noon)
    const meanwhile: ((fold: Fold) => void)[] = [
      (fold) => fold.append([event('purchase', 'item-1')].map((late) => ({ ...late, seq: 1e6 }))),
      (fold) => fold.remove(log[7]!.id),
      (fold) => fold.clear(),
    ]
    for (const change of meanwhile) {
      const fold = foldOf(log)
      const scorer: Scorer = {
        ...shop.scorer,
        async topK(queries) {
          change(fold)
          return shop.scorer.topK(queries)
        },
      }
      expect(await answerPage({ ...shop, scorer }, fold, requests, noon)).toEqual(expected)
    }
  })

  test('sums to the score of its item, to 1e-6 of the sum of magnitudes, on every scanned placement', async () => {
    const shop = await openShop(400)
    for (let run = 0; run < 20; run++) {
      const fold = foldOf(
        randomLog(random, { events: between(random, 0, 80), items: 400, days: random() < 0.5 ? 30 : 0.01 }),
      )
      const settings = { repeatBonus: run % 2 ? [0.4, 0.2] : [] }
      const requests = (['for-you', 'similar', 'because-you-viewed', 'trending', 'new'] as const).map(
        (placement): ShelfRequest => ({ placement, item: 'item-7', reasons: 1000, settings }),
      )
      for (const answer of await answerPage(shop, fold, requests, noon)) {
        for (const { reasons, score } of (answer as Shelf).items ?? []) {
          const sum = reasons.reduce((total, { contribution }) => total + contribution, 0)
          const magnitude = reasons.reduce((total, { contribution }) => total + Math.abs(contribution), 0)
          expect(Math.abs(sum - score)).toBeLessThanOrEqual(1e-6 * magnitude)
        }
      }
    }
  })

  test('cut to a few reasons still sums to the score, and positive shares sum to one', async () => {
    const shop = await openShop(200)
    const fold = foldOf(randomLog(random, { events: 60, items: 200, days: 10 }))
    const [answer] = await answerPage(shop, fold, [{ placement: 'for-you', reasons: 5 }], noon)
    const [full] = await answerPage(shop, fold, [{ placement: 'for-you', reasons: 1000 }], noon)
    for (const [i, { reasons, score }] of (answer as Shelf).items.entries()) {
      expect(reasons.length).toBeLessThanOrEqual(5)
      expect(reasons.reduce((total, { contribution }) => total + contribution, 0)).toBeCloseTo(score, 6)
      const all = (full as Shelf).items[i]!.reasons
      expect(all.reduce((total, { share }) => total + Math.max(0, share), 0)).toBeCloseTo(1, 9)
    }
  })

  test('of a long log names what a sum over every single event names, with the same shares', async () => {
    const shop = await openShop(100)
    const { table } = shop.bundle
    const settings = { ...defaultSettings, popularity: 0, trend: 0, newness: 0 }
    for (const [events, items, most] of [
      [3000, 12, 7],
      [300, 90, 3],
      [40, 30, 12],
      [30, 30, 100],
    ] as const) {
      const log = randomLog(random, { events, items, days: 40 })
      const fold = foldOf([...log, { ...event('view_item', 'item-3'), seq: 1e6 }])
      const [answer] = await answerPage(shop, fold, [{ placement: 'for-you', reasons: most, settings }], noon)
      const user = userVector(fold, await userSpace(shop, fold, settings, noon), settings, noon)
      for (const { card, reasons } of (answer as Shelf).items) {
        const row = shop.bundle.rowOf(card.id)!
        const naive = user.factors().flatMap(({ event: each, factors }) => {
          const own = new Float64Array(totalDims(table))
          eventVectors(shop.bundle).add(each, 1, own)
          const contribution = dotRow(table, row, own).reduce((sum, product, g) => sum + product * factors[g]!, 0)
          return contribution === 0 ? [] : [{ contribution }]
        })
        const positive = naive.reduce((sum, { contribution }) => sum + Math.max(0, contribution), 0)
        const sorted = naive.sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution))
        const named = sorted.slice(0, naive.length > most ? most - 1 : most)
        const rest = sorted.slice(named.length).reduce((sum, { contribution }) => sum + contribution, 0)
        const expected = [
          ...named.map(({ contribution }) => contribution),
          ...(named.length < naive.length ? [rest] : []),
        ]
        expect(reasons.length).toBe(expected.length)
        for (const [i, { contribution, share }] of reasons.entries()) {
          expect(Math.abs(contribution - expected[i]!)).toBeLessThan(1e-9 * positive)
          expect(Math.abs(share - expected[i]! / positive)).toBeLessThan(1e-9)
        }
        const last = reasons.at(-1)!
        if (named.length < naive.length)
          expect(last).toMatchObject({ kind: 'rest', id: String(naive.length - named.length) })
        expect(new Set(reasons.map(({ id }) => id)).size).toBe(reasons.length)
      }
    }
  })

  test('names the event that spoke for an item', async () => {
    const shop = await openShop(100)
    const fold = foldOf([event('view_item', 'item-5')])
    const [answer] = await answerPage(shop, fold, [{ placement: 'for-you' }], noon)
    const top = (answer as Shelf).items[0]!.reasons.find(({ kind }) => kind === 'event')!
    expect(top).toMatchObject({
      id: `k${key}`,
      title: 'Item 5 \u{1f3d5}',
      event: { kind: 'view_item', item: 'item-5' },
    })
  })
})

describe('for-you', () => {
  test('is the same list whatever other shelves stand below it', async () => {
    const shop = await openShop(600)
    const others = (['similar', 'trending', 'new', 'recently-viewed'] as const).map((placement): ShelfRequest => ({
      placement,
      item: 'item-7',
      limit: 40,
    }))
    for (let run = 0; run < 20; run++) {
      const fold = foldOf(randomLog(random, { events: between(random, 1, 40), items: 600, days: 1 }))
      const request: ShelfRequest = { placement: 'for-you', settings: { diversity: 0.5 } }
      const [alone] = await answerPage(shop, fold, [request], noon)
      const [above] = await answerPage(shop, fold, [request, ...others], noon)
      expect(idsOf(above)).toEqual(idsOf(alone))
    }
  })

  test('without diversity is the best of all rows by an independent float64 product', async () => {
    const { bundle, scorer } = await openShop(500)
    const { table, manifest } = bundle
    const fold = foldOf([event('view_item', 'item-11')])
    const settings = { ...manifest.settings, diversity: 0, session: 1, profile: 0 }
    const [answer] = await answerPage({ bundle, scorer }, fold, [{ placement: 'for-you', limit: 20, settings }], noon)
    const value = (row: number, d: number) =>
      table.scales[row * 2 + (d < 16 ? 0 : 1)]! * table.rows[row * table.stride + d]!
    const unit = (from: number, to: number, weight: number) => {
      const own = Array.from({ length: to - from }, (_, d) => value(11, from + d))
      return own.map((x) => (weight * x) / Math.hypot(...own))
    }
    const query = [...unit(0, 16, settings.collaborative), ...unit(16, 24, settings.content)]
    const priors = [settings.popularity, settings.trend, settings.newness]
    const scored = Array.from({ length: 500 }, (_, row) => {
      const bias = priors.reduce((sum, weight, p) => sum + (weight * bundle.priors[row * 3 + p]!) / 255, 0)
      return { row, score: query.reduce((sum, q, d) => sum + q * value(row, d), bias) }
    })
    const expected = scored.filter(({ row }) => row !== 11).sort((a, b) => b.score - a.score)
    expect(idsOf(answer)).toEqual(expected.slice(0, 20).map(({ row }) => `item-${row}`))
  })

  test('is most popular first for a shopper without events', async () => {
    const shop = await openShop(100)
    const settings = { trend: 0, newness: 0, diversity: 0 }
    const [answer] = await answerPage(shop, createFold(), [{ placement: 'for-you', settings }], noon)
    expect(idsOf(answer)).toEqual(Array.from({ length: 8 }, (_, row) => `item-${row}`))
  })

  test('after an event is deleted is exactly the list of a log that never had it', async () => {
    const shop = await openShop(300)
    for (let run = 0; run < 10; run++) {
      const log = randomLog(random, { events: 40, items: 300, days: 5 })
      const gone = log[between(random, 0, 39)]!
      const fold = foldOf(log)
      await answerPage(shop, fold, [{ placement: 'for-you' }], noon)
      fold.remove(gone.id)
      const [after] = await answerPage(shop, fold, [{ placement: 'for-you' }], noon)
      const [never] = await answerPage(
        shop,
        foldOf(log.filter((entry) => entry !== gone)),
        [{ placement: 'for-you' }],
        noon,
      )
      expect((after as Shelf).items).toEqual((never as Shelf).items)
    }
  })

  test('shows no item that is sold out, dismissed, bought, in the cart, on the page or excluded', async () => {
    const unavailable = createBitmask(60)
    for (let row = 0; row < 20; row++) setBit(unavailable, row)
    const shop = await openShop(60, () => ({ unavailable }))
    const fold = foldOf([
      event('dismiss', 'item-20'),
      event('purchase', 'item-21'),
      event('add_to_cart', 'item-22'),
      event('view_item', 'item-23'),
    ])
    const [answer] = await answerPage(
      shop,
      fold,
      [{ placement: 'for-you', item: 'item-24', exclude: ['item-25'], limit: 100 }],
      noon,
    )
    const hidden = [...Array(26).keys()].map((row) => `item-${row}`)
    expect(idsOf(answer)).toHaveLength(60 - 26)
    expect(idsOf(answer).filter((id) => hidden.includes(id))).toEqual([])
  })

  test('puts items of the session first when their bonus is large, and never masked ones', async () => {
    const shop = await openShop(100)
    const fold = foldOf([event('view_item', 'item-80', 2), event('view_item', 'item-90', 1)])
    const settings = { repeatBonus: [50, 100], diversity: 0 }
    const [answer] = await answerPage(shop, fold, [{ placement: 'for-you', settings }], noon)
    expect(idsOf(answer).slice(0, 2)).toEqual(['item-80', 'item-90'])
    const [without] = await answerPage(shop, fold, [{ placement: 'for-you', settings, exclude: ['item-80'] }], noon)
    expect(idsOf(without)[0]).toBe('item-90')
    expect(idsOf(without)).not.toContain('item-80')
  })

  test('keeps to a cap by category, and fills up when the cap would leave places empty', async () => {
    const shop = await openShop(50)
    const [capped] = await answerPage(
      shop,
      createFold(),
      [{ placement: 'for-you', limit: 10, settings: { categoryCap: 2 } }],
      noon,
    )
    const shown = (capped as Shelf).items.map(({ card }) => card.category)
    for (const category of new Set(shown)) expect(shown.filter((other) => other === category)).toHaveLength(2)
    const [full] = await answerPage(
      shop,
      createFold(),
      [{ placement: 'for-you', limit: 20, settings: { categoryCap: 2 } }],
      noon,
    )
    expect(idsOf(full)).toHaveLength(20)
  })
})

describe('the other placements', () => {
  test('a filter that leaves nine items of 100,000 fills a shelf of eight', async () => {
    const shop = await openShop(100_000, (input) => ({
      brands: input.brands.map((brand, row) => (row % 11_500 === 1 ? 'Rare' : brand)),
    }))
    const filter = { or: [{ brand: 'Rare' }, { brand: 'Nobody' }], not: { seen: true } }
    const fold = foldOf([event('view_item', 'item-7')])
    const [answer] = await answerPage(shop, fold, [{ placement: 'for-you', filter }], noon)
    expect(idsOf(answer)).toHaveLength(8)
    expect((answer as Shelf).items.every(({ card }) => card.brand === 'Rare')).toBe(true)
    const [all] = await answerPage(shop, fold, [{ placement: 'for-you', filter, limit: 20 }], noon)
    expect(new Set(idsOf(all))).toEqual(new Set(Array.from({ length: 9 }, (_, i) => `item-${1 + i * 11_500}`)))
  })

  test('filters by category path, price and brand', async () => {
    const shop = await openShop(200)
    const filter = { category: 'Home', minPrice: 10, maxPrice: 30 }
    const [answer] = await answerPage(shop, createFold(), [{ placement: 'for-you', filter, limit: 100 }], noon)
    const expected = Array.from({ length: 200 }, (_, row) => shop.bundle.card(row)).filter(
      ({ category, price }) => category?.startsWith('Home') && price !== undefined && price >= 10 && price <= 30,
    )
    expect(new Set(idsOf(answer))).toEqual(new Set(expected.map(({ id }) => id)))
  })

  test('similar leaves out the item itself; an unknown item falls back', async () => {
    const shop = await openShop(50)
    const [known, unknown] = await answerPage(
      shop,
      createFold(),
      [
        { placement: 'similar', item: 'item-3' },
        { placement: 'similar', item: 'nope' },
      ],
      noon,
    )
    expect(idsOf(known)).toHaveLength(8)
    expect(idsOf(known)).not.toContain('item-3')
    expect(unknown).toEqual({ fallback: 'no-items' })
  })

  test('bought-together follows the bundle, summed over a cart', async () => {
    const shop = await openShop(50)
    const [one] = await answerPage(shop, createFold(), [{ placement: 'bought-together', item: 'item-3' }], noon)
    expect(idsOf(one)).toEqual(['item-4', 'item-5', 'item-6'])
    const [cart] = await answerPage(shop, createFold(), [{ placement: 'cart', items: ['item-3', 'item-4'] }], noon)
    expect(idsOf(cart)).toEqual(['item-5', 'item-6', 'item-7'])
    expect((cart as Shelf).items[0]!.reasons.map(({ id }) => id)).toEqual(['item-4', 'item-3'])
  })

  test('recently-viewed is the log backwards, each item once', async () => {
    const shop = await openShop(50)
    const fold = foldOf(['item-1', 'item-2', 'item-1', 'item-9'].map((item) => event('view_item', item)))
    const [answer] = await answerPage(shop, fold, [{ placement: 'recently-viewed' }], noon)
    expect(idsOf(answer)).toEqual(['item-9', 'item-1', 'item-2'])
  })

  test('buy-again holds what was bought and not returned', async () => {
    const shop = await openShop(50)
    const fold = foldOf([event('purchase', 'item-1'), event('purchase', 'item-2'), event('refund', 'item-1')])
    const [answer] = await answerPage(shop, fold, [{ placement: 'buy-again' }], noon)
    expect(idsOf(answer)).toEqual(['item-2'])
  })

  test('of one page never show an item twice, whatever is asked for', async () => {
    const shop = await openShop(300)
    for (let run = 0; run < 20; run++) {
      const fold = foldOf(randomLog(random, { events: 50, items: 300, days: 2 }))
      const requests = placements.map((placement): ShelfRequest => ({
        placement,
        item: `item-${between(random, 0, 299)}`,
        limit: between(random, 1, 20),
      }))
      const answers = await answerPage(shop, fold, requests, noon)
      const ids = answers.flatMap(idsOf)
      expect(new Set(ids).size).toBe(ids.length)
      for (const [i, answer] of answers.entries()) expect(idsOf(answer).length).toBeLessThanOrEqual(requests[i]!.limit!)
    }
  })
})

test('rerank puts the items of the shopper first and unknown ones last, in their order', async () => {
  const shop = await openShop(100)
  const fold = foldOf([event('view_item', 'item-42')])
  const ids = ['unknown-b', 'item-7', 'item-42', 'unknown-a', 'item-90']
  const order = await rerank(ids, { shop, fold, now: noon, answerPage })
  expect(order[0]).toBe('item-42')
  expect(order.slice(3)).toEqual(['unknown-b', 'unknown-a'])
  expect([...order].sort()).toEqual([...ids].sort())
})

test('prices are written as the language of the request writes them, or that of the shop', async () => {
  const shop = await openShop(40)
  const requests = ['de', undefined, 'not a language'].map((language): ShelfRequest => ({
    placement: 'for-you',
    limit: 1,
    filter: { minPrice: 0 },
    ...(language && { language }),
  }))
  const answers = await answerPage(shop, createFold(), requests, noon)
  const [german, own, odd] = answers.map((answer) => (answer as Shelf).items[0]!)
  const inEuro = (language: string, value: number) =>
    value.toLocaleString(language, { style: 'currency', currency: 'EUR' })
  expect(german!.price).toBe(inEuro('de', german!.card.price!))
  expect(own!.price).toBe(inEuro('en', own!.card.price!))
  expect(odd!.price).toBe(`${odd!.card.price} EUR`)
})
