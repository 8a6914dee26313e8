import { beforeAll, describe, expect, test } from 'vitest'
import type { NewEvent } from '../../../src/core/event.ts'
import type { Settings } from '../../../src/core/settings.ts'
import type { Recommender, Shelf, ShelfAnswer } from '../../../src/index.ts'
import { createEngine } from '../../../workers/engine.ts'
import { serveBundle } from '../../support/serve-files.ts'
import { until } from './fresh-profile.ts'
import { openTab } from './open-recommender.ts'

let bundle: string
beforeAll(async () => {
  bundle = (await serveBundle()).manifestUrl
})

const idsOf = (answer: ShelfAnswer) =>
  'fallback' in answer ? answer.fallback : answer.items.map(({ card }) => card.id)
const scoresOf = (answer: ShelfAnswer) => ('fallback' in answer ? [] : answer.items.map(({ score }) => score))
const view = (item: string) => ({ kind: 'view_item', item })
const whole = (recommender: Recommender) => until(async () => (await recommender.status()).coverage === 1)

describe('from the bundle', () => {
  test('the first shelf comes from the head, and the whole table follows', async () => {
    const { recommender } = await openTab({ bundle })
    expect(await recommender.recommend({ placement: 'trending' })).toMatchObject({ placement: 'trending' })
    await whole(recommender)
    const status = await recommender.status()
    expect(status).toMatchObject({ tiers: { head: true, table: true, display: true }, storage: { kind: 'disk' } })
    expect(status.transfer.sent).toBe(0)
    expect(status.problem).toBeUndefined()
  })

  test('with headOnly the head is all that is fetched', async () => {
    const { recommender } = await openTab({ bundle, headOnly: true })
    await recommender.recommend({ placement: 'trending' })
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect((await recommender.status()).coverage).toBeCloseTo(1 / 3)
  })

  test('the forced scorer takes over, and answers the same', async () => {
    const { recommender } = await openTab({ bundle, scorer: 'plain' })
    await whole(recommender)
    await recommender.track(view('item-3'))
    const first = await recommender.recommend({ placement: 'for-you' })
    await until(async () => (await recommender.status()).scorer?.name === 'plain')
    expect(idsOf(await recommender.recommend({ placement: 'for-you' }))).toEqual(idsOf(first))
  })

  test('a malformed request falls back with its code, and leaves the others of the page alone', async () => {
    const { recommender } = await openTab({ bundle })
    const malformed = { placement: 'for-you', limit: -1 } as const
    const answers = await recommender.page([malformed, { placement: 'trending' }])
    expect(answers[0]).toMatchObject({ fallback: 'request-malformed', reason: expect.stringContaining('expected') })
    expect(answers[1]).toMatchObject({ placement: 'trending' })
  })

  test('a setting that is undefined counts as absent', async () => {
    const { recommender } = await openTab({ bundle })
    await whole(recommender)
    await recommender.track(view('item-3'))
    const settings = { session: undefined, halfLifeDays: undefined } as unknown as Partial<Settings>
    const plain = await recommender.recommend({ placement: 'for-you' })
    const answer = await recommender.recommend({ placement: 'for-you', settings })
    expect(idsOf(answer)).toEqual(idsOf(plain))
    expect(scoresOf(answer).every(Number.isFinite)).toBe(true)
  })

  test('settings of the page hold for every request, as an object or as the JSON of a tag', async () => {
    const settings = { popularity: -1, trend: 0, newness: 0, session: 0, profile: 0, diversity: 0 }
    const plain = await openTab({ bundle })
    await whole(plain.recommender)
    const wanted = idsOf(await plain.recommender.recommend({ placement: 'for-you', settings }))
    expect(idsOf(await plain.recommender.recommend({ placement: 'for-you' }))).not.toEqual(wanted)
    for (const given of [settings, JSON.stringify(settings)]) {
      const { recommender } = await openTab({ bundle, settings: given })
      await whole(recommender)
      expect(idsOf(await recommender.recommend({ placement: 'for-you' }))).toEqual(wanted)
      expect((await recommender.status()).problem).toBeUndefined()
    }
  })

  test('price sensitivity counts from the first list on, is named among the reasons, and holds for rerank', async () => {
    const { recommender } = await openTab({ bundle, settings: { priceSensitivity: 3 } })
    await recommender.track(view('item-3'))
    await whole(recommender)
    const shelf = (await recommender.recommend({ placement: 'for-you' })) as Shelf
    for (const { reasons, score } of shelf.items) {
      expect(reasons.filter(({ id }) => id === 'price')).toHaveLength(1)
      expect(reasons.reduce((sum, { contribution }) => sum + contribution, 0)).toBeCloseTo(score, 5)
    }
    const settings = { priceSensitivity: 0 }
    expect(idsOf(await recommender.recommend({ placement: 'for-you', settings }))).not.toEqual(idsOf(shelf))
    const ids = shelf.items.map(({ card }) => card.id).sort()
    const byScore = shelf.items.toSorted((a, b) => b.score - a.score).map(({ card }) => card.id)
    expect(await recommender.rerank(ids)).toEqual({ ids: byScore })
  })

  test.each(['{"diversity":', '{"diversty":0.4}', '{"diversity":7}', '7', { halfLifeDays: 0 }])(
    'settings that cannot be read, %s, leave those of the bundle, and are named',
    async (settings) => {
      const { recommender } = await openTab({ bundle, settings })
      await whole(recommender)
      expect(await recommender.recommend({ placement: 'trending' })).toMatchObject({ placement: 'trending' })
      await until(async () => (await recommender.status()).problem?.code === 'option-invalid')
    },
  )

  test('cards and rerank know what the bundle knows', async () => {
    const { recommender } = await openTab({ bundle })
    await whole(recommender)
    expect((await recommender.cards(['item-5', 'nothing'])).map(({ id }) => id)).toEqual(['item-5'])
    const answer = await recommender.rerank(['nothing', 'item-5', 'item-6'])
    expect('ids' in answer && answer.ids.at(-1)).toBe('nothing')
    expect('ids' in answer && [...answer.ids].sort()).toEqual(['item-5', 'item-6', 'nothing'])
  })
})

