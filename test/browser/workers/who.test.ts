import { expect, test } from 'vitest'
import type { InspectedRecommender } from '../../../src/inspect.ts'
import type { WhoChange } from '../../../src/protocol.ts'
import { serveBundle } from '../../support/serve-files.ts'
import { openEventLog } from '../../../workers/event-log.ts'
import { until } from './fresh-profile.ts'
import { openTab } from './open-recommender.ts'

const { manifestUrl: bundle } = await serveBundle()

type Tab = InspectedRecommender
const open = (account?: string, more = {}) => openTab({ bundle, ...(account !== undefined && { account }), ...more })
const view = ({ recommender }: Tab, item: string) => recommender.track({ kind: 'view_item', item })
const who = ({ recommender }: Tab, change?: WhoChange) => recommender.profile.who(change)
const itemsOf = async ({ recommender }: Tab) => (await recommender.profile.events()).map(({ item }) => item)
const shelfOf = async ({ recommender }: Tab) => {
  const answer = await recommender.recommend({ placement: 'recently-viewed' })
  return 'items' in answer ? answer.items.map(({ card }) => card.id) : []
}

/** What the disk holds: profile and item. */
async function onDisk(): Promise<string[]> {
  const log = openEventLog()
  const { records } = await log.read(0)
  log.close()
  return records.map(({ profile, item }) => `${profile}: ${item}`)
}

test('two customers of one device see, export and forget their own history alone', async () => {
  const ann = await open('ann')
  await view(ann, 'item-1')
  ann.recommender.close()
  const ben = await open('ben')
  expect(await itemsOf(ben)).toEqual([])
  await view(ben, 'item-2')
  expect(await shelfOf(ben)).toEqual(['item-2'])
  expect(await ben.recommender.profile.export()).not.toContain('item-1')
  await ben.recommender.profile.erase()
  ben.recommender.close()
  const nobody = await open()
  expect([await itemsOf(nobody), await shelfOf(nobody)]).toEqual([[], []])
  nobody.recommender.close()
  const again = await open('ann')
  expect(await shelfOf(again)).toEqual(['item-1'])
  expect(await who(again)).toEqual({ account: true, names: [], gift: false })
})

test('an empty account, as a template prints it for visitors, is nobody', async () => {
  const tab = await open('')
  await view(tab, 'item-1')
  expect(await who(tab)).toMatchObject({ account: false })
  expect(await onDisk()).toEqual(['default: item-1'])
})

test('a customer who signs in on an open page finds their shelves, and who signs out leaves none of them', async () => {
  const tab = await open()
  await view(tab, 'item-1')
  await who(tab, { account: 'ann' })
  expect(await shelfOf(tab)).toEqual([])
  await view(tab, 'item-2')
  expect(await shelfOf(tab)).toEqual(['item-2'])
  await who(tab, { account: '' })
  expect([await shelfOf(tab), await itemsOf(tab)]).toEqual([['item-1'], ['item-1']])
  expect(await onDisk()).toEqual(['default: item-1', 'account ann: item-2'])
})

test('signing out in one tab locks the profile in the others', async () => {
  const [one, other] = [await open('ann'), await open('ann')]
  await view(one, 'item-1')
  await until(async () => (await itemsOf(other)).length === 1)
  await who(one, { account: '' })
  await until(async () => !(await who(other)).account)
  expect([await itemsOf(other), await shelfOf(other)]).toEqual([[], []])
  await view(other, 'item-2')
  expect(await onDisk()).toEqual(['account ann: item-1', 'default: item-2'])
})

test('a worker that is started anew after a sign-out does not open the profile again', async () => {
  const tab = await open('ann')
  await view(tab, 'item-1')
  await who(tab, { account: '' })
  tab.killWorker()
  await until(async () => (await itemsOf(tab).catch(() => ['dead'])).length === 0, 20_000)
  expect(await who(tab)).toMatchObject({ account: false })
})

test('a page that slept in the back-forward cache while somebody signed out is locked when it comes back', async () => {
  const sleeper = await open('ann')
  await view(sleeper, 'item-1')
  dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))
  await sleeper.recommender.status()
  const tab = await open('ann')
  await who(tab, { account: '' })
  tab.recommender.close()
  expect(await who(sleeper)).toMatchObject({ account: true })
  dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))
  await until(async () => !(await who(sleeper)).account)
  expect(await itemsOf(sleeper)).toEqual([])
})

test('without consent two customers of a page are told apart, and nothing is kept of either', async () => {
  const tab = await open('ann', { consent: 'unknown' })
  await view(tab, 'item-1')
  await who(tab, { account: 'ben' })
  expect(await itemsOf(tab)).toEqual([])
  await who(tab, { account: 'ann' })
  expect(await itemsOf(tab)).toEqual([])
  expect((await indexedDB.databases()).map(({ name }) => name)).not.toContain('windowshop')
  await expect(who(tab, { gift: true })).rejects.toMatchObject({ code: 'storage-denied' })
})

