import { addRow, dotRow } from '../bundle/row-vector.ts'
import type { Bundle } from '../bundle/bundle.ts'
import type { EventRecord } from '../core/event.ts'
import type { Reason } from '../core/shelf.ts'
import type { EventFactors, UserVector } from '../core/user-vector.ts'
import { zeroVector } from '../core/zero-vector.ts'
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

/** An event, what it counts by, and how it is described. */
interface Source extends Pick<EventFactors, 'weight' | 'factors'> {
  readonly describe: Contribution['describe']
}

/** Events that point at the same thing, all for it or all against it. */
interface Pointing {
  readonly vector: Float64Array
  /** Of the vector and the row that is explained, per segment. */
  readonly products: Float64Array
  readonly session: Source[]
  /** Outside of the session: their contributions differ by their weights alone. */
  readonly earlier: Source[]
}

/**
 * Sum over segments of factor x (the event's vector . the row), for every event that has a vector. What a row costs depends
 * on how many things the log points at, not on how often it does.
 */
function eventExplainer(bundle: Bundle, user: UserVector, most: number): Explain {
  const { table } = bundle
  const vectors = eventVectors(bundle)
  const pointing = new Map<string, Pointing>()
  for (const { event, weight, factors, inSession } of user.factors()) {
    const key = `${weight < 0} ${event.item ?? JSON.stringify([event.context?.query, event.context?.category])}`
    let same = pointing.get(key)
    if (!same) {
      const vector = zeroVector(table)
      vectors.add(event, 1, vector)
      pointing.set(key, (same = { vector, products: new Float64Array(table.dims.length), session: [], earlier: [] }))
    }
    const describe = once(() => ({ kind: 'event' as const, ...describeEvent(bundle, event) }))
    if (inSession) same.session.push({ weight, factors, describe })
    else if (weight !== 0) same.earlier.push({ weight, factors, describe })
  }
  const groups = Array.from(pointing.values(), (group) => {
    const named = largest(group.earlier, most, ({ weight }) => weight)
    const total = sumOf(group.earlier)
    return { ...group, named, total, left: total - sumOf(named) }
  })
  const withEarlier = groups.filter(({ earlier }) => earlier.length > 0)
  const own = zeroVector(table)
  return (row) => {
    own.fill(0)
    addRow(table, row, 1, own)
    for (const { vector, products } of groups) multiply(vector, own, table.dims, products)
    const unit = ({ products }: Pointing) => weigh(user.profile, products)
    const chosen = new Set(largest(withEarlier, most, (group) => group.named[0]!.weight * unit(group)))
    const found: (Contribution | Remainder)[] = []
    for (const { session, products } of groups) {
      for (const { factors, describe } of session) found.push({ contribution: weigh(factors, products), describe })
    }
    /** For the row, and against it. */
    const rest = [1, -1].map(() => ({ contribution: 0, events: 0 }))
    for (const group of withEarlier) {
      const one = unit(group)
      const isNamed = chosen.has(group)
      if (isNamed) {
        for (const { weight, describe } of group.named) found.push({ contribution: weight * one, describe })
      }
      const contribution = (isNamed ? group.left : group.total) * one
      const sum = rest[Number(contribution < 0)]!
      sum.contribution += contribution
      if (contribution !== 0) sum.events += group.earlier.length - (isNamed ? group.named.length : 0)
    }
    return [...found, ...rest]
  }
}

/** Leaves in `products` those of two vectors, segment by segment. */
function multiply(a: Float64Array, b: Float64Array, dims: readonly number[], products: Float64Array): void {
  let column = 0
  for (let g = 0; g < dims.length; g++) {
    let sum = 0
    for (const end = column + dims[g]!; column < end; column++) sum += a[column]! * b[column]!
    products[g] = sum
  }
}

function weigh(factors: Float64Array, products: Float64Array): number {
  let total = 0
  for (let g = 0; g < products.length; g++) total += factors[g]! * products[g]!
  return total
}

function sumOf(sources: readonly Source[]): number {
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
  if (count < 1 || all.length < 2) return all.slice(0, count)
  const best: { each: T; size: number }[] = []
  for (const each of all) {
    const size = Math.abs(value(each))
    const last = best[count - 1]
    if (last && size <= last.size) continue
    best.push({ each, size })
    if (last) best.sort(bySize).pop()
    else if (best.length === count) best.sort(bySize)
  }
  return best.sort(bySize).map(({ each }) => each)
}

const bySize = (a: { size: number }, b: { size: number }) => b.size - a.size
