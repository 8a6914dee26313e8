import type { EventKind } from '../../core/event.ts'
import type { CleanLine } from '../clean/clean-log.ts'

/** A cleaned log in numbers: who did what with which row, oldest first. */
export interface Interactions {
  readonly users: number
  readonly rows: number
  readonly events: readonly Interaction[]
  /** The time of the last event: what the builder takes for today. */
  readonly now: number
}

export interface Interaction {
  readonly user: number
  readonly row: number
  /** Milliseconds since the epoch. */
  readonly time: number
  readonly kind: EventKind
  /** What was bought, or looked at, together: an order, or a customer's day. */
  readonly basket: number
}

export const dayMs = 86_400_000

/** Numbers the customers and baskets of a log; lines of items without a row are left to the caller. */
export function numberLog(
  lines: readonly CleanLine[],
  rows: number,
  rowOf: (item: string) => number | undefined,
): Interactions {
  const users = new Map<string, number>()
  const baskets = new Map<string, number>()
  const numberOf = (numbers: Map<string, number>, key: string) => {
    const known = numbers.get(key) ?? numbers.size
    numbers.set(key, known)
    return known
  }
  const events = lines.flatMap(({ user, item, time, kind, order }): Interaction[] => {
    const row = rowOf(item)
    if (row === undefined) return []
    const basket = `${user}\n${kind === 'purchase' && order !== undefined ? order : Math.floor(time / dayMs)}`
    return [{ user: numberOf(users, user), row, time, kind, basket: numberOf(baskets, basket) }]
  })
  return { users: users.size, rows, events, now: lines.at(-1)?.time ?? 0 }
}

/** Distinct customers by row. */
export function countCustomers({ rows, events }: Interactions): Uint32Array {
  const counts = new Uint32Array(rows)
  const seen = new Set<number>()
  for (const { user, row } of events) {
    const pair = user * rows + row
    if (seen.has(pair)) continue
    seen.add(pair)
    counts[row]!++
  }
  return counts
}
