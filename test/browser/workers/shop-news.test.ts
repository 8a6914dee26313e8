import { beforeAll, expect, test } from 'vitest'
import { filesWithRules } from '../../../src/builder/rules/with-rules.ts'
import { packBundle } from '../../../src/bundle/pack.ts'
import { createRandom } from '../../../src/core/random.ts'
import type { Hydrate, Recommender, Rule, ShelfAnswer } from '../../../src/index.ts'
import { randomPackInput } from '../../support/random-bundle.ts'
import { serveBundle, serveFiles } from '../../support/serve-files.ts'
import { until } from './fresh-profile.ts'
import { openTab } from './open-recommender.ts'

let bundle: string
beforeAll(async () => {
  bundle = (await serveBundle()).manifestUrl
})

const request = { placement: 'trending', limit: 8, language: 'en' } as const
const idsOf = (answer: ShelfAnswer) =>
  'fallback' in answer ? [answer.fallback] : answer.items.map(({ card }) => card.id)
const pricesOf = (answer: ShelfAnswer) =>
  'fallback' in answer ? {} : Object.fromEntries(answer.items.map(({ card, price }) => [card.id, [card.price, price]]))
const whole = (recommender: Recommender) => until(async () => (await recommender.status()).coverage === 1)

async function openWhole(options: { bundle?: string; hydrate?: Hydrate } = {}): Promise<Recommender> {
  const { recommender } = await openTab({ bundle, ...options })
  await whole(recommender)
  return recommender
}

/** What a watched shelf was given, answer by answer. */
function watch(recommender: Recommender): string[][] {
  const lists: string[][] = []
  recommender.watch(request, (answer) => lists.push(idsOf(answer)))
  return lists
}

test('rules of the page hold for the first shelf, however early they are given', async () => {
  const plain = idsOf(await (await openWhole()).recommend(request))
  const { recommender } = await openTab({ bundle })
  void recommender.rules([{ name: 'r', hide: { items: [plain[0]!] } }])
  const lists = watch(recommender)
  await until(() => lists.length > 0)
  expect(lists[0]).not.toContain(plain[0])
})

test('shelves on screen follow new rules, and the last ones given count', async () => {
  const recommender = await openWhole()
  const lists = watch(recommender)
  await until(() => lists.length === 1)
  const pin = (name: string, item: string): Rule => ({ name, pin: [item] })
  await recommender.rules([pin('one', 'item-20')])
  await until(() => lists.at(-1)![0] === 'item-20')
  await recommender.rules([pin('two', 'item-21')])
  await until(() => lists.at(-1)![0] === 'item-21')
  expect(lists.at(-1)).not.toContain('item-20')
  await recommender.rules([])
  await until(() => lists.at(-1)!.join() === lists[0]!.join())
})

test('malformed rules and stock are refused with a code, and what held before goes on', async () => {
  const recommender = await openWhole()
  await recommender.rules([{ name: 'r', pin: ['item-20'] }])
  await expect(recommender.rules([{ name: 'x' } as never])).rejects.toMatchObject({ code: 'rules-malformed' })
  await expect(recommender.stock({ 'item-20': { price: -1 } })).rejects.toMatchObject({ code: 'stock-malformed' })
  await expect(recommender.stock({ 'item-20': { discount: 1 } as never })).rejects.toMatchObject({
    code: 'stock-malformed',
  })
  expect(idsOf(await recommender.recommend(request))[0]).toBe('item-20')
})

test('an item sold out since the build leaves its shelf, which is filled up again; back in stock, it comes back', async () => {
  const recommender = await openWhole()
  const lists = watch(recommender)
  await until(() => lists.length === 1)
  const [first, ...others] = lists[0]!
  await recommender.stock({ [first!]: { available: false } })
  await until(() => lists.length === 2)
  expect(lists[1]).toHaveLength(8)
  expect(lists[1]!.slice(0, 7)).toEqual(others)
  await recommender.stock({ [first!]: null })
  await until(() => lists.length === 3)
  expect(lists[2]).toEqual(lists[0])
})