describe('from the shopper', () => {
  test('an event is on disk when track says so, and changes the very next shelf', async () => {
    const { recommender } = await openTab({ bundle })
    await whole(recommender)
    const before = await recommender.recommend({ placement: 'for-you' })
    expect(await recommender.track(view('item-17'))).toEqual({ stored: 'disk' })
    const after = await recommender.recommend({ placement: 'for-you' })
    expect(scoresOf(after)).not.toEqual(scoresOf(before))
    expect((await recommender.profile.events()).map(({ item }) => item)).toEqual(['item-17'])
  })

  test('scoring does not wait for the disk', async () => {
    const { recommender } = await openTab({ bundle })
    await whole(recommender)
    await recommender.recommend({ placement: 'for-you' })
    const blocker = await holdDatabase()
    const tracked = recommender.track(view('item-17'))
    const shelf = await recommender.recommend({ placement: 'recently-viewed' }).finally(blocker.release)
    expect(idsOf(shelf)).toEqual(['item-17'])
    expect(await tracked).toEqual({ stored: 'disk' })
  })

  test('a new worker, as after a reload, keeps the profile and gives the same shelf', async () => {
    const first = await openTab({ bundle })
    await whole(first.recommender)
    for (const item of ['item-4', 'item-9', 'item-33']) await first.recommender.track(view(item))
    const shelf = await first.recommender.recommend({ placement: 'for-you' })
    const events = await first.recommender.profile.events()
    first.recommender.close()
    const { recommender } = await openTab({ bundle })
    await whole(recommender)
    expect(await recommender.profile.events()).toEqual(events)
    expect(idsOf(await recommender.recommend({ placement: 'for-you' }))).toEqual(idsOf(shelf))
  })

  test('deleting one event gives, bit for bit, the shelf of a log that never had it', async () => {
    const now = Date.UTC(2026, 5, 1, 12)
    const event = (n: number, item: string): NewEvent => ({
      id: `e${n}`,
      time: now - (9 - n) * 30_000_000,
      kind: 'view_item',
      item,
    })
    const bought = { ...event(3, 'item-21'), kind: 'purchase', context: { order: 'o-1' } } as const
    const events = [event(1, 'item-4'), event(2, 'item-9'), bought, event(4, 'item-33'), event(5, 'item-9')]
    const mistake = { ...event(3, 'item-50'), id: 'mistake' }
    const shelf = async (log: readonly NewEvent[], mistaken?: string) => {
      const engine = createEngine({ post: () => undefined, now: () => now })
      await engine.open({ bundle, consent: 'granted', scorer: 'wasm' })
      await until(async () => (await engine.status()).coverage === 1)
      for (const one of log) await engine.track([one])
      await engine.page([{ placement: 'for-you' }])
      if (mistaken) expect(await engine.remove(mistaken)).toBe(true)
      const [answer] = await engine.page([{ placement: 'for-you', limit: 20 }])
      await engine.consent('denied')
      return [idsOf(answer!), scoresOf(answer!)]
    }
    const without = await shelf(events)
    const withIt = [...events.slice(0, 3), mistake, ...events.slice(3)]
    expect(await shelf(withIt)).not.toEqual(without)
    expect(await shelf(withIt, 'mistake')).toEqual(without)
  })

  test('erasing empties the log, here and on disk, and later events start a new one', async () => {
    const { recommender } = await openTab({ bundle })
    for (const item of ['item-4', 'item-9']) await recommender.track(view(item))
    await recommender.profile.erase()
    expect(await recommender.profile.events()).toEqual([])
    expect(await recommender.recommend({ placement: 'recently-viewed' })).toEqual({ fallback: 'no-items' })
    await recommender.track(view('item-5'))
    recommender.close()
    const again = await openTab({ bundle })
    expect((await again.recommender.profile.events()).map(({ item }) => item)).toEqual(['item-5'])
  })

  test('while paused nothing is recorded, after a reload neither', async () => {
    const { recommender } = await openTab({ bundle })
    await recommender.track(view('item-1'))
    await recommender.profile.pause()
    expect(await recommender.track(view('item-2'))).toEqual({ refused: 'paused' })
    recommender.close()
    const again = await openTab({ bundle })
    expect((await again.recommender.profile.events()).length).toBe(1)
    expect(await again.recommender.track(view('item-3'))).toEqual({ refused: 'paused' })
    await again.recommender.profile.resume()
    expect(await again.recommender.track(view('item-4'))).toEqual({ stored: 'disk' })
  })

  test('an exported log, imported twice into an empty one, is the same log once', async () => {
    const { recommender } = await openTab({ bundle })
    await recommender.track({ event: 'purchase', ecommerce: { transaction_id: 't', items: [{ item_id: 'item-8' }] } })
    await recommender.track(view('item-4'))
    const json = await recommender.profile.export()
    const events = await recommender.profile.events()
    await recommender.profile.erase()
    expect(await recommender.profile.import(json)).toEqual({ imported: 2 })
    expect(await recommender.profile.import(json)).toEqual({ imported: 0 })
    const again = await recommender.profile.events()
    expect(again.map((event) => ({ ...event, seq: 0 }))).toEqual(events.map((event) => ({ ...event, seq: 0 })))
  })

  test('an import tells how many events are new, though the log is still being read', async () => {
    const first = await openTab({ bundle })
    for (const item of ['item-4', 'item-9']) await first.recommender.track(view(item))
    const json = await first.recommender.profile.export()
    first.recommender.close()
    const { recommender } = await openTab({ bundle })
    expect(await recommender.profile.import(json)).toEqual({ imported: 0 })
  })

  test('past orders are refused from the first moment on when an earlier visit has paused', async () => {
    const first = await openTab({ bundle })
    await first.recommender.profile.pause()
    first.recommender.close()
    const { recommender } = await openTab({ bundle })
    const orders = [{ order: 'o-1', time: Date.now() - 86_400_000, items: ['item-1'] }]
    expect(await recommender.profile.addHistory(orders)).toEqual({ refused: 'paused' })
    expect(await recommender.profile.events()).toEqual([])
  })

  test.each([
    'no JSON',
    '{}',
    '{"format":"windowshop-log/1","events":[{"id":"x","time":1,"kind":"view_item"}]}',
    '{"format":"windowshop-log/1","events":[{"id":"x","time":1750000000000,"kind":"nonsense"}]}',
  ])('an import of %s is refused with a code and changes nothing', async (json) => {
    const { recommender } = await openTab({ bundle })
    await expect(recommender.profile.import(json)).rejects.toMatchObject({ code: 'event-malformed' })
    expect(await recommender.profile.events()).toEqual([])
  })

  test('past orders count once, however often they are added', async () => {
    const { recommender } = await openTab({ bundle })
    const orders = [{ order: 'o-1', time: Date.now() - 86_400_000, items: ['item-1', 'item-2'] }]
    expect(await recommender.profile.addHistory(orders)).toEqual({ stored: 'disk' })
    await recommender.profile.addHistory(orders)
    expect((await recommender.profile.events()).map(({ item }) => item)).toEqual(['item-1', 'item-2'])
  })

  test('a shelf that is watched follows the events, and stops when told to', async () => {
    const { recommender } = await openTab({ bundle })
    await whole(recommender)
    const seen: ShelfAnswer[] = []
    const stop = recommender.watch({ placement: 'recently-viewed' }, (answer) => seen.push(answer))
    await until(() => seen.length === 1)
    await recommender.track(view('item-3'))
    await until(() => seen.some((answer) => idsOf(answer).includes('item-3')))
    stop()
    const count = seen.length
    await recommender.track(view('item-4'))
    await recommender.status()
    expect(seen.length).toBe(count)
  })

  test('a hundred thousand events in one tick are bounded, and refused with one shared answer', async () => {
    const { recommender } = await openTab({ bundle })
    const answers = Array.from({ length: 100_000 }, () => recommender.track(view('item-1')))
    const refused = answers.at(-1)!
    expect(await refused).toEqual({ refused: 'overloaded' })
    expect(answers.filter((answer) => answer === refused).length).toBe(99_000)
    expect(await answers[0]).toEqual({ stored: 'disk' })
    expect((await recommender.profile.events()).length).toBe(1000)
  })
})

/** Another tab that holds a transaction on the log. */
async function holdDatabase(): Promise<{ release: () => void }> {
  const db = await new Promise<IDBDatabase>((resolve) => {
    const request = indexedDB.open('windowshop')
    request.onsuccess = () => resolve(request.result)
  })
  let held = true
  const store = db.transaction(['events', 'meta'], 'readwrite').objectStore('meta')
  await new Promise<void>((resolve) => {
    const spin = () => {
      resolve()
      if (held) store.get('revision').onsuccess = spin
      else db.close()
    }
    spin()
  })
  return { release: () => (held = false) }
}
