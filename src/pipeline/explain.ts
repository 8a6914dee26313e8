import { addRow, dotRow } from '../bundle/row-vector.ts'
import type { Bundle } from '../bundle/bundle.ts'
import type { EventRecord } from '../core/event.ts'
import type { Reason } from '../core/shelf.ts'
import type { UserVector } from '../core/user-vector.ts'
import { eventVectors } from './event-vectors.ts'
import type { ListCandidate, ScanPlan } from './plan.ts'
import { priorContributions } from './prior-bias.ts'

/** A share of a score; who it is from is put into words only if it is shown. */
export interface Contribution {
  readonly contribution: number
  readonly describe: () => Omit<Reason, 'contribution' | 'share'>
}

/** What speaks for and against a row: contributions that sum to its retrieval score. */
export type Explain = (row: number) => Contribution[]

/**
 * Explains scanned rows: one contribution per event (or the item asked about) and per prior, as the score is linear in the
 * query and the query is a weighted sum of vectors.
 */
export function explainScan(bundle: Bundle, plan: ScanPlan): Explain {
  const explainQuery = queryExplainer(bundle, plan)
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

function queryExplainer(bundle: Bundle, { speaks, vector }: ScanPlan): Explain {
  if (!speaks) return () => []
  if ('user' in speaks) return eventExplainer(bundle, speaks.user)
  const describe = once(() => describeSource(bundle, speaks.item, speaks.because))
  return (row) => [{ contribution: dotRow(bundle.table, row, vector).reduce((sum, part) => sum + part, 0), describe }]
}

/** Sum over segments of factor x (the event's vector . the row), for every event that has a vector. */
function eventExplainer(bundle: Bundle, user: UserVector): Explain {
  const { dims } = bundle.table
  const size = dims.reduce((sum, n) => sum + n, 0)
  const vectors = eventVectors(bundle)
  /** Events that point at the same thing share a vector. */
  const places = new Map<string, number>()
  const distinct: Float64Array[] = []
  const sources = user.factors().flatMap(({ event, factors }) => {
    const key = event.item ?? JSON.stringify([event.context?.query, event.context?.category])
    if (!places.has(key)) {
      const vector = new Float64Array(size)
      places.set(key, vectors.add(event, 1, vector) ? distinct.push(vector) - 1 : -1)
    }
    const place = places.get(key)!
    return place < 0
      ? []
      : [{ place, factors, describe: once(() => ({ kind: 'event' as const, ...describeEvent(bundle, event) })) }]
  })
  const own = new Float64Array(size)
  const products = new Float64Array(distinct.length * dims.length)
  return (row) => {
    own.fill(0)
    addRow(bundle.table, row, 1, own)
    products.fill(0)
    for (const [place, vector] of distinct.entries()) {
      let column = 0
      for (let g = 0; g < dims.length; g++) {
        let sum = 0
        for (const end = column + dims[g]!; column < end; column++) sum += vector[column]! * own[column]!
        products[place * dims.length + g] = sum
      }
    }
    return sources.map(({ place, factors, describe }) => {
      let contribution = 0
      for (let g = 0; g < dims.length; g++) contribution += factors[g]! * products[place * dims.length + g]!
      return { contribution, describe }
    })
  }
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
export function toReasons(contributions: readonly Contribution[], most: number): Reason[] {
  const present = contributions.filter(({ contribution }) => contribution !== 0)
  const positive = present.reduce((sum, { contribution }) => sum + Math.max(0, contribution), 0)
  const share = (contribution: number) => (positive > 0 ? contribution / positive : 0)
  const named = largest(present, present.length > most ? most - 1 : most)
  const reasons = named.map(({ contribution, describe }): Reason => ({
    ...describe(),
    contribution,
    share: share(contribution),
  }))
  const others = present.length - named.length
  if (others > 0) {
    const shown = new Set(named)
    const rest = present.reduce((sum, each) => (shown.has(each) ? sum : sum + each.contribution), 0)
    reasons.push({ kind: 'rest', id: String(others), contribution: rest, share: share(rest) })
  }
  return reasons
}

/** The `count` contributions of the largest magnitude, largest first; a long log is not sorted for the sake of a few. */
function largest(contributions: readonly Contribution[], count: number): Contribution[] {
  const magnitudes = Float64Array.from(contributions, ({ contribution }) => Math.abs(contribution)).sort()
  const least = magnitudes[Math.max(0, magnitudes.length - count)] ?? 0
  return contributions
    .filter(({ contribution }) => Math.abs(contribution) >= least)
    .sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution))
    .slice(0, count)
}
