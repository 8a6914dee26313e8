import { beforeAll, expect, test } from 'vitest'
import type { EventRecord } from '../../../src/core/event.ts'
import type { ShelfAnswer } from '../../../src/core/shelf.ts'
import { openEventLog } from '../../../workers/event-log.ts'
import { serveBundle } from '../../support/serve-files.ts'
import { until } from './fresh-profile.ts'
import { openTab } from './open-recommender.ts'

let bundle: string
beforeAll(async () => {
  bundle = (await serveBundle()).manifestUrl
})

const view = (item: string) => ({ kind: 'view_item', item })

/** What the log itself holds. */
async function onDisk(): Promise<EventRecord[]> {
  const log = openEventLog()
  const { records } = await log.read(0)
  log.close()
  return records
}

test('four tabs that write at once keep every event, and all end with the log as it is on disk', async () => {
  const tabs = await Promise.all(Array.from({ length: 4 }, () => openTab({ bundle })))
  const count = 50
  await Promise.all(
    tabs.map(async ({ recommender }, t) => {
      for (let n = 0; n < count; n++) {
        expect(await recommender.track(view(`item-${(t * count + n) % 60}`))).toEqual({ stored: 'disk' })
      }
    }),
  )
  const log = await onDisk()
  expect(log.length).toBe(4 * count)
  for (const { recommender } of tabs) {
    await until(async () => (await recommender.profile.events()).length === 4 * count)
    expect(await recommender.profile.events()).toEqual(log)
  }
})

test('a shelf that is watched follows what happens in another tab', async () => {
  const [one, other] = [await openTab({ bundle }), await openTab({ bundle })]
  const seen: ShelfAnswer[] = []
  other.recommender.watch({ placement: 'recently-viewed' }, (answer) => seen.push(answer))
  await until(() => seen.length > 0)
  await one.recommender.track(view('item-7'))
  await until(() => JSON.stringify(seen).includes('item-7'))
})

test('what one tab removes, the other forgets', async () => {
  const [one, other] = [await openTab({ bundle }), await openTab({ bundle })]
  for (const item of ['item-1', 'item-2', 'item-3']) await one.recommender.track(view(item))
  await until(async () => (await other.recommender.profile.events()).length === 3)
  const [, second] = await one.recommender.profile.events()
  await one.recommender.profile.remove(second!.id)
  await until(async () => (await other.recommender.profile.events()).length === 2)
  expect(await other.recommender.profile.events()).toEqual(await onDisk())
})

test('erasing in one tab empties the other, and an event of the other starts the log anew', async () => {
  const [one, other] = [await openTab({ bundle }), await openTab({ bundle })]
  await one.recommender.track(view('item-1'))
  await until(async () => (await other.recommender.profile.events()).length === 1)
  await one.recommender.profile.erase()
  await until(async () => (await other.recommender.profile.events()).length === 0)
  await other.recommender.track(view('item-2'))
  await until(async () => (await one.recommender.profile.events()).length === 1)
  expect((await onDisk()).map(({ item }) => item)).toEqual(['item-2'])
})

test('a page that rests in the back-forward cache catches up when it comes back', async () => {
  const [one, other] = [await openTab({ bundle }), await openTab({ bundle })]
  const seen: ShelfAnswer[] = []
  other.recommender.watch({ placement: 'recently-viewed' }, (answer) => seen.push(answer))
  await until(() => seen.length > 0)
  one.recommender.close()
  dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))
  await other.recommender.status()
  const writer = openEventLog()
  await writer.append([{ id: 'meanwhile', time: Date.now(), kind: 'view_item', item: 'item-8', profile: 'default' }])
  writer.close()
  const channel = new BroadcastChannel('windowshop')
  channel.postMessage('changed')
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect(await other.recommender.profile.events()).toEqual([])
  dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))
  await until(() => JSON.stringify(seen.at(-1)).includes('item-8'))
  channel.close()
})

test('a database that the browser wipes is a first visit, and the next event is stored', async () => {
  const { recommender } = await openTab({ bundle })
  await recommender.track(view('item-1'))
  await new Promise((resolve) => (indexedDB.deleteDatabase('windowshop').onsuccess = resolve))
  expect(await recommender.track(view('item-2'))).toEqual({ stored: 'disk' })
  expect(await recommender.profile.events()).toEqual(await onDisk())
})
