import { addRow, dotRow } from '../bundle/row-vector.ts'
import type { Bundle } from '../bundle/bundle.ts'
import { totalDims } from '../bundle/item-table.ts'
import type { EventRecord } from '../core/event.ts'
import type { Reason } from '../core/shelf.ts'
import type { EventFactors, UserVector } from '../core/user-vector.ts'
import { eventVectors } from './event-vectors.ts'
import type { ListCandidate, ScanPlan } from './plan.ts'
import { priorContributions } from './prior-bias.ts'

/** A share of a score; who it is from is put into words only if it is shown. */
export interface Contribution {
  readonly contribution: number
  readonly describe: () => Omit<Reason, 'contribution' | 'share'>
}

/** What events have in common that are too small to be named, all of one sign. */
export interface Remainder {
  readonly contribution: number
  /** How many they are. */
  readonly events: number
}

/** What speaks for and against a row: contributions that sum to its retrieval score. */
export type Explain = (row: number) => (Contribution | Remainder)[]

/**
 * Explains scanned rows: one contribution per event (or the item asked about) and per prior, as the score is linear in the
 * query and the query is a weighted sum of vectors. Of a long log no more events stand alone than may be among the `most`
 * largest contributions.
 */
export function explainScan(bundle: Bundle, plan: ScanPlan, most: number): Explain {
  const explainQuery = queryExplainer(bundle, plan, most)
  return (row) => {
    const contributions = explainQuery(row)
    const bonus = plan.bonuses.get(row)
    if (bonus) {
      const describe = () => ({ kind: 'repeat' as const, ...describeEvent(bundle, bonus.event) })
      contributions.push({ contribution: bonus.bonus, describe })
    }
    for (const { name, contribution } of priorContributions(bundle, plan.priors, row)) {
      contributions.push({ contribution, describe: () => ({ kind: 'prior', id: name }) })
    }
    return contributions
  }
}

/** What a rule has pinned to a list has no sources. */
export function explainListed(bundle: Bundle, candidates: readonly ListCandidate[]): Explain {
  const byRow = new Map(candidates.map((candidate) => [candidate.row, candidate]))
  return (row) =>
    (byRow.get(row)?.sources ?? []).map(({ item, contribution, event }) => ({
      contribution,
      describe: () => describeSource(bundle, item, event),
    }))
}

function queryExplainer(bundle: Bundle, { speaks, vector }: ScanPlan, most: number): Explain {
  if (!speaks) return () => []
  if ('user' in speaks) return eventExplainer(bundle, speaks.user, most)
  const describe = once(() => describeSource(bundle, speaks.item, speaks.because))
  return (row) => [{ contribution: dotRow(bundle.table, row, vector).reduce((sum, part) => sum + part, 0), describe }]
}

/** Events that point at the same thing, all for it or all against it. */
interface Pointing {
  readonly vector: Float64Array
  readonly session: EventFactors[]
  /** Outside of the session: their contributions differ by their weights alone. */
  readonly earlier: EventFactors[]
}

/**
 * Sum over segments of factor x (the event's vector . the row), for every event that has a vector. What a row costs depends
 * on how many things the log points at, not on how often it does.
 */
