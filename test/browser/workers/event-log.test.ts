import { openDB, type IDBPDatabase } from 'idb'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { compactLog } from '../../../workers/compact-log.ts'
import { nobody } from '../../../workers/device.ts'
import {
  databaseName,
  destroyDatabase,
  openEventLog,
  pageKeys,
  type EventLog,
  type OwnedEvent,
} from '../../../workers/event-log.ts'
import { between, seededRandom } from '../../support/seed.ts'
import { freshProfile } from './fresh-profile.ts'

const logs: EventLog[] = []
function open(): EventLog {
  const log = openEventLog()
  logs.push(log)
  return log
}
beforeEach(freshProfile)
afterEach(() => logs.splice(0).forEach((log) => log.close()))

const event = (n: number | string, time = Date.now(), profile = 'default'): OwnedEvent => ({
  profile,
  id: `e${n}`,
  time,
  kind: 'view_item',
  item: `i${n}`,
})
const compact = (log: EventLog) => compactLog({ change: async (work) => work(log).then(() => true) })
const ids = async (log: EventLog) => (await log.read(0)).records.map(({ id }) => id)

test('what append has acknowledged, another connection reads in order', async () => {
  const [log, other] = [open(), open()]
  await log.append([event(1), event(2)])
  const { records } = await log.append([event(3)])
  expect(records).toMatchObject([{ id: 'e3', seq: 3, profile: 'default', item: 'i3' }])
  expect(await ids(other)).toEqual(['e1', 'e2', 'e3'])
})

test('an id is stored once, however often and wherever it is appended', async () => {
  const [log, other] = [open(), open()]
  await Promise.all([log.append([event(1), event(2), event(1)]), other.append([event(2), event(3)])])
  const { records } = await log.append([event(1), event(4)])
  expect(records.map(({ id }) => id)).toEqual(['e4'])
  expect((await ids(log)).sort()).toEqual(['e1', 'e2', 'e3', 'e4'])
})

test('eight connections that write at once lose and double nothing', async () => {
  const count = 200
  const connections = Array.from({ length: 8 }, open)
  const start = performance.now()
  await Promise.all(
    connections.map(async (log, c) => {
      for (let n = 0; n < count; n++) await log.append([event(`${c}-${n}`)])
    }),
  )
  const seconds = (performance.now() - start) / 1000
  console.info(`single appends from 8 connections: ${Math.round((8 * count) / seconds)} events/s`)
  const { records } = await connections[0]!.read(0)
  expect(new Set(records.map(({ id }) => id)).size).toBe(8 * count)
  expect(records.length).toBe(8 * count)
  expect(records.every(({ seq }, i) => i === 0 || seq > records[i - 1]!.seq)).toBe(true)
})

test('a burst is written as batches', async () => {
  const log = open()
  const start = performance.now()
  for (let batch = 0; batch < 20; batch++) {
    await log.append(Array.from({ length: 128 }, (_, n) => event(`${batch}-${n}`)))
  }
  console.info(`batches of 128: ${Math.round((20 * 128) / ((performance.now() - start) / 1000))} events/s`)
  expect((await log.read(0)).records.length).toBe(20 * 128)
})

test('reading on gives the new rows, and all of them after a removal', async () => {
  const log = open()
  const { revision } = await log.append([event(1), event(2)])
  await log.append([event(3)])
  expect(await log.read(3, revision)).toMatchObject({ whole: false, records: [{ id: 'e3' }] })
  expect(await log.remove('default', 'e2')).toBe(true)
  expect(await log.remove('default', 'e2')).toBe(false)
  const page = await log.read(4, revision)
  expect(page.whole).toBe(true)
  expect(page.records.map(({ id }) => id)).toEqual(['e1', 'e3'])
})

test('profiles may hold events of one id, and each is removed alone', async () => {
  const log = open()
  const { records } = await log.append([event(1), event(1, 0, 'anna'), event(2, 0, 'anna'), event(1, 0, 'anna x')])
  expect(records.map(({ profile, id }) => `${profile} ${id}`)).toEqual([
    'default e1',
    'anna e1',
    'anna e2',
    'anna x e1',
  ])
  expect(await log.remove('anna', 'e1')).toBe(true)
  await log.clear('anna')
  expect((await log.read(0)).records.map(({ profile }) => profile)).toEqual(['default', 'anna x'])
  await log.write((tx) => tx.objectStore('meta').put({ ...nobody, names: ['Anna'] }, 'device'))
  await log.clear()
  expect(await log.read(0)).toMatchObject({ records: [], device: { current: 'default', names: [] } })
})

