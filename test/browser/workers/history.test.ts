import { afterEach, beforeEach, expect, test } from 'vitest'
import type { NewEvent } from '../../../src/core/event.ts'
import { openEventLog } from '../../../workers/event-log.ts'
import { History } from '../../../workers/history.ts'
import { freshProfile, until } from './fresh-profile.ts'

const day = 86_400_000
const histories: History[] = []
const originals = new Map<string, unknown>()
const methods = [
  [IDBFactory.prototype, 'open'],
  [IDBDatabase.prototype, 'transaction'],
  [IDBObjectStore.prototype, 'add'],
  [IDBObjectStore.prototype, 'get'],
  [IDBObjectStore.prototype, 'getAll'],
  [IDBIndex.prototype, 'getKey'],
  [IDBTransaction.prototype, 'commit'],
] as const

beforeEach(freshProfile)
afterEach(() => {
  restore()
  for (const history of histories.splice(0)) history.close()
})

function open(now = () => Date.UTC(2026, 5, 1)): History {
  const history = new History({
    now,
    retentionDays: 90,
    changed: () => undefined,
    withdrawn: () => undefined,
    loadLate: () => import('../../../workers/late.ts'),
  })
  histories.push(history)
  return history
}

/** Makes the `nth` call of IndexedDB from now on throw; answers whether it came to that. */
function failCall(nth: number, error: string): () => boolean {
  let calls = 0
  for (const [prototype, name] of methods) {
    const original = (prototype as unknown as Record<string, (...values: unknown[]) => unknown>)[name]!
    originals.set(name, original)
    Object.defineProperty(prototype, name, {
      configurable: true,
      writable: true,
      value(this: unknown, ...values: unknown[]) {
        if (++calls === nth) throw new DOMException('injected', error)
        return original.apply(this, values)
      },
    })
  }
  return () => calls >= nth
}

function restore(): void {
  for (const [prototype, name] of methods) {
    const value = originals.get(name)
    if (value) Object.defineProperty(prototype, name, { configurable: true, writable: true, value })
  }
  originals.clear()
}

async function onDisk(): Promise<string[]> {
  const log = openEventLog()
  const { records } = await log.read(0)
  log.close()
  return records.map(({ id }) => id)
}

const event = (id: string, time = Date.UTC(2026, 5, 1)): NewEvent => ({
  id,
  time,
  kind: 'view_item',
  item: `item-${id}`,
})
const idsOf = (history: History) => history.fold.events.map(({ id }) => id)

test.each(['QuotaExceededError', 'UnknownError', 'InvalidStateError', 'AbortError'])(
  'whichever operation fails with %s, what was acknowledged as on disk is there once, and later events get there',
  async (error) => {
    for (let nth = 1; ; nth++) {
      const history = open()
      const failed = failCall(nth, error)
      await history.persist()
      const acknowledged: string[] = []
      for (const id of [`${nth}-a`, `${nth}-b`]) {
        const result = await history.track([event(id)])
        if ('stored' in result && result.stored === 'disk') acknowledged.push(id)
      }
      const over = !failed()
      restore()
      const present = await onDisk()
      expect(present).toEqual(expect.arrayContaining(acknowledged))
      expect(await history.track([event(`${nth}-c`)])).toEqual({ stored: 'disk' })
      const log = await onDisk()
      expect(log.filter((id) => id.startsWith(`${nth}-`)).sort()).toEqual([`${nth}-a`, `${nth}-b`, `${nth}-c`])
      expect(idsOf(history)).toEqual(log)
      history.close()
      if (over) break
    }
  },
)

test('a history whose storage is denied lives in memory, says so, and moves to the disk when that comes back', async () => {
  const history = open()
  const { open: original } = IDBFactory.prototype
  IDBFactory.prototype.open = () => {
    throw new DOMException('denied', 'SecurityError')
  }
  try {
    await history.persist()
    expect(await history.track([event('a')])).toEqual({ stored: 'memory' })
    expect(history.storage).toEqual({ kind: 'memory', reason: 'storage-denied', events: 1 })
  } finally {
    IDBFactory.prototype.open = original
  }
  expect(await history.track([event('b')])).toEqual({ stored: 'disk' })
  expect(history.storage).toEqual({ kind: 'disk', events: 2 })
  expect(await onDisk()).toEqual(['a', 'b'])
})

test('a burst is written in few transactions, and each call is answered when its own events are there', async () => {
  const history = open()
  await history.persist()
  let transactions = 0
  const { transaction } = IDBDatabase.prototype
  IDBDatabase.prototype.transaction = function (...values) {
    transactions++
    return transaction.apply(this, values)
  }
  try {
    const results = await Promise.all(Array.from({ length: 300 }, (_, n) => history.track([event(`e${n}`)])))
    expect(new Set(results.map((result) => JSON.stringify(result)))).toEqual(new Set(['{"stored":"disk"}']))
    expect(transactions).toBeLessThan(10)
  } finally {
    IDBDatabase.prototype.transaction = transaction
  }
  expect((await onDisk()).length).toBe(300)
})

test('events of two histories end in the same order in both, the order of the log', async () => {
  const [one, other] = [open(), open()]
  await Promise.all([one.persist(), other.persist()])
  await Promise.all(
    Array.from({ length: 40 }, (_, n) => [one.track([event(`x${n}`)]), other.track([event(`y${n}`)])]).flat(),
  )
  await until(() => one.fold.events.length === 80 && other.fold.events.length === 80)
  const log = await onDisk()
  await until(() => idsOf(one).join() === log.join() && idsOf(other).join() === log.join())
})

test('an open page forgets what has grown too old, once a day', async () => {
  let now = Date.UTC(2026, 5, 1)
  const history = open(() => now)
  await history.persist()
  await history.track([event('old', now - 89.5 * day), event('young', now)])
  now += day
  await history.track([event('later', now)])
  await until(() => idsOf(history).join() === 'young,later')
  expect(await onDisk()).toEqual(['young', 'later'])
})
