import {
  deleteDB,
  openDB,
  unwrap,
  type DBSchema,
  type IDBPDatabase,
  type IDBPObjectStore,
  type IDBPTransaction,
} from 'idb'
import type { EventRecord } from '../src/core/event.ts'
import { parseJson } from '../src/core/parse-json.ts'
import { WindowshopError } from '../src/errors.ts'
import { beginJournal, journalName } from './begin-journal.ts'
import { asStorageError } from './storage-error.ts'
import { nobody, revise, type Device } from './device.ts'
import { trustTime, type Clock } from './trust-time.ts'
import { withinDeadline } from './within-deadline.ts'

/** Everything about the database that another build of Windowshop has to agree with. */
export const databaseName = 'windowshop'
interface Schema extends DBSchema {
  events: { key: number; value: OwnedEvent; indexes: { id: [profile: string, id: string]; time: number } }
  /** `revision`: another number after every change that is not an append. `paused`, the `clock` of retention, the `device`. */
  meta: { key: 'revision' | 'paused' | 'clock' | 'device'; value: number | boolean | Clock | Device }
  /** By its first key, the rows of a page in JSON; who takes a row away takes its page away with it. */
  pages: { key: number; value: string }
}
/** Keys of a page: from a multiple of this on. */
export const pageKeys = 4096

type Database = IDBPDatabase<Schema>
const stores: ('events' | 'meta' | 'pages')[] = ['events', 'meta', 'pages']
type Stores = typeof stores
type EventStore = IDBPObjectStore<Schema, Stores, 'events', 'versionchange'>
export type LogTransaction = IDBPTransaction<Schema, Stores, 'readwrite'>

/** What engines throw when they have cut a connection; where its server was lost, WebKit and Chromium throw the last. */
const cutNames = ['InvalidStateError', 'AbortError', 'UnknownError']

/** Step `n` takes a database of version `n` to the next; none may change once it has been published. */
const migrations: readonly ((db: Database, events: () => EventStore) => unknown)[] = [
  (db) => {
    const events = db.createObjectStore('events', { keyPath: 'seq', autoIncrement: true })
    events.createIndex('id', 'id', { unique: true })
    events.createIndex('time', 'time')
    unwrap(db.createObjectStore('meta')).put(Math.random(), 'revision')
  },
  // What two shoppers of a device have imported from one copy is each one's own.
  (_db, events) => {
    events().deleteIndex('id')
    events().createIndex('id', ['profile', 'id'], { unique: true })
  },
  (db) => db.createObjectStore('pages'),
]
const version = migrations.length

/** An event, and whose it is. */
export type OwnedEvent = Omit<EventRecord, 'seq'>

/** Rows in key order: those from the asked-for key on, or all of them (`whole`) when the log was changed otherwise. */
export interface LogPage {
  readonly records: EventRecord[]
  readonly whole: boolean
  readonly revision: number
  readonly paused: boolean
  readonly device: Device
}

/**
 * The shopper's events in IndexedDB. Every method is one short transaction and rejects with a coded error; what has
 * resolved is on disk. Connections come and go beneath: they close for other tabs' upgrades and deletions, and reopen.
 * Requests of one list are made by async functions: one that throws at once leaves no other's rejection uncaught.
 */
export interface EventLog {
  /** Adds the events whose id is new, in order; resolves with the rows that were added, and the log's revision. */
  append(events: readonly OwnedEvent[]): Promise<{ readonly records: EventRecord[]; readonly revision: number }>
  /** Rows from key `from` on if the log's revision is still `revision`, else all. */
  read(from: number, revision?: number): Promise<LogPage>
  remove(profile: string, id: string): Promise<boolean>
  /** Removes what is older than `days`, by a clock that has to be believed first; resolves with the number removed. */
  expire(now: number, days: number): Promise<number>
  pause(paused: boolean): Promise<void>
  /** Removes all of one profile; of everybody, where none is named. */
  clear(profile?: string): Promise<void>
  /** Runs a transaction of reads and writes. */
  write<T>(work: (tx: LogTransaction) => Promise<T>): Promise<T>
  /** For good. */
  close(): void
}

