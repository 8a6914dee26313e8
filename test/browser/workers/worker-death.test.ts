import { beforeAll, expect, test } from 'vitest'
import type { ShelfAnswer } from '../../../src/core/shelf.ts'
import { createRecommender } from '../../../src/recommender.ts'
import { serveBundle } from '../../support/serve-files.ts'
import { until } from './fresh-profile.ts'
import { openTab } from './open-recommender.ts'

let bundle: string
beforeAll(async () => {
  bundle = (await serveBundle()).manifestUrl
})

const view = (item: string) => ({ kind: 'view_item', item })

test('calls of a worker that was ended settle with a code, and a new worker serves from the log', async () => {
  const { recommender, killWorker, starts } = await openTab({ bundle })
  await recommender.track(view('item-3'))
  killWorker()
  await expect(recommender.status()).rejects.toMatchObject({ code: 'worker-failed' })
  expect(await recommender.recommend({ placement: 'recently-viewed' })).toMatchObject({
    items: [{ card: { id: 'item-3' } }],
  })
  expect(starts()).toBe(2)
})

test('an event on its way to a dying worker is stored once, by the next one', async () => {
  const { recommender, killWorker } = await openTab({ bundle })
  await recommender.status()
  const tracked = recommender.track(view('item-3'))
  killWorker()
  expect(await tracked).toEqual({ stored: 'disk' })
  expect((await recommender.profile.events()).map(({ item }) => item)).toEqual(['item-3'])
})

test('events that live in memory alone survive the worker', async () => {
  const { recommender, killWorker } = await openTab({ bundle, consent: 'unknown' })
  await recommender.track(view('item-3'))
  killWorker()
  await recommender.status().catch(() => undefined)
  expect((await recommender.profile.events()).map(({ item }) => item)).toEqual(['item-3'])
})

test('a shelf on screen stays when the worker dies, and follows the next event', async () => {
  const { recommender, killWorker } = await openTab({ bundle })
  const seen: ShelfAnswer[] = []
  recommender.watch({ placement: 'trending' }, (answer) => seen.push(answer))
  await until(() => seen.length === 1)
  killWorker()
  await recommender.track(view('item-3'))
  await until(() => seen.length > 1)
  expect(seen.every((answer) => 'items' in answer)).toBe(true)
})

test('a worker that cannot be loaded gives fallbacks, and no exception', async () => {
  const recommender = await createRecommender({ bundle, worker: '/not-a-worker.js' })
  expect(await recommender.recommend({ placement: 'for-you' })).toEqual({ fallback: 'worker-failed' })
  expect(await recommender.track(view('item-3'))).toEqual({ refused: 'worker-failed' })
  recommender.close()
})

test('a page without workers gives fallbacks, and no exception', async () => {
  const worker = () => {
    throw new ReferenceError('Worker is not defined')
  }
  const recommender = await createRecommender({ bundle, worker })
  expect(await recommender.recommend({ placement: 'for-you' })).toEqual({ fallback: 'worker-failed' })
  recommender.close()
})

test('after close every call settles with a code', async () => {
  const { recommender } = await openTab({ bundle })
  const pending = recommender.recommend({ placement: 'for-you' })
  recommender.close()
  expect(await pending).toEqual({ fallback: 'closed' })
  expect(await recommender.track(view('item-3'))).toEqual({ refused: 'closed' })
  await expect(recommender.status()).rejects.toMatchObject({ code: 'closed' })
})

test('what cannot be cloned is refused with a code', async () => {
  const { recommender } = await openTab({ bundle })
  const request = { placement: 'for-you', limit: (() => 1) as unknown as number } as const
  expect(await recommender.recommend(request)).toEqual({ fallback: 'request-malformed' })
})

test('a watched request that cannot be cloned falls back alone', async () => {
  const { recommender } = await openTab({ bundle })
  const seen: ShelfAnswer[] = []
  const shown: ShelfAnswer[] = []
  const request = { placement: 'for-you', limit: (() => 1) as unknown as number } as const
  recommender.watch(request, (answer) => seen.push(answer))
  recommender.watch({ placement: 'trending' }, (answer) => shown.push(answer))
  await until(() => seen.length > 0 && shown.length > 0)
  expect(seen).toMatchObject([{ fallback: 'request-malformed' }])
  expect(shown).toMatchObject([{ placement: 'trending' }])
})

test('the real worker refuses raw messages that walk to a constructor', async () => {
  const { recommender, send } = await openTab({ bundle })
  const code = { type: 'RAW', value: 'globalThis.polluted = 1' }
  for (const message of [
    { id: 'a', type: 'CONSTRUCT', path: ['track', 'constructor'], argumentList: [code] },
    { id: 'b', type: 'SET', path: ['track', 'constructor', 'prototype', 'x'], value: code },
    { id: 'c', type: 'GET', path: ['track'] },
  ]) {
    expect(await send(message)).toMatchObject({ name: 'throw', value: { code: 'call-refused' } })
  }
  expect(await recommender.track(view('item-3'))).toEqual({ stored: 'disk' })
})
