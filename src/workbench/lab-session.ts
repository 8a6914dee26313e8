import type { EventRecord } from '../index.ts'
import type { LabShop, LabSource } from '../lab/lab-api.ts'
import { startLab, type Lab } from '../lab/start-lab.ts'

/** One lab for all views: opened and told of the log when it is first asked, and again after it died. */
export interface LabSession {
  /** The lab before it knows a bundle. */
  readonly lab: Lab

  shop(): Promise<LabShop>
  /** Asks the lab, which knows the bundle and the present log by then. */
  ask<T>(question: (lab: Lab) => Promise<T>): Promise<T>
  /** The log has changed. */
  follow(events: readonly EventRecord[]): void
  /** The present log. */
  events(): readonly EventRecord[]
  /** Hears of every change of the log; returns its undo. */
  watch(listener: () => void): () => void
}

export function createLabSession(source: () => LabSource): LabSession {
  const lab = startLab(forget)
  let opening: Promise<LabShop> | undefined
  let events: readonly EventRecord[] = []
  let told: readonly EventRecord[] | undefined
  const listeners = new Set<() => void>()

  /** What could not be opened, offline for instance, is tried again when it is asked for again. */
  function shop(): Promise<LabShop> {
    if (opening) return opening
    const mine = lab.open(source())
    opening = mine
    mine.catch(() => opening === mine && forget())
    return mine
  }

  function forget(): void {
    opening = undefined
    told = undefined
  }

  return {
    lab,
    shop,
    async ask(question) {
      await shop()
      if (told !== events) {
        told = events
        await lab.shopper({ events, now: Date.now() })
      }
      return question(lab)
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