export function openEventLog(): EventLog {
  const blocked = new WindowshopError('storage-blocked', { where: databaseName })
  let opening: Promise<Database> | undefined
  let journal: Promise<void> | undefined
  let closed = false

  /** Waits for other tabs to let go, but not for ever; the next call goes on waiting for the same opening. */
  async function open(): Promise<Database> {
    opening ??= connect().catch((error: unknown) => {
      opening = undefined
      throw error
    })
    return withinDeadline(opening, 2000, blocked)
  }

  async function connect(): Promise<Database> {
    if (!closed) await (journal ??= withinDeadline(beginJournal(), 1000, blocked).catch(() => undefined))
    if (closed) throw new DOMException('The log is closed', 'NotAllowedError')
    let cause: unknown
    const opened = openDB<Schema>(databaseName, version, {
      upgrade(db, from, _to, tx) {
        tx.done.catch((error: unknown) => (cause = error))
        try {
          for (const migrate of migrations.slice(from)) migrate(db, () => tx.objectStore('events'))
        } catch {
          // Thrown out of a handler, it would be an error that nobody has caught.
          abort(tx)
        }
      },
      blocking(_current, _blocked, { target }) {
        ;(target as IDBDatabase).close()
        opening = undefined
      },
      terminated: () => (opening = undefined),
    })
    // Where the disk is full, only the transaction says so.
    return opened.catch((error: unknown) => {
      throw cause ?? error
    })
  }

  function disconnect(): void {
    void opening?.then(
      (db) => db.close(),
      () => undefined,
    )
    opening = undefined
  }

  /**
   * Again on a new connection, where the old one was closed under our hands or while it was opened, as by a browser that is
   * clearing the origin's data: a few times, each later than the one before. Ids are unique, so nothing doubles.
   */
  async function use<T>(work: (db: Database) => Promise<T>): Promise<T> {
    for (let wait = 4; ; wait *= 4) {
      try {
        return await work(await open())
      } catch (error) {
        const cut = error instanceof DOMException && cutNames.includes(error.name)
        if (!cut || wait > 500) throw asStorageError(error, databaseName)
        disconnect()
        await new Promise((resolve) => setTimeout(resolve, wait))
      }
    }
  }

  /** `relaxed`: survives the death of the browser, not of the power; strict costs a disk flush for every burst. */
  async function write<T>(work: (tx: LogTransaction) => Promise<T>): Promise<T> {
    return use(async (db) => {
      const tx: LogTransaction = db.transaction(stores, 'readwrite', { durability: 'relaxed' })
      tx.done.catch(() => undefined)
      try {
        const result = await work(tx)
        tx.commit()
        await tx.done
        return result
      } catch (error) {
        abort(tx)
        // Where the transaction has failed, as by a full disk, its requests tell no more than that they were cut.
        throw tx.error ?? error
      }
    })
  }

  /** Takes away a row, with its page. */
  async function take(tx: LogTransaction, key: number): Promise<void> {
    await tx.objectStore('events').delete(key)
    await tx.objectStore('pages').delete(pageOf(key))
  }

  return {
    append: (events) =>
      write(async (tx) => {
        const store = tx.objectStore('events')
        const fresh = [...new Map(events.map((event) => [event.profile + event.id, event])).values()]
        const known = await Promise.all(fresh.map(async ({ profile, id }) => store.index('id').getKey([profile, id])))
        const added = fresh.filter((_, i) => known[i] === undefined)
        const [revision, ...records] = await Promise.all([
          tx.objectStore('meta').get('revision'),
          ...added.map(async (event) => ({ ...event, seq: await store.add(event) })),
        ])
        return { records, revision: revision as number }
      }),

    read: (from, revision) =>
      use(async (db) => {
        const tx = db.transaction(stores)
        tx.done.catch(() => undefined)
        const meta = tx.objectStore('meta')
        const about = ['revision', 'paused', 'device'] as const
        const [current, paused, device = nobody] = await Promise.all(about.map(async (key) => meta.get(key)))
        const whole = current !== revision
        const store = tx.objectStore('events')
        /** A page's worth at a time: a worker that reads for long still answers that it is there. */
        const rows = async (start: number, end?: number): Promise<EventRecord[]> => {
          const read: EventRecord[] = []
          for (let from = start; ; from = read.at(-1)!.seq + 1) {
            const some = (await store.getAll(keysFrom(from, end), pageKeys)) as EventRecord[]
            for (const record of some) read.push(record)
            if (some.length < pageKeys) return read
          }
        }
        const pages = tx.objectStore('pages')
        const [starts, texts] = whole ? await Promise.all([pages.getAllKeys(), pages.getAll()]) : [[], []]
        let next = whole ? 0 : from
        const parts = starts.flatMap((start, i) => {
          const before = start > next ? [rows(next, start)] : []
          next = start + pageKeys
          return [...before, (parseJson(texts[i]!) as EventRecord[] | undefined) ?? rows(start, next)]
        })
        const records = (await Promise.all([...parts, rows(next)])).flat()
        return { records, whole, revision: current as number, paused: paused === true, device: device as Device }
      }),

    remove: (profile, id) =>
      write(async (tx) => {
        const key = await tx.objectStore('events').index('id').getKey([profile, id])
        if (key === undefined) return false
        await take(tx, key)
        await revise(tx.objectStore('meta'))
        return true
      }),

    expire: (now, days) =>
      write(async (tx) => {
        const meta = tx.objectStore('meta')
        const clock = trustTime((await meta.get('clock')) as Clock | undefined, now)
        await meta.put(clock, 'clock')
        const old = IDBKeyRange.upperBound(clock.trusted - days * 86_400_000, true)
        const gone = await tx.objectStore('events').index('time').getAllKeys(old)
        await Promise.all(gone.map(async (key) => take(tx, key)))
        if (gone.length > 0) await revise(meta)
        return gone.length
      }),

    pause: (paused) => write(async (tx) => void (await tx.objectStore('meta').put(paused, 'paused'))),

    clear: (profile) =>
      write(async (tx) => {
        const [store, meta] = [tx.objectStore('events'), tx.objectStore('meta')]
        // Every list is greater than every text.
        const range = profile === undefined ? null : IDBKeyRange.bound([profile], [profile, []])
        const [count, keys] = await Promise.all([store.count(), store.index('id').getAllKeys(range)])
        await tx.objectStore('pages').clear()
        await Promise.all([
          ...(keys.length === count ? [store.clear()] : keys.map(async (key) => store.delete(key))),
          !range && meta.delete('device'),
          revise(meta),
        ])
      }),

    write,

    close() {
      closed = true
      disconnect()
    },
  }
}

/** Removes the database itself and verifies that it is gone: rejects with `storage-blocked` when it is not. */
export async function destroyDatabase(): Promise<void> {
  if (typeof indexedDB === 'undefined') return
  const blocked = new WindowshopError('storage-blocked', { where: databaseName, expected: 'to be gone' })
  try {
    await withinDeadline(Promise.all([deleteDB(databaseName), deleteDB(journalName)]), 2000, blocked)
    if ((await indexedDB.databases?.())?.some(({ name }) => name === databaseName)) throw blocked
  } catch (error) {
    throw asStorageError(error, databaseName)
  }
}

/** What a transaction has done so far must not stay when the rest of it failed; many are over by then. */
function abort(tx: { abort(): void }): void {
  try {
    tx.abort()
  } catch {
    // It was over.
  }
}

/** The first key of a key's page. */
export const pageOf = (key: number) => key - (key % pageKeys)

/** From a key on, to before another or to the end. */
export function keysFrom(from: number, to = Infinity): IDBKeyRange {
  return IDBKeyRange.bound(from, to, false, true)
}
