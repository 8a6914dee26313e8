import type { EventRecord } from '../core/event.ts'
import type { TrueShopper } from './truth.ts'

/** Between one look and the next. */
const pauseMs = 40_000

/** A shopper's views as a log, the last of them a moment ago. */
export function viewsOf({ id, views }: TrueShopper, now: number): EventRecord[] {
  return views.map((item, at) => ({
    seq: at + 1,
    id: `${id}-${at}`,
    profile: 'default',
    time: now - (views.length - at) * pauseMs,
    kind: 'view_item',
    item,
  }))
}

/** One shopper of each way of life, as many as there are. */
export function personasOf(shoppers: readonly TrueShopper[]): TrueShopper[] {
  const personas = new Map<string, TrueShopper>()
  for (const shopper of shoppers) if (!personas.has(shopper.archetype)) personas.set(shopper.archetype, shopper)
  return [...personas.values()].sort((a, b) => a.archetype.localeCompare(b.archetype))
}
