import { createHash } from 'node:crypto'
import { describe, expect, test, vi } from 'vitest'
import { defaultUntil, generateShop } from '../../../src/builder/sample/generate-shop.ts'
import { latentDimensions, tasteVector } from '../../../src/builder/sample/latent.ts'
import { productTypes } from '../../../src/builder/sample/product-types.ts'
import { millisecondsPerDay, type SampleEvent, type SampleShop } from '../../../src/builder/sample/sample-shop.ts'
import { groupBy } from './group-by.ts'

const shop = generateShop({ items: 2000, seed: 7 })
const events = [...shop.events]
const itemOf = new Map(shop.items.map((item) => [item.id, item]))
const shoppers = Array.from({ length: shop.truth.shoppers }, (_, index) => shop.truth.shopper(index))
const shopperOf = (user: string) => shoppers[Number(user.slice('shopper-'.length))]!

function digest({ items, events: log }: SampleShop): string {
  const hash = createHash('sha256').update(JSON.stringify(items))
  for (const event of log) hash.update(JSON.stringify(event))
  return hash.digest('hex')
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function count<T>(values: Iterable<T>): Map<T, number> {
  const counts = new Map<T, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return counts
}

describe('the same shop everywhere', () => {
  const small = { items: 200, shoppers: 120, seed: 7, days: 40 }

  test('the same seed gives the same items and events, another seed gives others', () => {
    expect(digest(generateShop(small))).toBe(digest(generateShop(small)))
    expect(digest(generateShop({ ...small, seed: 8 }))).not.toBe(digest(generateShop(small)))
  })

  test('the log can be read twice', () => {
    const again = generateShop(small)
    expect([...again.events]).toEqual([...again.events])
  })

  test('neither a clock nor an operation whose last bit depends on the engine is used', () => {
    const inexact = ['exp', 'log', 'pow', 'sin', 'cos', 'tan', 'cbrt', 'hypot', 'random'] as const
    const spies = [...inexact.map((name) => vi.spyOn(Math, name)), vi.spyOn(Date, 'now')]
    digest(generateShop(small)) // sqrt is exact by IEEE 754
    generateShop(small).truth.sampleShopper(1)
    for (const spy of spies) {
      expect(spy, spy.getMockName()).not.toHaveBeenCalled()
      spy.mockRestore()
    }
  })

  test('moving the end moves every time with it', () => {
    const later = generateShop({ ...small, until: defaultUntil + 364 * millisecondsPerDay })
    expect(later.items[0]!.added - generateShop(small).items[0]!.added).toBe(364 * millisecondsPerDay)
  })

  test('options out of range are refused', () => {
    for (const wrong of [
      { items: 49 },
      { items: 2_000_000 },
      { seed: -1 },
      { days: 0 },
      { items: 99.5 },
      { until: NaN },
    ]) {
      expect(() => generateShop({ ...small, ...wrong })).toThrow('option-invalid')
    }
  })

  test('a shop of 100,000 items starts its log at once', () => {
    const large = generateShop({ items: 100_000, seed: 1 })
    expect(large.items).toHaveLength(100_000)
    expect(large.events[Symbol.iterator]().next().value).toMatchObject({ time: expect.any(Number) })
  })
})

describe('the log', () => {
  test('has more than 100,000 events of some 6,000 shoppers, within its days, in order of time', () => {
    expect(events.length).toBeGreaterThan(100_000)
    expect(new Set(events.map(({ user }) => user)).size).toBeGreaterThan(5000)
    const times = events.map(({ time }) => time)
    expect(times.filter((time, at) => time < (times[at - 1] ?? shop.from) || time >= shop.until)).toEqual([])
  })

  test('mentions items of the catalogue only, and none before it was added', () => {
    const wrong = events.filter(({ item, event, query }) =>
      event === 'search' ? item !== undefined || !query : !itemOf.has(item!),
    )
    expect(wrong).toEqual([])
    expect(events.filter(({ item, time }) => item !== undefined && itemOf.get(item)!.added > time)).toEqual([])
  })

  test('every purchase has an order, a quantity, the price of the item, and a view by the same shopper before it', () => {
    const seen = new Set<string>()
    let purchases = 0
    for (const { user, item, event, order, quantity, price } of events) {
      if (event === 'view_item') seen.add(`${user} ${item}`)
      if (event !== 'purchase') continue
      purchases++
      expect(order).toMatch(/^A\d+$/)
      expect(quantity).toBeGreaterThanOrEqual(1)
      expect(price).toBe(itemOf.get(item!)!.price)
      if (!seen.has(`${user} ${item}`)) expect.fail(`${user} bought ${item} without a view`)
    }
    expect(purchases).toBeGreaterThan(5000)
  })

  test('popularity has a long tail: a tenth of the items gets over a third of the views', () => {
    const views = [...count(viewed(events)).values()].sort((a, b) => b - a)
    const all = views.reduce((sum, value) => sum + value, 0)
    const top = views.slice(0, 200).reduce((sum, value) => sum + value, 0)
    expect(top / all).toBeGreaterThan(0.35)
    expect(top / all).toBeLessThan(0.8)
  })
})

describe('the truth is in the log', () => {
  test('utility is the inner product of the shopper and the item, dimension by dimension', () => {
    const shopper = shop.truth.shopper(12)
    for (const { id } of shop.items.slice(0, 200)) {
      const item = shop.truth.itemVector(id)
      const product = shopper.vector.reduce((sum, value, at) => sum + value * item[at]!, 0)
      expect(shop.truth.utility(shopper, id)).toBeCloseTo(product, 12)
    }
    expect(() => shop.truth.utility(shopper, 'nothing')).toThrow(RangeError)
  })

  test('a taste that agrees with an item on everything is worth more than one that differs in one thing', () => {
    const tent = { types: { tent: 1 }, style: [0.5, 0.5, 0.5], level: 0.2, season: 'summer' } as const
    const product = (a: Float64Array, b: Float64Array) => a.reduce((sum, value, at) => sum + value * b[at]!, 0)
    const item = shop.truth.itemVector(shop.items.find(({ type }) => productTypes[type]!.name === 'tent')!.id)
    item.set([0.5, 0.5, 0.5, 0.6, 0.4, 0, 0, 1, 0, 0], productTypes.length)
    const best = product(tasteVector(tent), item)
    const others = [
      { types: { mug: 1 } },
      { style: [-0.5, 0.5, 0.5] as const },
      { level: 0.9 },
      { season: 'winter' as const },
    ]
    for (const other of others) expect(product(tasteVector({ ...tent, ...other }), item)).toBeLessThan(best - 0.05)
    expect(latentDimensions).toHaveLength(item.length)
  })

  test('shoppers view what they like: far more than what others view, and buy it too', () => {
    const views = events.filter(({ event }) => event === 'view_item').filter((_, at) => at % 11 === 0)
    const own = mean(views.map(({ user, item }) => shop.truth.utility(shopperOf(user), item!)))
    const others = mean(
      views.map(({ user }, at) => shop.truth.utility(shopperOf(user), views[(at + 997) % views.length]!.item!)),
    )
    const bought = events.filter(({ event }) => event === 'purchase')
    const purchased = mean(bought.map(({ user, item }) => shop.truth.utility(shopperOf(user), item!)))
    expect(own).toBeGreaterThan(others + 0.1)
    expect(purchased).toBeGreaterThan(others + 0.1)
  })

  test('within one kind of product, too, shoppers choose by style and price', () => {
    const mugs = shop.items.filter(({ type, appeal }) => productTypes[type]!.name === 'mug' && appeal > 0)
    const appeal = mugs.reduce((sum, item) => sum + item.appeal, 0)
    const gains = events
      .filter(({ event, item }) => event === 'view_item' && productTypes[itemOf.get(item!)!.type]!.name === 'mug')
      .map(({ user, item }) => {
        const shopper = shopperOf(user)
        const chance = mugs.reduce((sum, mug) => sum + mug.appeal * shop.truth.utility(shopper, mug.id), 0) / appeal
        return shop.truth.utility(shopper, item!) - chance
      })
    expect(mean(gains)).toBeGreaterThan(0.02)
  })

  test('true companions are bought together: most pairs with five customers have a lift over 3', () => {
    const baskets = groupBy(
      events.filter(({ event }) => event === 'purchase'),
      ({ order }) => order!,
    )
    const sold = count([...baskets.values()].flatMap((lines) => [...new Set(lines.map(({ item }) => item!))]))
    const together = count(
      [...baskets.values()].flatMap((lines) => pairs([...new Set(lines.map(({ item }) => item!))])),
    )
    const lifts = [...shop.truth.companionPairs()]
      .map(([a, b]) => ({ both: together.get([a, b].sort().join(' ')) ?? 0, a, b }))
      .filter(({ both }) => both >= 5)
      .map(({ both, a, b }) => (both * baskets.size) / (sold.get(a)! * sold.get(b)!))
    expect(lifts.length).toBeGreaterThan(150)
    expect(mean(lifts.map((lift) => (lift > 3 ? 1 : 0)))).toBeGreaterThan(0.95)
  })

  test('trending items rise in the last three weeks, the others do not', () => {
    const turn = shop.until - 21 * millisecondsPerDay
    const early = count(viewed(events.filter(({ time }) => time < turn && time >= turn - 42 * millisecondsPerDay)))
    const late = count(viewed(events.filter(({ time }) => time >= turn)))
    const rise = (ids: Iterable<string>) => {
      const sum = (counts: Map<string, number>) => [...ids].reduce((total, id) => total + (counts.get(id) ?? 0), 0)
      return (2 * sum(late)) / sum(early)
    }
    expect(shop.truth.trending.size).toBeGreaterThan(20)
    expect(rise([...shop.truth.trending])).toBeGreaterThan(1.5)
    expect(rise(shop.items.map(({ id }) => id).filter((id) => !shop.truth.trending.has(id)))).toBeLessThan(1.15)
  })

  test('new items have no event and were added in the last two weeks', () => {
    const mentioned = new Set(events.map(({ item }) => item))
    expect(shop.truth.fresh.size).toBeGreaterThan(30)
    for (const id of shop.truth.fresh) {
      expect(mentioned.has(id)).toBe(false)
      expect(itemOf.get(id)!.added).toBeGreaterThanOrEqual(shop.until - 15 * millisecondsPerDay)
    }
  })

  test('goods are viewed in their season: summer goods in June more than in March', () => {
    const summer = (from: number) => {
      const month = viewed(events.filter(({ time }) => time >= from && time < from + 30 * millisecondsPerDay))
      return mean(month.map((id) => (productTypes[itemOf.get(id)!.type]!.season === 'summer' ? 1 : 0)))
    }
    expect(summer(Date.UTC(2026, 5, 1))).toBeGreaterThan(1.15 * summer(Date.UTC(2026, 2, 4)))
  })
})

describe('fresh shoppers for tests', () => {
  test('are not in the log, have one taste, and 20 different views of items with a history', () => {
    const shopper = shop.truth.sampleShopper(3)
    expect(shop.truth.sampleShopper(3)).toEqual(shopper)
    expect(shop.truth.sampleShopper(4).views).not.toEqual(shopper.views)
    expect(events.some(({ user }) => user === shopper.id)).toBe(false)
    expect(shopper.tastes.map(({ share }) => share)).toEqual([1])
    expect(new Set(shopper.views).size).toBe(20)
    for (const id of shopper.views) expect(shop.truth.fresh.has(id)).toBe(false)
  })

  test('like what they view much more than best sellers, yet not as much as the best there is', () => {
    const best = [...count(viewed(events))]
      .sort((a, b) => b[1] - a[1])
      .slice(0, 8)
      .map(([id]) => id)
    const samples = Array.from({ length: 200 }, (_, seed) => shop.truth.sampleShopper(seed))
    const utility = (ids: (views: readonly string[]) => readonly string[]) =>
      mean(samples.map((shopper) => mean(ids(shopper.views).map((id) => shop.truth.utility(shopper, id)))))
    expect(utility((views) => views)).toBeGreaterThan(utility(() => best) + 0.2)
    const ideal = samples.map((shopper) =>
      mean(
        shop.items
          .map(({ id }) => shop.truth.utility(shopper, id))
          .sort((a, b) => b - a)
          .slice(0, 8),
      ),
    )
    expect(mean(ideal)).toBeGreaterThan(utility((views) => views) + 0.1)
  })
})

function viewed(log: readonly SampleEvent[]): string[] {
  return log.filter(({ event }) => event === 'view_item').map(({ item }) => item!)
}

function pairs(ids: readonly string[]): string[] {
  return ids.flatMap((a, at) => ids.slice(at + 1).map((b) => [a, b].sort().join(' ')))
}