test('a new price stands on cards as it was given, and filters by price know it', async () => {
  const recommender = await openWhole()
  const item = idsOf(await recommender.recommend(request))[1]!
  await recommender.stock({ [item]: { price: 1234.5 } })
  await recommender.stock({ 'item-20': { price: 3 } })
  expect(pricesOf(await recommender.recommend(request))[item]).toEqual([1234.5, '€1,234.50'])
  expect(idsOf(await recommender.recommend({ ...request, filter: { minPrice: 1000 } }))).toEqual([item])
  const [card] = await recommender.cards([item])
  expect(card!.price).toBe(1234.5)
})

test('what was said of the shop outlives the worker', async () => {
  const tab = await openTab({ bundle })
  await whole(tab.recommender)
  await tab.recommender.rules([{ name: 'r', pin: ['item-20'] }])
  await tab.recommender.stock({ 'item-20': { price: 5 } })
  await tab.recommender.stock({ 'item-21': { available: false } })
  tab.killWorker()
  await tab.recommender.recommend(request)
  expect(tab.starts()).toBe(2)
  await whole(tab.recommender)
  const answer = await tab.recommender.recommend({ ...request, limit: 60 })
  expect(idsOf(answer)[0]).toBe('item-20')
  expect(pricesOf(answer)['item-20']).toEqual([5, '€5.00'])
  expect(idsOf(answer)).not.toContain('item-21')
})

const input = randomPackInput({ items: 60, head: 20, random: createRandom(7) })
async function serveRuled(folder: string, rules: readonly Rule[]) {
  const packed = await packBundle(input)
  const { files } = await filesWithRules(packed.manifest, rules)
  const url = await serveFiles(folder, new Map([...packed.files, ...files]))
  return `${url}manifest.json`
}

test("rules of the bundle's own file hold for the first shelf, and the page's beside them", async () => {
  const ruled = await serveRuled('shop-news-file', [{ name: 'file', pin: ['item-20'] }])
  const recommender = await openWhole({ bundle: ruled })
  expect(idsOf(await recommender.recommend(request))[0]).toBe('item-20')
  await recommender.rules([{ name: 'page', pin: ['item-21'] }])
  expect(idsOf(await recommender.recommend(request)).slice(0, 2)).toEqual(['item-20', 'item-21'])
})

test('a broken file of rules leaves the bundle serving, and status says so', async () => {
  const ruled = await serveRuled('shop-news-broken', [])
  await serveFiles('shop-news-broken', new Map([['rules.json', new TextEncoder().encode('{"rules":7}')]]))
  const recommender = await openWhole({ bundle: ruled })
  expect(await recommender.recommend(request)).toMatchObject({ placement: 'trending' })
  expect((await recommender.status()).problem).toMatchObject({ code: 'rules-malformed' })
})

test('hidden from this customer group, sold out or in another currency: the shop says so, and the shelf is full', async () => {
  const plain = idsOf(await (await openWhole()).recommend(request))
  const [hidden, foreign, soldOut] = plain as [string, string, string]
  const hydrate: Hydrate = (ids) =>
    ids.filter((id) => id !== hidden).map((id) => (id === foreign ? { id, price: 99, currency: 'CHF' } : { id }))
  const recommender = await openWhole({ hydrate })
  await recommender.stock({ [soldOut]: { available: false } })
  const answer = await recommender.recommend(request)
  const ids = idsOf(answer)
  expect(ids).toHaveLength(8)
  for (const gone of [hidden, soldOut]) expect(ids).not.toContain(gone)
  const price = new Intl.NumberFormat('en', { style: 'currency', currency: 'CHF' }).format(99)
  expect(pricesOf(answer)[foreign]).toEqual([99, price])
})

test('no price is shown that the shop did not give, whatever the shopper does and the rules say', async () => {
  const recommender = await openWhole()
  const given = new Map(
    input.ids.map((id, row) => [id, Number.isNaN(input.prices[row]) ? undefined : input.prices[row]]),
  )
  await recommender.rules([
    { name: 'up', boost: { brand: 'Alder' }, by: 3 },
    { name: 'band', price: { min: 2, max: 14 } },
  ])
  for (const item of ['item-3', 'item-8', 'item-14']) {
    await recommender.track({ kind: 'purchase', item, price: 1, order: `o-${item}` })
    const answer = await recommender.recommend({ placement: 'for-you', limit: 40 })
    expect(idsOf(answer).length).toBeGreaterThan(5)
    for (const [id, [price]] of Object.entries(pricesOf(answer)) as [string, [number]][]) {
      expect(price).toBe(given.get(id))
    }
  }
})
