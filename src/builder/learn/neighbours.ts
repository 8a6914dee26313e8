import type { EventKind } from '../../core/event.ts'
import { minCustomers } from '../privacy.ts'
import type { Interaction, Interactions } from './interactions.ts'

export interface NeighbourSettings {
  /** Neighbours a row at most. */
  readonly count: number
  /** A pair seen in n baskets keeps n / (n + shrink) of its lift. */
  readonly shrink: number
  /** Baskets with more items are left out: they tell of a wholesaler or a fair, and cost the square of their size. */
  readonly basketLimit: number
  /** Lists that stay where all their pairs still have five customers, and no more than this share of their weights would move. */
  readonly older?: { readonly lists: NeighbourLists; readonly tolerance: number }
}

/** Neighbours of a row, strongest first; weights 0 to 1. */
export type NeighbourLists = (row: number) => { readonly rows: Uint32Array; readonly weights: Float32Array } | undefined

/** Compressed sparse rows, strongest first; weights 0 to 1. */
export interface Neighbours {
  readonly offsets: Uint32Array
  readonly rows: Uint32Array
  readonly weights: Float32Array
}

interface Pair {
  readonly row: number
  readonly score: number
}

/**
 * What is bought together: pairs by lift over baskets (how much more often than by chance), shrunk towards nothing where
 * few baskets show it, and only where five distinct customers had both in one basket. A log without purchases is read by
 * its carts, one without those by its views.
 */
export function learnNeighbours(
  log: Interactions,
  { count, shrink, basketLimit, older }: NeighbourSettings,
): Neighbours {
  const { rows } = log
  const baskets = collectBaskets(log, basketLimit)
  const containing = new Uint32Array(rows)
  for (const { items } of baskets) for (const row of items) containing[row]!++
  const pairs: Pair[][] = Array.from({ length: rows }, () => [])
  const byRow: number[][] = Array.from({ length: rows }, () => [])
  for (const [basket, { items }] of baskets.entries()) for (const row of items) byRow[row]!.push(basket)
  const together = new Uint32Array(rows)
  for (let row = 0; row < rows; row++) {
    const others = new Set<number>()
    for (const basket of byRow[row]!) {
      for (const other of baskets[basket]!.items) {
        if (other <= row) continue
        together[other]!++
        others.add(other)
      }
    }
    const supported = [...others].filter((other) => together[other]! >= minCustomers)
    const enough = customersOf(byRow[row]!, baskets, new Set(supported))
    for (const other of supported.sort((a, b) => a - b)) {
      if ((enough.get(other)?.size ?? 0) < minCustomers) continue
      const n = together[other]!
      const lift = (n * baskets.length) / (containing[row]! * containing[other]!)
      const score = (lift * n) / (n + shrink)
      pairs[row]!.push({ row: other, score })
      pairs[other]!.push({ row, score })
    }
    for (const other of others) together[other] = 0
  }
  return toSparseRows(
    pairs.map((own, row) => {
      const learned = strongest(own, count)
      const kept = older?.lists(row)
      return older && kept && stays(kept, learned, own, older.tolerance) ? kept : learned
    }),
  )
}

type List = NonNullable<ReturnType<NeighbourLists>>

/** Weights relative to the strongest pair. */
function strongest(pairs: Pair[], count: number): List {
  const own = pairs.sort((a, b) => b.score - a.score || a.row - b.row).slice(0, count)
  return {
    rows: Uint32Array.from(own, ({ row }) => row),
    weights: Float32Array.from(own, ({ score }) => score / own[0]!.score),
  }
}

function stays(older: List, learned: List, supported: readonly Pair[], tolerance: number): boolean {
  const allowed = new Set(supported.map(({ row }) => row))
  if (!older.rows.every((row) => allowed.has(row))) return false
  const weights = new Map(Array.from(learned.rows, (row, at) => [row, learned.weights[at]!]))
  let moved = 0
  let all = 0
  for (const [at, row] of older.rows.entries()) {
    moved += Math.abs(older.weights[at]! - (weights.get(row) ?? 0))
    all += older.weights[at]!
    weights.delete(row)
  }
  for (const weight of weights.values()) moved += weight
  return moved <= tolerance * all
}

interface Basket {
  readonly user: number
  readonly items: ReadonlySet<number>
}

function collectBaskets({ events }: Interactions, limit: number): Basket[] {
  const kinds: EventKind[] = ['purchase', 'add_to_cart', 'view_item']
  const kind = kinds.find((wanted) => events.some((event) => event.kind === wanted))
  const baskets = new Map<number, { user: number; items: Set<number> }>()
  for (const { basket, user, row } of events.filter((event: Interaction) => event.kind === kind)) {
    const known = baskets.get(basket) ?? { user, items: new Set() }
    baskets.set(basket, known)
    known.items.add(row)
  }
  return [...baskets.values()].filter(({ items }) => items.size <= limit)
}

/** Distinct customers who had each of `wanted` in one of these baskets. */
function customersOf(own: readonly number[], baskets: readonly Basket[], wanted: ReadonlySet<number>) {
  const customers = new Map<number, Set<number>>()
  if (wanted.size === 0) return customers
  for (const basket of own) {
    const { user, items } = baskets[basket]!
    for (const other of items) {
      if (!wanted.has(other)) continue
      const known = customers.get(other)
      if (known) known.add(user)
      else customers.set(other, new Set([user]))
    }
  }
  return customers
}

function toSparseRows(lists: readonly List[]): Neighbours {
  const offsets = new Uint32Array(lists.length + 1)
  for (const [row, { rows }] of lists.entries()) offsets[row + 1] = offsets[row]! + rows.length
  const [rows, weights] = [new Uint32Array(offsets[lists.length]!), new Float32Array(offsets[lists.length]!)]
  for (const [row, list] of lists.entries()) {
    rows.set(list.rows, offsets[row])
    weights.set(list.weights, offsets[row])
  }
  return { offsets, rows, weights }
}
