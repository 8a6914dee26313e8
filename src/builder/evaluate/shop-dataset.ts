import { WindowshopError } from '../../errors.ts'
import { catalogueFromLog } from '../clean/catalogue-from-log.ts'
import { cleanLog, type CleanLine } from '../clean/clean-log.ts'
import { createReport } from '../clean/report.ts'
import { groupVariants } from '../group-variants.ts'
import { dayMs } from '../learn/interactions.ts'
import { indexIds } from '../learn/learn-columns.ts'
import { textMatrix } from '../learn/text-vectors.ts'
import type { SparseMatrix } from '../learn/sparse.ts'
import type { CatalogueLines } from '../read/read-catalogue.ts'
import type { LogLine } from '../read/read-events.ts'
import type { Dataset } from './dataset.ts'
import type { Case } from './model.ts'
import type { Sequences } from './sequences.ts'

export interface ShopSplit {
  /** Days at the end that are predicted. */
  readonly days: number
  /** Predict the days before those instead. */
  readonly validation: boolean
}

/**
 * A shop's log, split in time: which items do customers with a history buy for the first time in the last `days` days? (In a log
 * without purchases: meet.) Everything that models see is cleaned as of the cutoff. Throws `input-empty` where nobody does.
 */
export function shopDataset(
  { log, catalogue }: { readonly log: readonly LogLine[]; readonly catalogue?: CatalogueLines | undefined },
  { days, validation }: ShopSplit,
): Dataset {
  const last = log.reduce((latest, { time }) => (time > latest ? time : latest), -Infinity)
  const end = last + 1 - (validation ? days * dayMs : 0)
  const cutoff = end - days * dayMs
  const known = catalogue && new Set(catalogue.items.map(({ id }) => id))
  const clean = (before: number) =>
    cleanLog(
      log.filter(({ time }) => time < before),
      createReport(),
      known,
    )
  const past = clean(cutoff)
  const future = clean(end).filter(({ time }) => time >= cutoff)
  const listed = catalogue?.items ?? catalogueFromLog(past, createReport())
  const items = groupVariants(listed, new Map())
  const rows = numberRows(indexIds(items), items.length)
  const byUser = groupByUser(past)
  const sequences = toSequences([...byUser.values()], rows)
  const bought = future.some(({ kind }) => kind === 'purchase')
  const cases = findCases(byUser, future, { rowOf: rows.of, cutoff, bought })
  if (cases.length === 0) {
    throw new WindowshopError('input-empty', {
      where: 'log',
      expected: `customers who come again in the last ${days} days`,
    })
  }
  const shown = items.map(({ item }) => ({ ...item, group: undefined, available: true }))
  return {
    training: { items: rows.count(), sequences, content: padRows(textMatrix(shown).matrix, rows.count()) },
    cases,
    hide: 'bought',
    items: shown,
    task: `what customers ${bought ? 'buy' : 'meet'} for the first time in ${days} days`,
    split: validation ? 'validation' : 'test',
  }
}

/** Rows of listed items, and one more for every other id that is met. */
function numberRows(listed: (id: string) => number | undefined, from: number) {
  const others = new Map<string, number>()
  return {
    of(id: string): number {
      const row = listed(id) ?? others.get(id) ?? from + others.size
      if (row === from + others.size) others.set(id, row)
      return row
    },
    count: () => from + others.size,
  }
}

function groupByUser(lines: readonly CleanLine[]): Map<string, CleanLine[]> {
  const users = new Map<string, CleanLine[]>()
  for (const line of lines) {
    const own = users.get(line.user)
    if (own) own.push(line)
    else users.set(line.user, [line])
  }
  return users
}

function toSequences(users: readonly CleanLine[][], rows: { of(id: string): number }): Sequences {
  const ordered = users.toSorted((a, b) => a.at(-1)!.time - b.at(-1)!.time)
  const offsets = new Uint32Array(ordered.length + 1)
  for (const [s, own] of ordered.entries()) offsets[s + 1] = offsets[s]! + own.length
  const lines = ordered.flat()
  return {
    offsets,
    rows: Uint32Array.from(lines, ({ item }) => rows.of(item)),
    times: Float64Array.from(lines, ({ time }) => time),
    kinds: lines.map(({ kind }) => kind),
  }
}

function findCases(
  byUser: ReadonlyMap<string, readonly CleanLine[]>,
  future: readonly CleanLine[],
  { rowOf, cutoff, bought }: { rowOf: (id: string) => number; cutoff: number; bought: boolean },
): Case[] {
  const isWanted = bought ? (kind: string) => kind === 'purchase' : () => true
  const wanted = new Map<string, Set<number>>()
  for (const { user, item, kind } of future) {
    const own = byUser.get(user)
    if (!own || !isWanted(kind)) continue
    const row = rowOf(item)
    if (own.some((line) => isWanted(line.kind) && rowOf(line.item) === row)) continue
    wanted.set(user, (wanted.get(user) ?? new Set()).add(row))
  }
  return [...wanted].map(([user, rows]) => {
    const own = byUser.get(user)!
    return {
      rows: Uint32Array.from(own, ({ item }) => rowOf(item)),
      times: Float64Array.from(own, ({ time }) => time),
      kinds: own.map(({ kind }) => kind),
      now: cutoff,
      wanted: Uint32Array.from(rows),
    }
  })
}

/** Rows without entries at the end: items that no catalogue describes. */
function padRows(matrix: SparseMatrix, rows: number): SparseMatrix {
  const offsets = new Uint32Array(rows + 1).fill(matrix.indices.length)
  offsets.set(matrix.offsets)
  return { ...matrix, rows, offsets }
}
