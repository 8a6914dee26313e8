import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { lengthenLook } from '../../../src/extras/lengthen-look.ts'
import { watchDwell } from '../../../src/extras/watch-dwell.ts'
import type { Dwell } from '../../../src/extras/watch-dwell.ts'
import { serveBundle } from '../../support/serve-files.ts'
import { openTab } from '../workers/open-recommender.ts'

let dwell: Dwell
const reached: (readonly [item: string, seconds: number])[] = []
let visibility: 'visible' | 'hidden' = 'visible'

function turn(state: typeof visibility): void {
  visibility = state
  document.dispatchEvent(new Event('visibilitychange'))
}

describe("the dwell on an item's page", () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
    vi.spyOn(document, 'visibilityState', 'get').mockImplementation(() => visibility)
    visibility = 'visible'
    reached.length = 0
    dwell = watchDwell(({ item, seconds }) => reached.push([item, seconds]))
  })
  afterEach(() => {
    dwell.stop()
    vi.useRealTimers()
    vi.restoreAllMocks()
  })

  test('is told in three steps, and no more', () => {
    dwell.look('a', 0)
    vi.advanceTimersByTime(9_999)
    expect(reached).toEqual([])
    vi.advanceTimersByTime(1)
    expect(reached).toEqual([['a', 10]])
    vi.advanceTimersByTime(600_000)
    expect(reached).toEqual([
      ['a', 10],
      ['a', 30],
      ['a', 90],
    ])
    expect(vi.getTimerCount()).toBe(0)
  })

  test('counts the time alone in which the page is in view; a hidden one has no timer', () => {
    dwell.look('a', 0)
    vi.advanceTimersByTime(6_000)
    turn('hidden')
    expect(vi.getTimerCount()).toBe(0)
    vi.advanceTimersByTime(3_600_000)
    turn('visible')
    vi.advanceTimersByTime(3_999)
    expect(reached).toEqual([])
    vi.advanceTimersByTime(1)
    expect(reached).toEqual([['a', 10]])
  })

  test('begins anew with another item, and ends when the page is left', () => {
    dwell.look('a', 0)
    vi.advanceTimersByTime(9_000)
    dwell.look('b', 1)
    vi.advanceTimersByTime(9_000)
    expect(reached).toEqual([])
    vi.advanceTimersByTime(1_000)
    expect(reached).toEqual([['b', 10]])
    dwell.leave()
    vi.advanceTimersByTime(100_000)
    expect(reached).toHaveLength(1)
  })
})

test('a look that was long is the same event with its dwell; no shelf on screen follows', async () => {
  const { recommender } = await openTab({ bundle: (await serveBundle()).manifestUrl })
  const time = Date.now()
  await recommender.track({ kind: 'view_item', item: 'item-1', price: 9 })
  await recommender.track({ kind: 'add_to_cart', item: 'item-2' })
  const [look] = await recommender.profile.events()
  const told = vi.fn()
  const stop = recommender.watch({ placement: 'for-you' }, told)
  await expect.poll(() => told.mock.calls.length).toBe(1)

  await lengthenLook(recommender, recommender.track, { item: 'item-1', time, seconds: 30 })
  const events = await recommender.profile.events()
  expect(events).toHaveLength(2)
  const long = events.find(({ item }) => item === 'item-1')!
  expect(long).toMatchObject({ kind: 'view_item', time: look!.time, context: { price: 9, dwell: 30 } })
  expect(await recommender.profile.events(look!.time + 60_000)).toEqual([])
  await new Promise((resolve) => setTimeout(resolve, 300))
  expect(told).toHaveBeenCalledTimes(1)

  await recommender.profile.remove(long.id)
  await lengthenLook(recommender, recommender.track, { item: 'item-1', time, seconds: 90 })
  expect((await recommender.profile.events()).map(({ item }) => item)).toEqual(['item-2'])
  stop()
})
