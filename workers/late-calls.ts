import type { NewEvent } from '../src/core/event.ts'
import type { TrackResult } from '../src/protocol.ts'
import type { History } from './history.ts'
import { parseOrders, readLog, writeLog } from './parse-late.ts'

const dayMs = 86_400_000

export interface HistoryLimits {
  /** Milliseconds since the epoch. */
  readonly now: number
  readonly retentionDays: number
}

/**
 * Past orders of a known customer: each line is an event of its own, known by its order and item. A line that came back is
 * none, and what the page has recorded of it is deleted. Throws `event-malformed`.
 */
export async function addHistory(
  history: History,
  input: unknown,
  { now, retentionDays }: HistoryLimits,
): Promise<TrackResult> {
  await history.ready
  if (history.paused) return { refused: 'paused' }
  const orders = parseOrders(input).filter(({ time }) => time >= now - retentionDays * dayMs)
  const back = new Set(orders.flatMap(({ order, returned = [] }) => returned.map((item) => lineOf(order, item))))
  for (const { id, item, context } of history.fold.events) {
    if (back.has(lineOf(context?.order, item))) await history.remove(id)
  }
  const events = orders.flatMap(({ order, time, items }) =>
    items.flatMap((item): NewEvent[] => {
      const id = lineOf(order, item)
      return back.has(id) ? [] : [{ id, time, kind: 'purchase', item, context: { order } }]
    }),
  )
  return { stored: await history.merge(events) }
}

function lineOf(order: string | undefined, item: string | undefined): string {
  return `order:${order}:${item}`
}

export async function exportLog(history: History): Promise<string> {
  await history.ready
  return writeLog(history.fold.events)
}

/** Throws `event-malformed`. */
export async function importLog(history: History, json: unknown): Promise<{ imported: number }> {
  const events = readLog(json)
  await history.ready
  const before = history.fold.events.length
  await history.merge(events)
  return { imported: history.fold.events.length - before }
}