function eventExplainer(bundle: Bundle, user: UserVector, most: number): Explain {
  const { dims } = bundle.table
  const vectors = eventVectors(bundle)
  const pointing = new Map<string, Pointing>()
  for (const source of user.factors()) {
    const { event, weight, inSession } = source
    const key = `${weight < 0} ${event.item ?? JSON.stringify([event.context?.query, event.context?.category])}`
    let same = pointing.get(key)
    if (!same) {
      pointing.set(key, (same = { vector: new Float64Array(totalDims(bundle.table)), session: [], earlier: [] }))
      vectors.add(event, 1, same.vector)
    }
    if (inSession) same.session.push(source)
    else if (weight !== 0) same.earlier.push(source)
  }
  const groups = Array.from(pointing.values(), (group) => {
    const named = largest(group.earlier, most, ({ weight }) => weight)
    return { ...group, named, total: sumOf(group.earlier), left: sumOf(group.earlier) - sumOf(named) }
  })
  const own = new Float64Array(totalDims(bundle.table))
  const product = (vector: Float64Array, factors: Float64Array) => {
    let total = 0
    let column = 0
    for (const [g, width] of dims.entries()) {
      let sum = 0
      for (const end = column + width; column < end; column++) sum += vector[column]! * own[column]!
      total += factors[g]! * sum
    }
    return total
  }
  return (row) => {
    own.fill(0)
    addRow(bundle.table, row, 1, own)
    const units = new Map(groups.map((group) => [group, product(group.vector, user.profile)]))
    const chosen = new Set(largest(groups, most, (group) => (group.named[0]?.weight ?? 0) * units.get(group)!))
    return groups.flatMap((group): (Contribution | Remainder)[] => {
      const unit = units.get(group)!
      const [named, weight] = chosen.has(group) ? [group.named, group.left] : [[], group.total]
      const events = group.earlier.length - named.length
      const parts = [
        ...group.session.map((source) => ({ source, contribution: product(group.vector, source.factors) })),
        ...named.map((source) => ({ source, contribution: source.weight * unit })),
      ].map(({ source: { event }, contribution }) => ({
        contribution,
        describe: () => ({ kind: 'event' as const, ...describeEvent(bundle, event) }),
      }))
      return events > 0 ? [...parts, { contribution: weight * unit, events }] : parts
    })
  }
}

function sumOf(sources: readonly EventFactors[]): number {
  return sources.reduce((sum, { weight }) => sum + weight, 0)
}

/** A title is decoded once a shelf, not once a card. */
function once<T>(make: () => T): () => T {
  let made: T | undefined
  return () => (made ??= make())
}

function describeSource(
  bundle: Bundle,
  item: string,
  event: EventRecord | undefined,
): ReturnType<Contribution['describe']> {
  if (event) return { kind: 'event', ...describeEvent(bundle, event) }
  return { kind: 'context', id: item, ...titleOf(bundle, item) }
}

function describeEvent(
  bundle: Bundle,
  { id, kind, time, item, context }: EventRecord,
): Pick<Reason, 'id' | 'title' | 'event'> {
  const title = item === undefined ? context?.query && { title: context.query } : titleOf(bundle, item)
  return { id, event: { kind, time, ...(item !== undefined && { item }) }, ...title }
}

function titleOf(bundle: Bundle, item: string): { title?: string } {
  const row = bundle.rowOf(item)
  return row === undefined ? {} : { title: bundle.card(row).title }
}

/** Largest first, with shares of the positive sum; beyond `most`, the smaller ones stand together as `rest`. */
export function toReasons(contributions: readonly (Contribution | Remainder)[], most: number): Reason[] {
  const present = contributions.filter(({ contribution }) => contribution !== 0)
  const positive = present.reduce((sum, { contribution }) => sum + Math.max(0, contribution), 0)
  const share = (contribution: number) => (positive > 0 ? contribution / positive : 0)
  const single = present.filter((each) => 'describe' in each)
  const count = present.reduce((sum, each) => sum + ('events' in each ? each.events : 1), 0)
  const named = largest(single, count > most ? most - 1 : most, ({ contribution }) => contribution)
  const reasons = named.map(({ contribution, describe }): Reason => ({
    ...describe(),
    contribution,
    share: share(contribution),
  }))
  const others = count - named.length
  if (others > 0) {
    const shown = new Set<unknown>(named)
    const rest = present.reduce((sum, each) => (shown.has(each) ? sum : sum + each.contribution), 0)
    reasons.push({ kind: 'rest', id: String(others), contribution: rest, share: share(rest) })
  }
  return reasons
}

/** The `count` of the largest magnitude, largest first; many are not sorted for the sake of a few. */
function largest<T>(all: readonly T[], count: number, value: (each: T) => number): T[] {
  const size = (each: T) => Math.abs(value(each))
  const sizes = Float64Array.from(all, size).sort()
  const least = sizes[Math.max(0, sizes.length - count)] ?? 0
  return all
    .filter((each) => size(each) >= least)
    .sort((a, b) => size(b) - size(a))
    .slice(0, count)
}
