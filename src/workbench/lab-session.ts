import type { EventRecord } from '../index.ts'
import { WindowshopError } from '../errors.ts'
import type { LabShop, LabSource } from '../lab/lab-api.ts'
import { startLab, type Lab } from '../lab/start-lab.ts'

/** One lab for all views: opened and told of the log when it is first asked, and again after it died. */
export interface LabSession {
  /** The lab before it knows a bundle. */
  readonly lab: Lab

  shop(): Promise<LabShop>
  /** Asks the lab, which knows the bundle and the present log by then. */
  ask<T>(question: (lab: Lab) => Promise<T>): Promise<T>
  /** Asks, and asks the same again of every lab that takes the place of one that died: what it was told holds on. */
  keep<T>(name: string, question: (lab: Lab) => Promise<T>): Promise<T>
  /** The log has changed. */
  follow(events: readonly EventRecord[]): void
  /** The present log. */
  events(): readonly EventRecord[]
  /** Hears of every change of the log; returns its undo. */
  watch(listener: () => void): () => void
}

export interface LabSessionOptions {
  readonly source: () => LabSource
  /** Whether the page is cut off: what would be fetched is refused then, and counted. */
  readonly blocks: () => boolean
  /** A stand-in for tests. */
  readonly start?: typeof startLab
}

export function createLabSession({ source, blocks, start = startLab }: LabSessionOptions): LabSession {
  const lab = start({ died: forget, blocks })
  const kept = new Map<string, (lab: Lab) => Promise<unknown>>()
  /** The opening after which all that is kept was said. */
  let said: Promise<LabShop> | undefined
  let opening: Promise<LabShop> | undefined
  let events: readonly EventRecord[] = []
  let told: readonly EventRecord[] | undefined
  const listeners = new Set<() => void>()

  /** What could not be opened, offline for instance, is tried again when it is asked for again. */
  function shop(): Promise<LabShop> {
    if (opening) return opening
    if (blocks()) return Promise.reject(new WindowshopError('bundle-unreachable', { where: source().manifest }))
    const mine = lab.open(source())
    opening = mine
    mine.catch(() => opening === mine && forget())
    return mine
  }

  function forget(): void {
    opening = undefined
    told = undefined
  }

  async function ask<T>(question: (lab: Lab) => Promise<T>): Promise<T> {
    await shop()
    if (said !== opening) {
      said = opening
      for (const again of kept.values()) await again(lab)
    }
    if (told !== events) {
      told = events
      await lab.shopper({ events, now: Date.now() })
    }
    return question(lab)
  }

  return {
    lab,
    shop,
    ask,
    async keep(name, question) {
      const answer = await ask(question)
      kept.set(name, question)
      return answer
    },
    follow(log) {
      events = log
      for (const listener of listeners) listener()
    },
    events: () => events,
    watch(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