test('a transaction that fails in the middle of a batch stores none of it, and says so', async () => {
  const log = open()
  await log.append([event(1)])
  const uncloneable = { ...event(3), context: { query: (() => 1) as unknown as string } }
  await expect(log.append([event(2), uncloneable])).rejects.toMatchObject({ code: expect.stringMatching(/^storage-/) })
  expect(await ids(log)).toEqual(['e1'])
  await log.append([event(4)])
  expect(await ids(log)).toEqual(['e1', 'e4'])
})

test('a full disk that shows only when the transaction ends is not acknowledged', async () => {
  const log = open()
  await log.append([event(1)])
  const { commit } = IDBTransaction.prototype
  IDBTransaction.prototype.commit = function () {
    this.abort()
  }
  try {
    await expect(log.append([event(2)])).rejects.toMatchObject({ code: expect.stringMatching(/^storage-/) })
  } finally {
    IDBTransaction.prototype.commit = commit
  }
  expect(await ids(log)).toEqual(['e1'])
})

test('events older than the retention go, by a clock that is believed', async () => {
  const day = 86_400_000
  const now = Date.UTC(2026, 5, 1)
  const log = open()
  await log.append([event('old', now - 91 * day), event('young', now - 89 * day)])
  expect(await log.expire(now, 90)).toBe(1)
  expect(await ids(log)).toEqual(['eyoung'])
  expect(await log.expire(now + 3650 * day, 90)).toBe(0)
  expect(await log.expire(now + 3651 * day, 90)).toBe(1)
})

/** How many pages there are, and how many of them differ from their rows. */
async function pagesOnDisk(): Promise<{ pages: number; differ: number }> {
  const db = await openDB(databaseName)
  const tx = db.transaction(['events', 'pages'])
  const [rows, starts, texts] = await Promise.all([
    tx.objectStore('events').getAll() as Promise<{ seq: number }[]>,
    tx.objectStore('pages').getAllKeys() as Promise<number[]>,
    tx.objectStore('pages').getAll() as Promise<string[]>,
  ])
  db.close()
  const differ = starts.filter((start, i) => {
    const inside = rows.filter(({ seq }) => seq >= start && seq < start + pageKeys)
    return texts[i] !== JSON.stringify(inside)
  })
  return { pages: starts.length, differ: differ.length }
}

test('a long log reads the same from pages as from its rows, whatever is added, removed and expired', async () => {
  const random = seededRandom('pages of the log')
  const day = 86_400_000
  const now = Date.UTC(2026, 5, 1)
  const log = open()
  let held: OwnedEvent[] = []
  let given = 0
  let most = 0
  for (let round = 0; round < 8; round++) {
    const added = Array.from({ length: between(random, 1500, 2500) }, () => {
      const time = now - random() * 80 * day + given
      return { ...event(given++, time), context: { query: '"\\\ud800 \u2028', dwell: random() * 600 } }
    })
    await log.append(added)
    held.push(...added)
    if (round === 7 || random() < 0.7) {
      await compact(log)
      most = (await pagesOnDisk()).pages
    }
    for (let n = between(random, 0, 3); n > 0; n--) {
      const [gone] = held.splice(between(random, 0, held.length - 1), 1)
      expect(await log.remove('default', gone!.id)).toBe(true)
    }
    if (round % 4 === 3) {
      const days = 80 - round
      expect(await log.expire(now, days)).toBe(held.filter(({ time }) => time < now - days * day).length)
      held = held.filter(({ time }) => time >= now - days * day)
    }
    const { records } = await log.read(0)
    expect(records.map(({ seq: _seq, ...rest }) => rest)).toEqual(held)
    expect(records.every(({ seq }, i) => i === 0 || seq > records[i - 1]!.seq)).toBe(true)
    expect((await pagesOnDisk()).differ).toBe(0)
  }
  expect(most).toBeGreaterThan(1)
  await log.clear()
  expect(await pagesOnDisk()).toEqual({ pages: 0, differ: 0 })
})

test('a page that is no JSON any more is read from its rows', async () => {
  const log = open()
  await log.append(Array.from({ length: pageKeys }, (_, n) => event(n)))
  await compact(log)
  expect(await pagesOnDisk()).toEqual({ pages: 1, differ: 0 })
  const db = await openDB(databaseName)
  await db.put('pages', '[{"id":', 0)
  db.close()
  expect((await log.read(0)).records.length).toBe(pageKeys)
})

