import type { EventRecord, NewEvent } from '../src/core/event.ts'
import { createFold } from '../src/core/fold.ts'
import { codeOf, WindowshopError, type ErrorCode } from '../src/errors.ts'
import type { ChangeNotice, TrackResult } from '../src/protocol.ts'
import { nobody, profileOf } from './device.ts'
import { destroyDatabase, openEventLog, pageKeys, type EventLog, type OwnedEvent } from './event-log.ts'
import type { LateParts } from './load-late.ts'
import { withinDeadline } from './within-deadline.ts'

export interface HistoryOptions {
  readonly now: () => number
  readonly retentionDays: number
  /** The customer who has signed in, as a profile. */
  readonly account?: string | undefined
  /** The fold has changed. */
  readonly changed: (cause: ChangeNotice['cause']) => void
  /** Fetches what a long log needs. */
  readonly loadLate: () => Promise<Pick<LateParts, 'compactLog'>>
  /** Another tab has withdrawn consent; what this one held is gone. */
  readonly withdrawn: () => void
}

/** What tabs say to each other: never an event, only that there is something to read, or nothing any more. */
type TabMessage = 'changed' | `erased ${string}` | 'withdrawn' | 'locked'

/** Events that wait for a disk, or live without one. */
const maxUnsaved = 10_000
/** Rows of one transaction: short ones let other tabs write in between. */
const batchSize = 500
/** After this long, a write that is still going on counts as memory. */
const patienceMs = 2000
const dayMs = 86_400_000

/**
 * The shopper's history in this tab: the fold in memory and, with consent, the log on disk. The fold never waits for the
 * disk: an event is folded at once under the key that it will most likely get, and moves when it gets another.
 */
export class History {
  readonly fold = createFold()
  /** Settles when the log has been read, or has proved unreadable; never rejects. */
  ready: Promise<void> = Promise.resolve()
  readonly #options: HistoryOptions
  /** A customer who has signed in; without one (or an empty one) the device's own shopper is here. */
  account: string | undefined
  device = nobody
  /** Whose events the fold holds. */
  #profile: string
  #channel: BroadcastChannel | undefined
  #log: EventLog | undefined
  /** The tail of the fold that is not on disk, under provisional keys; and what others have left to be written. */
  #unsaved: EventRecord[] = []
  /** The last key read from disk, and the log's revision then. */
  #last = 0
  #revision: number | undefined
  /** The last key when the log was last looked through for rows to write down in pages. */
  #paged = 0
  #paused = false
  /** What the shopper wants, until the disk knows it. */
  #pauseWish: boolean | undefined
  /** Events tracked before the log could tell whether an earlier visit has paused; undefined from then on. */
  #early: Set<string> | undefined = new Set()
  /** Counts the times that the fold began anew: disk work from before one does nothing after it. */
  #epoch = 0
  #problem: ErrorCode | undefined
  #expired = -Infinity
  /** Disk work, one piece after the other. */
  #turn: Promise<unknown> = Promise.resolve()
  #nextWrite: Promise<'disk' | 'memory'> | undefined
  #nextRead: Promise<void> | undefined

  constructor(options: HistoryOptions) {
    this.#options = options
    this.account = options.account
    this.#profile = profileOf(this.account, nobody)
    this.#listen()
  }

  get paused(): boolean {
    return this.#paused
  }

