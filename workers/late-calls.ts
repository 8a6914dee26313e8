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

/** Past orders of a known customer: each line is an event of its own, known by its order and item. Throws `event-malformed`. */
export async function addHistory(
  history: History,
  input: unknown,
  { now, retentionDays }: HistoryLimits,
): Promise<TrackResult> {
  await history.ready
  if (history.paused) return { refused: 'paused' }
  const orders = parseOrders(input).filter(({ time }) => time >= now - retentionDays * dayMs)
  const events = orders.flatMap(({ order, time, items }) =>
    items.map((item): NewEvent => ({
      id: `order:${order}:${item}`,
      time,
      kind: 'purchase',
      item,
      context: { order },
    })),
  )
  return { stored: await history.merge(events) }
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