test('shoppers who share a device turn to their own profile, in all tabs and after a reload', async () => {
  const [one, other] = [await open(), await open()]
  await view(one, 'item-1')
  await who(one, { name: ' Ann ' })
  await view(one, 'item-2')
  await until(async () => (await shelfOf(other)).join() === 'item-2')
  expect(await who(other)).toEqual({ account: false, name: 'Ann', names: ['Ann'], gift: false })
  await who(other, { name: 'Ben' })
  await until(async () => (await shelfOf(one)).length === 0)
  await view(one, 'item-3')
  one.recommender.close()
  other.recommender.close()
  const later = await open()
  expect(await shelfOf(later)).toEqual(['item-3'])
  expect(await who(later, { forget: 'Ben' })).toEqual({ account: false, names: ['Ann'], gift: false })
  expect(await shelfOf(later)).toEqual(['item-1'])
  expect(await who(later, { name: 'Ann' })).toMatchObject({ name: 'Ann' })
  expect(await shelfOf(later)).toEqual(['item-2'])
  expect(await onDisk()).toEqual(['default: item-1', 'name Ann: item-2'])
})

test('what was tracked before the log was read belongs to who is here', async () => {
  const first = await open()
  await who(first, { name: 'Ann' })
  first.recommender.close()
  const tab = await open()
  await view(tab, 'item-4')
  expect(await onDisk()).toEqual(['name Ann: item-4'])
})

test('a copy that one shopper has saved can be added by another', async () => {
  const tab = await open()
  await view(tab, 'item-1')
  const copy = await tab.recommender.profile.export()
  await who(tab, { name: 'Ann' })
  expect(await tab.recommender.profile.import(copy)).toEqual({ imported: 1 })
  expect(await tab.recommender.profile.import(copy)).toEqual({ imported: 0 })
  expect(await onDisk()).toEqual(['default: item-1', 'name Ann: item-1'])
})

test.each([undefined, 'ann'])(
  'a gift is followed while it is chosen, and never learned: account %s',
  async (account) => {
    const tab = await open(account)
    await view(tab, 'item-1')
    expect(await who(tab, { gift: true })).toMatchObject({ gift: true })
    expect(await shelfOf(tab)).toEqual([])
    await view(tab, 'item-2')
    await tab.recommender.track({ kind: 'purchase', item: 'item-2', order: 'o1' })
    tab.recommender.close()
    const next = await open(account)
    expect(await shelfOf(next)).toEqual(['item-2'])
    expect(await who(next, { gift: false })).toMatchObject({ gift: false })
    expect([await shelfOf(next), await itemsOf(next)]).toEqual([['item-1'], ['item-1']])
    expect(await onDisk()).toHaveLength(1)
  },
)

test('withdrawn consent removes everybody who shares the device', async () => {
  const tab = await open()
  await view(tab, 'item-1')
  await who(tab, { name: 'Ann' })
  await view(tab, 'item-2')
  await who(tab, { account: 'ben' })
  await view(tab, 'item-3')
  await tab.recommender.consent('denied')
  expect((await indexedDB.databases()).map(({ name }) => name)).not.toContain('windowshop')
  await tab.recommender.consent('granted')
  await who(tab, { account: '' })
  expect(await who(tab)).toEqual({ account: false, names: [], gift: false })
  expect(await itemsOf(tab)).toEqual([])
})

test('what is no change of who is here is refused', async () => {
  const tab = await open()
  const changes = [
    { account: 7 },
    { account: 'x'.repeat(129) },
    { name: 'x'.repeat(41) },
    { gift: 'yes' },
    { other: 1 },
  ]
  for (const change of changes) await expect(who(tab, change as never)).rejects.toMatchObject({ code: 'call-refused' })
  for (let n = 0; n < 20; n++) await who(tab, { name: `Shopper ${n}` })
  await expect(who(tab, { name: 'One more' })).rejects.toMatchObject({ code: 'call-refused' })
  expect((await who(tab)).name).toBe('Shopper 19')
})

test('past orders warm the profile of their customer alone, once; what came back is as if never bought', async () => {
  const time = Date.now() - 86_400_000
  const again = async ({ recommender }: Tab) => {
    const answer = await recommender.recommend({ placement: 'buy-again' })
    return 'items' in answer ? answer.items.map(({ card }) => card.id) : []
  }
  const ann = await open('ann')
  const order = { order: 'o1', time, items: ['item-1', 'item-2'] }
  await ann.recommender.profile.addHistory([order])
  await ann.recommender.profile.addHistory([order])
  // The thank-you page has told it, too.
  await ann.recommender.track({ kind: 'purchase', item: 'item-2', order: 'o1', quantity: 3 })
  expect((await again(ann)).sort()).toEqual(['item-1', 'item-2'])
  await ann.recommender.profile.addHistory([{ ...order, returned: ['item-2'] }])
  expect(await again(ann)).toEqual(['item-1'])
  const scores = async ({ recommender }: Tab) => {
    const answer = await recommender.recommend({ placement: 'for-you', limit: 20 })
    return 'items' in answer && answer.items.map(({ card, score }) => [card.id, score.toFixed(9)])
  }
  const returned = await scores(ann)
  await who(ann, { account: 'ben' })
  expect(await again(ann)).toEqual([])
  await ann.recommender.profile.addHistory([{ order: 'o1', time, items: ['item-1'] }])
  expect(String(await scores(ann))).toBe(String(returned))
})
