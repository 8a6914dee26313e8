import { addRow, dotRow } from '../bundle/row-vector.ts'
import type { Bundle } from '../bundle/bundle.ts'
import type { EventRecord } from '../core/event.ts'
import type { Reason } from '../core/shelf.ts'
import { eventVectors } from './event-vectors.ts'
import type { ListCandidate, ScanPlan } from './plan.ts'
import { priorContributions } from './prior-bias.ts'

type Contribution = Omit<Reason, 'share'>

/**
 * What speaks for and against a scanned row: one contribution per event (or the item asked about) and per prior. They
 * sum to the row's retrieval score, as the score is linear in the query and the query is a weighted sum of vectors.
 */
export function explainScan(bundle: Bundle, plan: ScanPlan, row: number): Contribution[] {
  const priors = priorContributions(bundle, plan.priors, row).map(({ name, contribution }): Contribution => ({
    kind: 'prior',
    id: name,
    contribution,
  }))
  const bonus = plan.bonuses.get(row)
  const repeat: Contribution[] = bonus
    ? [{ kind: 'repeat', ...describeEvent(bundle, bonus.event), contribution: bonus.bonus }]
    : []
  return [...sources(bundle, plan, row), ...repeat, ...priors]
}

function sources(bundle: Bundle, { speaks, vector }: ScanPlan, row: number): Contribution[] {
  if (!speaks) return []
  if ('item' in speaks) {
    const contribution = dotRow(bundle.table, row, vector).reduce((sum, part) => sum + part, 0)
    return [{ ...describeSource(bundle, speaks.item, speaks.because), contribution }]
  }
  return eventProducts(bundle, speaks.user, row).map(({ event, contribution }) => ({
    kind: 'event',
    ...describeEvent(bundle, event),
    contribution,
  }))
}

/** Sum over segments of factor x (the event's vector . the row), for every event that has a vector. */
function eventProducts(
  bundle: Bundle,
  user: { factors(): { event: EventRecord; factors: Float64Array }[] },
  row: number,
) {
  const { table } = bundle
  const size = table.dims.reduce((sum, dims) => sum + dims, 0)
  const own = new Float64Array(size)
  addRow(table, row, 1, own)
  const vectors = eventVectors(bundle)
  const byVector = new Map<string, Float64Array | undefined>()
  return user.factors().flatMap(({ event, factors }) => {
    const key = JSON.stringify([event.item, event.context?.query, event.context?.category])
    if (!byVector.has(key)) byVector.set(key, segmentProducts(vectors, event, own))
    const products = byVector.get(key)
    return products
      ? [{ event, contribution: products.reduce((sum, product, g) => sum + factors[g]! * product, 0) }]
      : []
  })
}

function segmentProducts(
  vectors: ReturnType<typeof eventVectors>,
  event: EventRecord,
  own: Float64Array,
): Float64Array | undefined {
  const vector = new Float64Array(own.length)
  if (!vectors.add(event, 1, vector)) return undefined
  const products = new Float64Array(vectors.dims.length)
  let column = 0
  for (const [g, dims] of vectors.dims.entries()) {
    for (let d = 0; d < dims; d++, column++) products[g]! += vector[column]! * own[column]!
  }
  return products
}

export function explainListed(bundle: Bundle, { sources }: ListCandidate): Contribution[] {
  return sources.map(({ item, contribution, event }) => ({ ...describeSource(bundle, item, event), contribution }))
}

function describeSource(
  bundle: Bundle,
  item: string,
  event: EventRecord | undefined,
): Pick<Reason, 'kind' | 'id' | 'title' | 'event'> {
  return event
    ? { kind: 'event', ...describeEvent(bundle, event) }
    : { kind: 'context', id: item, ...titleOf(bundle, item) }
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
  const positive = contributions.reduce((sum, { contribution }) => sum + Math.max(0, contribution), 0)
  const sorted = contributions
    .filter(({ contribution }) => contribution !== 0)
    .sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution))
  const named = sorted.slice(0, sorted.length > most ? most - 1 : most)
  const others = sorted.slice(named.length)
  const rest = others.reduce((sum, { contribution }) => sum + contribution, 0)
  const all: Contribution[] =
    others.length > 0 ? [...named, { kind: 'rest', id: String(others.length), contribution: rest }] : named
  return all.map((reason) => ({ ...reason, share: positive > 0 ? reason.contribution / positive : 0 }))
}
