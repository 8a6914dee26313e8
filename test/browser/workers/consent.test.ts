import { beforeAll, expect, test } from 'vitest'
import { serveBundle } from '../../support/serve-files.ts'
import { until } from './fresh-profile.ts'
import { openTab } from './open-recommender.ts'

let bundle: string
beforeAll(async () => {
  bundle = (await serveBundle()).manifestUrl
})

const view = (item: string) => ({ kind: 'view_item', item })
const written = async () => [...(await indexedDB.databases()).map(({ name }) => name), ...(await caches.keys())]

test.each(['unknown', 'denied'] as const)(
  'while consent is %s shelves work, and nothing is written',
  async (consent) => {
    const { recommender } = await openTab({ bundle, consent })
    expect(await recommender.track(view('item-3'))).toEqual({ stored: 'memory' })
    expect(await recommender.recommend({ placement: 'recently-viewed' })).toMatchObject({ items: [{}] })
    await until(async () => (await recommender.status()).coverage === 1)
    await recommender.track(view('item-4'))
    expect((await recommender.profile.events()).length).toBe(2)
    expect((await recommender.status()).storage).toMatchObject({ kind: 'memory', events: 2 })
    expect(await written()).toEqual([])
  },
)

test('on grant the events of this page are stored, once and in order', async () => {
  const tab = await openTab({ bundle, consent: 'unknown' })
  for (const item of ['item-1', 'item-2']) await tab.recommender.track(view(item))
  await tab.recommender.consent('granted')
  expect(await tab.recommender.track(view('item-3'))).toEqual({ stored: 'disk' })
  tab.recommender.close()
  const { recommender } = await openTab({ bundle })
  expect((await recommender.profile.events()).map(({ item }) => item)).toEqual(['item-1', 'item-2', 'item-3'])
})

test('withdrawal erases the log and the kept bundle, and what comes later stays in memory', async () => {
  const { recommender } = await openTab({ bundle })
  await recommender.track(view('item-1'))
  await until(async () => (await written()).length === 2)
  await recommender.consent('denied')
  expect(await written()).toEqual([])
  expect(await recommender.profile.events()).toEqual([])
  expect(await recommender.track(view('item-2'))).toEqual({ stored: 'memory' })
  expect(await written()).toEqual([])
})

test('a visit that begins with a denial removes what an earlier one left', async () => {
  const before = await openTab({ bundle })
  await before.recommender.track(view('item-1'))
  before.recommender.close()
  await openTab({ bundle, consent: 'denied' })
  await until(async () => (await written()).length === 0)
})

test('withdrawal in one tab stops the others: nothing comes back', async () => {
  const [one, other] = [await openTab({ bundle }), await openTab({ bundle })]
  await one.recommender.track(view('item-1'))
  await until(async () => (await other.recommender.profile.events()).length === 1)
  await one.recommender.consent('denied')
  await until(async () => (await other.recommender.status()).consent === 'denied')
  expect(await other.recommender.profile.events()).toEqual([])
  expect(await other.recommender.track(view('item-2'))).toEqual({ stored: 'memory' })
  await until(async () => (await written()).length === 0)
})

test('nor does it when the worker of the other tab dies afterwards', async () => {
  const [one, other] = [await openTab({ bundle }), await openTab({ bundle, consent: 'unknown' })]
  await other.recommender.track(view('item-1'))
  await other.recommender.consent('granted')
  await one.recommender.consent('denied')
  await until(async () => (await other.recommender.status()).consent === 'denied')
  other.killWorker()
  await until(() => other.recommender.status().catch(() => undefined))
  expect((await other.recommender.status()).consent).toBe('denied')
  expect(await other.recommender.track(view('item-2'))).toEqual({ stored: 'memory' })
  expect((await other.recommender.profile.events()).map(({ item }) => item)).toEqual(['item-2'])
  expect(await written()).toEqual([])
})
