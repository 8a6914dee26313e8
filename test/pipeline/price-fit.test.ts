import { describe, expect, test } from 'vitest'
import { openBundle } from '../../src/bundle/open-bundle.ts'
import { packBundle } from '../../src/bundle/pack.ts'
import { parseRules } from '../../src/bundle/parse-rules.ts'
import { restock } from '../../src/bundle/restock.ts'
import type { EventRecord } from '../../src/core/event.ts'
import { createFold, dayMs } from '../../src/core/fold.ts'
import { defaultSettings, type Settings } from '../../src/core/settings.ts'
import type { Shelf } from '../../src/core/shelf.ts'
import { answerPage } from '../../src/pipeline/answer-page.ts'
import { applyRules } from '../../src/pipeline/rules/apply-rules.ts'
import { priceFit } from '../../src/pipeline/price-fit.ts'
import { withPrices } from '../../src/pipeline/with-prices.ts'
import { rerank } from '../../src/pipeline/rerank.ts'
import { createPlainScorer } from '../../src/scoring/plain-scorer.ts'
import { noon, randomLog } from '../support/random-log.ts'
import { randomPackInput } from '../support/random-bundle.ts'
import { seededRandom } from '../support/seed.ts'

const random = seededRandom('price-fit')

async function openShop(items: number) {
  const input = randomPackInput({ items, random })
  // A few prices stand often, so that there are ties.
  const prices = input.prices.map((price, row) => (row % 4 ? price : 10 * Math.ceil(price / 10)))
  const { manifest, files } = await packBundle({ ...input, prices })
  const bundle = openBundle(manifest, files)
  return { bundle, scorer: createPlainScorer(bundle.table), rules: withPrices() }
}

function foldOf(events: readonly EventRecord[]) {
  const fold = createFold()
  fold.append(events)
  return fold
}

function view(item: string, seq = 1): EventRecord {
  return { seq, id: `v${seq}`, profile: 'p', time: noon - 60_000, kind: 'view_item', item }
}

type Shop = Awaited<ReturnType<typeof openShop>>

/** Share of the items of the row's category that are cheaper, those of the same price counted by half. */
function naiveLevel({ bundle: { prices, categories } }: Shop, row: number): number | undefined {
  if (Number.isNaN(prices[row]!)) return undefined
  const same = [...prices.keys()].filter((other) => categories[other] === categories[row] && prices[other]! >= 0)
  const cheaper = same.filter((other) => prices[other]! < prices[row]!).length
  const equal = same.filter((other) => prices[other] === prices[row]).length
  return (cheaper + equal / 2) / same.length
}

/** What each row gains, of events without quantities and looks. */
function naiveGains(shop: Shop, events: readonly EventRecord[], settings: Settings): number[] {
  const told = events.flatMap(({ kind, item, time }) => {
    const level = item === undefined ? undefined : naiveLevel(shop, shop.bundle.rowOf(item)!)
    const strength = settings.strengths[kind] ?? 0
    const weight = strength * 0.5 ** ((noon - time) / dayMs / settings.halfLifeDays)
    return level === undefined || strength <= 0 ? [] : [{ level, weight }]
  })
  const total = told.reduce((sum, { weight }) => sum + weight, 0)
  const own = told.reduce((sum, { level, weight }) => sum + level * weight, 0) / total
  return Array.from(shop.bundle.prices, (_, row) => {
    const distance = Math.abs((naiveLevel(shop, row) ?? 0.5) - own)
    return told.length === 0 ? 0 : settings.priceSensitivity * (total / (total + 1)) * (1 - distance)
  })
}