/** What a database holds that an earlier version of Windowshop has made and written `events` into, of one profile. */
const earlier: Record<number, (db: IDBPDatabase, events: readonly OwnedEvent[]) => void> = {
  1(db, events) {
    const store = db.createObjectStore('events', { keyPath: 'seq', autoIncrement: true })
    store.createIndex('id', 'id', { unique: true })
    store.createIndex('time', 'time')
    for (const each of events) void store.add(each)
    void db.createObjectStore('meta').put(0.25, 'revision')
  },
  2(db, events) {
    const store = db.createObjectStore('events', { keyPath: 'seq', autoIncrement: true })
    store.createIndex('time', 'time')
    store.createIndex('id', ['profile', 'id'], { unique: true })
    for (const each of events) void store.add(each)
    const meta = db.createObjectStore('meta')
    void meta.put(0.25, 'revision')
    void meta.put({ current: 'name Ada', names: ['Ada'], gifts: [], locks: 1 }, 'device')
  },
}

test.for(Object.keys(earlier).map(Number))(
  'a database of version %i is taken over with what it holds',
  async (version) => {
    const kept = Array.from({ length: pageKeys + 10 }, (_, n) => event(n))
    const late = event('late')
    const old = await openDB(databaseName, version, { upgrade: (db) => earlier[version]!(db, kept) })
    old.close()
    const log = open()
    await log.append([late, kept[0]!])
    const { whole, records, device } = await log.read(1, 0.25)
    expect(whole).toBe(false)
    expect(records.map(({ seq: _seq, ...rest }) => rest)).toEqual([...kept, late])
    expect(device.current).toBe(version < 2 ? 'default' : 'name Ada')
    // What two shoppers have imported from one copy is each one's own.
    await log.append([event(1, undefined, 'name Bo')])
    await compact(log)
    expect(await pagesOnDisk()).toEqual({ pages: 1, differ: 0 })
    expect(await log.remove('default', 'e1')).toBe(true)
    expect(await pagesOnDisk()).toEqual({ pages: 0, differ: 0 })
    expect((await log.read(0)).records.map(({ profile, id }) => profile + id)).toEqual(
      [...kept.filter(({ id }) => id !== 'e1'), late, event(1, 0, 'name Bo')].map(({ profile, id }) => profile + id),
    )
  },
)

test('a log whose database is deleted under it writes into a new one', async () => {
  const log = open()
  const { revision } = await log.append([event(1)])
  await destroyDatabase()
  await log.append([event(2)])
  const page = await log.read(2, revision)
  expect(page).toMatchObject({ whole: true, records: [{ id: 'e2' }] })
})

test('an opening that is cut, as while the browser clears the origin, is tried again', async () => {
  const { open: openDatabase } = IDBFactory.prototype
  let cuts = 0
  IDBFactory.prototype.open = function (name, version) {
    const request = openDatabase.call(this, name, version)
    if (name === databaseName && cuts < 2)
      request.addEventListener('upgradeneeded', () => {
        cuts++
        request.transaction!.abort()
      })
    return request
  }
  const log = open()
  try {
    await log.append([event(1)])
  } finally {
    IDBFactory.prototype.open = openDatabase
  }
  expect(cuts).toBe(2)
  expect(await ids(log)).toEqual(['e1'])
})

test('a database that another tab holds in a newer version is a coded failure', async () => {
  await new Promise((resolve) => {
    const request = indexedDB.open(databaseName, 99)
    request.onsuccess = () => resolve(request.result.close())
  })
  await expect(open().append([event(1)])).rejects.toMatchObject({ code: 'storage-blocked' })
})

test('an opening that another tab blocks settles by its deadline, and goes on once the tab lets go', async () => {
  const holder = await new Promise<IDBDatabase>((resolve) => {
    const request = indexedDB.open(databaseName, 1)
    request.onsuccess = () => resolve(request.result)
  })
  const deletion = indexedDB.deleteDatabase(databaseName)
  await new Promise((resolve) => (deletion.onblocked = resolve))
  const log = open()
  await expect(log.append([event(1)])).rejects.toMatchObject({ code: 'storage-blocked' })
  holder.close()
  await log.append([event(2)])
  expect(await ids(log)).toEqual(['e2'])
})

test('a closed log refuses, and does not bring its database back', async () => {
  const log = open()
  await log.append([event(1)])
  log.close()
  await destroyDatabase()
  await expect(log.append([event(2)])).rejects.toMatchObject({ code: 'storage-denied' })
  expect((await indexedDB.databases()).some(({ name }) => name === databaseName)).toBe(false)
})