  get storage(): { kind: 'disk' | 'memory'; reason?: ErrorCode; events: number } {
    const events = this.fold.events.length
    if (!this.#log) return { kind: 'memory', reason: 'storage-denied', events }
    return this.#problem ? { kind: 'memory', reason: this.#problem, events } : { kind: 'disk', events }
  }

  /** Opens the log, reads it, and writes what this tab has seen so far. Never rejects: a log that fails is memory. */
  async persist(): Promise<void> {
    this.#log ??= openEventLog()
    this.ready = this.#synchronise()
    await this.ready
    if (this.#pauseWish !== undefined) await this.pause(this.#pauseWish).catch(() => undefined)
    if (this.#unsaved.length > 0) await this.#save()
  }

  async track(events: readonly NewEvent[]): Promise<TrackResult> {
    if (this.#paused) return { refused: 'paused' }
    if (this.#unsaved.length + events.length > maxUnsaved) return { refused: 'overloaded' }
    const early = this.#early
    for (const { id } of events) early?.add(id)
    if (this.#hold(events)) this.#options.changed('event')
    const stored = await this.#save()
    return early && this.#paused ? { refused: 'paused' } : { stored }
  }

  /** As `track`, for events of the past: paused or not, and in any number. */
  async merge(events: readonly NewEvent[]): Promise<'disk' | 'memory'> {
    if (this.#hold(events)) this.#options.changed('log')
    return this.#save()
  }

  async remove(id: string): Promise<boolean> {
    const held = this.fold.remove(id)
    this.#unsaved = this.#unsaved.filter((event) => event.id !== id)
    if (held) this.#options.changed('log')
    const stored = await this.#onDisk((log) => log.remove(this.#profile, id))
    return held || stored === true
  }

  async pause(paused: boolean): Promise<void> {
    this.#paused = this.#pauseWish = paused
    await this.#onDisk((log) => log.pause(paused))
    if (this.#log && this.#pauseWish === paused) this.#pauseWish = undefined
  }

  /** Forgets everything, here, on disk and in the other tabs. */
  async erase(): Promise<void> {
    const profile = this.#profile
    const told = `erased ${profile}` as const
    this.#forget()
    if (!this.#log) return this.#tell(told)
    // Told before this tab reads again: a tab that hears of it late would forget what it was tracking since.
    await this.#onDisk((log) => log.clear(profile), told)
  }

  /** A customer signs in, or out: what the one before has left is on disk or forgotten, and out of reach in all tabs. */
  async sign(account: string | undefined): Promise<void> {
    await this.#save()
    this.#tell('locked')
    await this.#turnTo(account)
  }

  /** Changes the log once what was tracked is in it, and takes over what it holds then; false where nothing is kept. */
  async change(work: (log: EventLog) => Promise<unknown>): Promise<boolean> {
    await this.#save()
    await this.#onDisk(work)
    return Boolean(this.#log)
  }

  /** Forgets all that was kept with consent, and removes the database: rejects when it is still there. */
  async withdraw(): Promise<void> {
    this.#tell('withdrawn')
    const log = this.#log
    if (log) this.#forgetAll()
    if (this.#paused) this.#pauseWish = true
    this.#log = undefined
    await this.#inTurn(async () => {
      // Clearing cannot be blocked by a tab that sleeps; removing can. Whether both are done, the database tells.
      await log?.clear().catch(() => undefined)
      log?.close()
      await destroyDatabase()
    })
  }

  /** Stops listening to other tabs, or listens again and takes over what was missed. */
  async rest(resting: boolean): Promise<void> {
    this.#channel?.close()
    this.#channel = undefined
    if (resting) return
    this.#listen()
    const { locks } = this.device
    await this.#synchronise()
    if (locks !== this.device.locks) await this.#lock()
  }

  close(): void {
    this.#channel?.close()
    this.#log?.close()
  }

  #listen(): void {
    if (typeof BroadcastChannel === 'undefined') return
    this.#channel = new BroadcastChannel('windowshop')
    this.#channel.addEventListener('message', (event: MessageEvent<TabMessage>) => this.#hear(event.data))
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(work)
    this.#turn = done.catch(() => undefined)
    return done
  }

  /** Changes the log otherwise than by appending, and takes over what it holds then. */
  async #onDisk<T>(work: (log: EventLog) => Promise<T>, told: TabMessage = 'changed'): Promise<T | undefined> {
    const log = this.#log
    if (!log) return undefined
    const result = await this.#inTurn(() => work(log))
    this.#tell(told)
    await this.#synchronise()
    return result
  }

  /** Puts events at the end of the fold, under provisional keys; false when it held them all. */
  #hold(events: readonly NewEvent[]): boolean {
    const before = this.fold.version
    let seq = Math.max(this.#last, this.fold.events.at(-1)?.seq ?? 0)
    const records = events.map((event) => ({ ...event, seq: ++seq, profile: this.#profile }))
    this.#unsaved = [...this.#unsaved, ...records]
    this.fold.append(records)
    return this.fold.version !== before
  }

  #forget(): void {
    this.#unsaved = this.#unsaved.filter(({ profile }) => profile !== this.#profile)
    this.#begin()
  }

  #forgetAll(): void {
    this.#unsaved = []
    this.device = nobody
    this.#profile = profileOf(this.account, nobody)
    this.#forget()
  }

  /** Somebody has signed in or out in another tab. */
  async #lock(): Promise<void> {
    if (!this.account) return
    this.#options.changed('locked')
    await this.#turnTo('')
  }

  #turnTo(account: string | undefined): Promise<void> {
    const left = this.#profile
    if (this.account) this.#unsaved = this.#unsaved.filter(({ profile }) => profile !== left)
    this.account = account
    this.#profile = profileOf(account, this.device)
    this.#begin()
    this.ready = this.#synchronise()
    return this.ready
  }

  /** What is on disk has to be read from its beginning. */
  #begin(): void {
    this.#epoch++
    this.#nextWrite = this.#nextRead = undefined
    this.#last = this.#paged = 0
    this.#revision = undefined
    this.fold.clear()
    this.fold.append(this.#own())
    this.#options.changed('erased')
  }

  #own(): EventRecord[] {
    return this.#unsaved.filter(({ profile }) => profile === this.#profile)
  }

  /** Writes all that is unsaved. One write runs and one waits, which takes along all that arrives until it starts. */
  async #save(): Promise<'disk' | 'memory'> {
    if (!this.#log) return 'memory'
    const epoch = this.#epoch
    this.#nextWrite ??= this.#inTurn(async () => {
      if (epoch !== this.#epoch) return 'memory'
      this.#nextWrite = undefined
      return this.#write()
    })
    try {
      return await withinDeadline(this.#nextWrite, patienceMs, new WindowshopError('storage-blocked'))
    } catch (error) {
      this.#problem = codeOf(error, 'storage-failed')
      return 'memory'
    }
  }

  async #write(): Promise<'disk' | 'memory'> {
    const log = this.#log
    const epoch = this.#epoch
    let moved = false
    while (log && epoch === this.#epoch && this.#unsaved.length > 0) {
      const batch = this.#unsaved.slice(0, batchSize)
      const { records, revision } = await log.append(batch.map(toOwned))
      if (epoch !== this.#epoch) break
      const done = new Set(batch.map(keyOf))
      this.#unsaved = this.#unsaved.filter((event) => !done.has(keyOf(event)))
      const asForeseen =
        revision === this.#revision &&
        records.length === batch.length &&
        records.every(({ seq }, i) => seq === batch[i]!.seq && seq === this.#last + 1 + i)
      if (asForeseen) this.#last = records.at(-1)!.seq
      else moved = true
    }
    if (!log || epoch !== this.#epoch) return 'memory'
    if (moved) await this.#read()
    this.#problem = undefined
    this.#tell('changed')
    await this.#expire()
    this.#compact()
    return 'disk'
  }

  /** Takes over what the disk holds; one read runs and one waits. */
  #synchronise(): Promise<void> {
    const epoch = this.#epoch
    this.#nextRead ??= this.#inTurn(async () => {
      if (epoch !== this.#epoch) return
      this.#nextRead = undefined
      try {
        await this.#read()
        this.#problem = undefined
        await this.#expire()
        this.#compact()
      } catch (error) {
        this.#problem = codeOf(error, 'storage-failed')
      }
    })
    return this.#nextRead
  }

  /** Enforces retention, once a day. A log that is too full to note the time can still be read: it is tried again. */
  async #expire(): Promise<void> {
    const { now, retentionDays } = this.#options
    if (!this.#log || Math.abs(now() - this.#expired) < dayMs) return
    this.#expired = now()
    try {
      if ((await this.#log.expire(now(), retentionDays)) === 0) return
      this.#tell('changed')
      await this.#read()
    } catch {
      this.#expired = -Infinity
    }
  }

  /** Has a long log written down in pages. */
  #compact(): void {
    if (this.#last < this.#paged + pageKeys) return
    this.#paged = this.#last
    this.#options
      .loadLate()
      .then(({ compactLog }) => compactLog(this))
      .catch(() => undefined)
  }

  /** Takes over the new rows, or all of them where more than appends has happened, in key order before what is unsaved. */
  async #read(): Promise<void> {
    const epoch = this.#epoch
    const page = await this.#log?.read(this.#last + 1, this.#revision)
    if (!page || epoch !== this.#epoch) return
    const early = this.#early
    const refused = page.paused ? early : undefined
    this.#early = undefined
    this.device = page.device
    const profile = profileOf(this.account, page.device)
    const another = profile !== this.#profile
    // What was tracked before it was known who is here is theirs.
    if (early)
      this.#unsaved = this.#unsaved.map((event) => (event.profile === this.#profile ? { ...event, profile } : event))
    this.#profile = profile
    this.#paused = this.#pauseWish ?? page.paused
    this.#revision = page.revision
    if (!page.whole && page.records.length === 0) return
    const before = this.fold.events
    const mine = page.records.filter((event) => event.profile === profile)
    const saved = page.whole ? mine : [...before.filter(({ seq }) => seq <= this.#last), ...mine]
    this.#last = page.records.at(-1)?.seq ?? 0
    const arrived = new Set(this.#unsaved.length > 0 ? page.records.map(keyOf) : [])
    this.#unsaved = this.#unsaved
      .filter((event) => !arrived.has(keyOf(event)) && !refused?.has(event.id))
      .map((event, i) => ({ ...event, seq: this.#last + 1 + i }))
    const after = [...saved, ...this.#own()]
    const sameEvents = isSame(before, after, 'id')
    if (!another && sameEvents && isSame(before, after, 'seq')) return
    this.fold.clear()
    this.fold.append(after)
    if (!sameEvents || another) this.#options.changed(another && !early ? 'erased' : 'log')
  }

  #tell(message: TabMessage): void {
    this.#channel?.postMessage(message)
  }

  #hear(message: TabMessage): void {
    if (message === 'locked') return void this.#lock()
    if (message === `erased ${this.#profile}`) this.#forget()
    if (message !== 'withdrawn') return void this.#synchronise()
    if (this.#log) this.#forgetAll()
    if (this.#paused) this.#pauseWish = true
    this.#log?.close()
    this.#log = undefined
    this.#options.withdrawn()
  }
}

function toOwned({ seq: _seq, ...event }: EventRecord): OwnedEvent {
  return event
}

function keyOf({ profile, id }: EventRecord): string {
  return profile + id
}

function isSame(left: readonly EventRecord[], right: readonly EventRecord[], key: 'seq' | 'id'): boolean {
  return left.length === right.length && left.every((event, i) => event[key] === right[i]![key])
}