describe('with price sensitivity', () => {
  test('a row gains what a sum over categories and events says, and the list is the best by both scores', async () => {
    const shop = await openShop(240)
    for (let run = 0; run < 8; run++) {
      const log = randomLog(random, { events: 40 * run, items: 240, days: 50 })
      const plain = log.map(({ context, ...event }) => ({ ...event, ...(!event.item && context && { context }) }))
      plain.push(view('item-1', 1e6))
      const fold = foldOf(plain)
      const settings = { ...defaultSettings, priceSensitivity: 0.1 + random(), halfLifeDays: 20, diversity: 0 }
      const gains = naiveGains(shop, plain.slice(-200), settings)
      const fit = priceFit({ bundle: shop.bundle, fold, settings, now: noon })!
      for (const [row, gain] of gains.entries()) expect(fit.of(row)).toBeCloseTo(gain, 6)

      const ask = async (change: Partial<Settings>) => {
        const request = {
          placement: 'for-you',
          limit: 100,
          reasons: 1000,
          settings: { ...settings, ...change },
        } as const
        return ((await answerPage(shop, fold, [request], noon))[0] as Shelf).items
      }
      const [items, without] = [await ask({}), await ask({ priceSensitivity: 0 })]
      const rowOf = (id: string) => shop.bundle.rowOf(id)!
      const before = new Map(without.map(({ card, score }) => [card.id, score]))
      expect(items.map(({ score }) => score)).toEqual(items.map(({ score }) => score).sort((a, b) => b - a))
      for (const { card, score, reasons } of items) {
        const reason = reasons.find(({ id }) => id === 'price')
        expect(reason).toMatchObject({ kind: 'prior', contribution: expect.closeTo(gains[rowOf(card.id)]!, 6) })
        const sum = reasons.reduce((total, { contribution }) => total + contribution, 0)
        const scale = reasons.reduce((total, { contribution }) => total + Math.abs(contribution), 0)
        expect(Math.abs(sum - score)).toBeLessThanOrEqual(1e-6 * scale)
        if (before.has(card.id)) expect(score - before.get(card.id)!).toBeCloseTo(gains[rowOf(card.id)]!, 5)
      }
      expect(without.flatMap(({ reasons }) => reasons).filter(({ id }) => id === 'price')).toEqual([])
    }
  })

  test('a visitor of whom nothing is known, or only what has no price, sees what others see', async () => {
    const shop = await openShop(60)
    const settings = { priceSensitivity: 2 }
    const unpriced = [...shop.bundle.prices.keys()].find((row) => Number.isNaN(shop.bundle.prices[row]!))!
    for (const events of [[], [view(`item-${unpriced}`)], [view('nothing')]]) {
      const [with_, without] = await answerPage(shop, foldOf(events), [{ placement: 'for-you', settings }], noon).then(
        async (answers) => [...answers, ...(await answerPage(shop, foldOf(events), [{ placement: 'for-you' }], noon))],
      )
      expect(with_).toEqual(without)
    }
  })

  test("a rule's boost counts beside it", async () => {
    const shop = await openShop(60)
    const fold = foldOf([view('item-1')])
    const settings = { priceSensitivity: 0.5, diversity: 0 }
    const scores = async (rules: ReturnType<typeof withPrices>) => {
      const request = { placement: 'for-you', limit: 100, settings } as const
      const [answer] = await answerPage({ ...shop, rules }, fold, [request], noon)
      return new Map((answer as Shelf).items.map(({ card, score }) => [card.id, score]))
    }
    const without = await scores(withPrices())
    const boosted = [...without.keys()][10]!
    const up = applyRules(parseRules([{ name: 'up', boost: { items: [boosted] }, by: 0.3 }]))
    const ruled = await scores(withPrices(up))
    expect([...ruled.keys()].sort()).toEqual([...without.keys()].sort())
    for (const [id, score] of ruled) expect(score - without.get(id)!, id).toBeCloseTo(id === boosted ? 0.3 : 0, 5)
  })

  test('an event that is deleted leaves nothing of its price behind', async () => {
    const shop = await openShop(120)
    const requests = [{ placement: 'for-you', settings: { priceSensitivity: 1.5 } }] as const
    const gone = view('item-1', 1e6)
    const log = [...randomLog(random, { events: 30, items: 120, days: 5 }), gone]
    const fold = foldOf(log)
    const before = await answerPage(shop, fold, requests, noon)
    fold.remove(gone.id)
    const after = await answerPage(shop, fold, requests, noon)
    const never = await answerPage(shop, foldOf(log.filter((event) => event !== gone)), requests, noon)
    expect(after.map((answer) => (answer as Shelf).items)).toEqual(never.map((answer) => (answer as Shelf).items))
    expect(after.map((answer) => (answer as Shelf).items)).not.toEqual(before.map((answer) => (answer as Shelf).items))
  })

  test('a price that the shop has changed counts from the next request on', async () => {
    const shop = await openShop(60)
    const settings = { ...defaultSettings, priceSensitivity: 1 }
    const fold = foldOf([view('item-8')])
    const gains = (revision: number) => {
      const fit = priceFit({ bundle: shop.bundle, fold, settings, now: noon, revision })!
      return Array.from(shop.bundle.prices.keys(), fit.of)
    }
    const before = gains(0)
    restock(shop.bundle, { changes: { 'item-8': { price: 1e6 } } })
    const after = gains(1)
    expect(after).not.toEqual(before)
    for (const [row, gain] of naiveGains(shop, [view('item-8')], settings).entries())
      expect(after[row]).toBeCloseTo(gain, 4)
  })

  test('an event from a clock that was ahead, however far, leaves all scores finite', async () => {
    const shop = await openShop(60)
    const ahead = { ...view('item-9'), time: noon + 1e5 * dayMs }
    const settings = { priceSensitivity: 1, halfLifeDays: 0.01 }
    const [answer] = await answerPage(shop, foldOf([ahead]), [{ placement: 'for-you', settings }], noon)
    for (const { score } of (answer as Shelf).items) expect(Number.isFinite(score)).toBe(true)
  })

  test('rerank counts it, too', async () => {
    const shop = await openShop(100)
    const fold = foldOf([view('item-5')])
    const ids = Array.from({ length: 100 }, (_, row) => `item-${row}`)
    const { manifest } = shop.bundle
    const off = { ...manifest.settings, session: 0, profile: 0, popularity: 0, trend: 0, newness: 0 }
    const settings = { ...off, priceSensitivity: 1 }
    const changed = { ...shop, bundle: { ...shop.bundle, manifest: { ...manifest, settings } } }
    const order = await rerank(ids, { shop: changed, fold, now: noon, answerPage })
    const gains = naiveGains(shop, [view('item-5')], { ...settings })
    const gained = order.map((id) => gains[shop.bundle.rowOf(id)!]!)
    for (const [at, gain] of gained.slice(1).entries()) expect(gain).toBeLessThanOrEqual(gained[at]! + 1e-6)
  })
})
