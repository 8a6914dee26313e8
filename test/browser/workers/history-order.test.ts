import { afterEach, beforeEach, expect, test } from 'vitest'
import type { NewEvent } from '../../../src/core/event.ts'
import { openEventLog } from '../../../workers/event-log.ts'
import { History } from '../../../workers/history.ts'
import { freshProfile, until } from './fresh-profile.ts'

const now = Date.UTC(2026, 5, 1)
const histories: History[] = []

beforeEach(freshProfile)
afterEach(() => {
  for (const history of histories.splice(0)) history.close()
})

function open(changed: () => void = () => undefined): History {
  const history = new History({
    now: () => now,
    retentionDays: 90,
    changed,
    withdrawn: () => undefined,
    loadLate: () => import('../../../workers/late.ts'),
  })
  histories.push(history)
  return history
}

async function persisted(): Promise<History> {
  const history = open()
  await history.persist()
  return history
}

async function onDisk(): Promise<string[]> {
  const log = openEventLog()
  const { records } = await log.read(0)
  log.close()
  return records.map(({ id }) => id)
}

const event = (id: string): NewEvent => ({ id, time: now, kind: 'view_item', item: `item-${id}` })
const idsOf = (history: History) => history.fold.events.map(({ id }) => id)

test('an event that follows an erasure outlives it, however many writes are under way', async () => {
  const history = await persisted()
  const before = [history.track([event('a')])]
  await Promise.resolve()
  before.push(history.track([event('b')]))
  const erased = history.erase()
  const after = history.track([event('c')])
  await Promise.all([...before, erased])
  expect(await after).toEqual({ stored: 'disk' })
  expect(await onDisk()).toEqual(['c'])
  expect(idsOf(history)).toEqual(['c'])
})

test('what is erased does not show up again while the disk catches up', async () => {
  const seen: string[][] = []
  let erasing = false
  const history = open(() => erasing && seen.push(idsOf(history)))
  await history.persist()
  const tracked = history.track([event('a')])
  for (let n = 0; n < 5; n++) await Promise.resolve()
  erasing = true
  await history.erase()
  await tracked
  expect(seen.flat()).toEqual([])
})

test('a consent that is given again at once begins a new log, and loses none of its events', async () => {
  const history = await persisted()
  const before = [history.track([event('a')])]
  await Promise.resolve()
  before.push(history.track([event('b')]))
  const withdrawn = history.withdraw()
  const granted = history.persist()
  const after = history.track([event('c')])
  await Promise.all([...before, withdrawn, granted, after])
  expect(await history.track([event('d')])).toEqual({ stored: 'disk' })
  expect(await onDisk()).toEqual(['c', 'd'])
  expect(idsOf(history)).toEqual(['c', 'd'])
})

test('a tab that hears of an erasure late keeps what the log holds since', async () => {
  const history = await persisted()
  await history.track([event('since')])
  const tab = new BroadcastChannel('windowshop')
  tab.postMessage('erased')
  await new Promise((resolve) => setTimeout(resolve, 100))
  tab.close()
  await until(() => idsOf(history).join() === 'since')
})

test('an event removed before it was stored does not hide the event of another tab', async () => {
  const [one, other] = [await persisted(), await persisted()]
  await one.track([event('a')])
  await until(() => idsOf(other).length === 1)
  await one.rest(true)
  await other.track([event('b')])
  const tracked = [one.track([event('mistake')]), one.track([event('c')])]
  await Promise.all([...tracked, one.remove('mistake')])
  expect(await onDisk()).toEqual(['a', 'b', 'c'])
  expect(idsOf(one)).toEqual(['a', 'b', 'c'])
})

test('the first event of a page is not recorded when an earlier visit has paused', async () => {
  const before = await persisted()
  await before.pause(true)
  before.close()
  const history = open()
  const reading = history.persist()
  expect(await history.track([event('a')])).toEqual({ refused: 'paused' })
  await reading
  expect(history.paused).toBe(true)
  expect(idsOf(history)).toEqual([])
  expect(await onDisk()).toEqual([])
})

test('nor is what was seen before consent, once that shows that an earlier visit has paused', async () => {
  const before = await persisted()
  await before.pause(true)
  before.close()
  const history = open()
  await history.track([event('a')])
  await history.persist()
  expect(await onDisk()).toEqual([])
  expect(idsOf(history)).toEqual([])
})

test('a pause from before consent holds after it, and after a reload', async () => {
  const history = open()
  await history.pause(true)
  await history.persist()
  expect(await history.track([event('a')])).toEqual({ refused: 'paused' })
  const again = await persisted()
  expect(again.paused).toBe(true)
})
