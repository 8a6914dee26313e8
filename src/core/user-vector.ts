import type { EventRecord } from './event.ts'
import { dayMs, strengthOf, type EventVectors, type Fold } from './fold.ts'
import { sessionOf } from './session.ts'
import type { Settings } from './settings.ts'
import { zeroVector } from './zero-vector.ts'

/** The query of a shopper and the share of each event in it. */
export interface UserVector {
  /** Per segment: weight x (session x unit(session part) + profile x unit(profile part)), all segments side by side. */
  readonly query: Float64Array
  /** The session, most recent first. */
  readonly session: readonly EventRecord[]
  /** Factor of the profile per segment: that of an event outside of the session is its weight times this. */
  readonly profile: Float64Array
  /**
   * Factor of each event per segment: the query is the sum over events of factor x the event's vector. Computed when
   * asked for, as only explanations need it, from the events that the query was made of.
   */
  factors(): EventFactors[]
}

export interface EventFactors {
  readonly event: EventRecord
  /** Of the profile. */
  readonly weight: number
  readonly inSession: boolean
  /** One factor per segment. */
  readonly factors: Float64Array
}

/** Weight of each segment of the table, in its order. */
export type SegmentWeights = readonly number[]

/** How much each event of the session counts in one segment, in place of its strength and age; those left out do not. */
export interface SessionAttention {
  readonly segment: number
  readonly shares: ReadonlyMap<EventRecord, number>
}

export interface UserSpace {
  readonly vectors: EventVectors
  readonly weights: SegmentWeights
  /** Of an encoder, where there is one. */
  readonly attention?: SessionAttention | undefined
}

/** Folds a log into a query. A pure function of the log in key order, the vectors, the settings and `now`. */
export function userVector(
  fold: Fold,
  { vectors, weights, attention }: UserSpace,
  settings: Settings,
  now: number,
): UserVector {
  const halfLife = settings.halfLifeDays * dayMs
  const { counted } = fold
  const count = counted.length
  const session = sessionOf(counted, settings, now)
  const sum = (shares: readonly number[]) => {
    const part = zeroVector(vectors)
    for (const [j, event] of session.entries()) vectors.add(event, shares[j]!, part)
    return { shares, part }
  }
  const byAge = sum(session.map((event, age) => strengthOf(event, settings) * settings.sessionDecay ** age))
  const byEncoder = attention && sum(session.map((event) => attention.shares.get(event) ?? 0))
  const sessionIn = (g: number) => (byEncoder && g === attention.segment ? byEncoder : byAge)

  // Ages are counted from the newest day if the clock was set back: the unit vector does not depend on it, overflow does.
  const buckets = fold.buckets(vectors, settings)
  const reference = Math.max(now, buckets.at(-1)?.start ?? now)
  const profilePart = zeroVector(vectors)
  for (const { start, sum } of buckets) {
    const decay = 2 ** ((start - reference) / halfLife)
    for (let d = 0; d < profilePart.length; d++) profilePart[d]! += decay * sum[d]!
  }

  const query = zeroVector(vectors)
  const sessionFactor = new Float64Array(vectors.dims.length)
  const profileFactor = new Float64Array(vectors.dims.length)
  let from = 0
  for (const [g, dims] of vectors.dims.entries()) {
    const sessionPart = sessionIn(g).part
    sessionFactor[g] = weights[g]! * settings.session * inverseNorm(sessionPart, from, dims)
    profileFactor[g] = weights[g]! * settings.profile * inverseNorm(profilePart, from, dims)
    for (let d = from; d < from + dims; d++) {
      query[d] = sessionFactor[g]! * sessionPart[d]! + profileFactor[g]! * profilePart[d]!
    }
    from += dims
  }

  return {
    query,
    session,
    profile: profileFactor,
    factors() {
      const places = new Map(session.map((event, j) => [event, j]))
      return counted.slice(0, count).map((event) => {
        const growth = 2 ** ((event.time - reference) / halfLife)
        const weight = strengthOf(event, settings) * growth
        const place = places.get(event)
        const bySession = (g: number) => (place === undefined ? 0 : sessionFactor[g]! * sessionIn(g).shares[place]!)
        const factors = profileFactor.map((p, g) => p * weight + bySession(g))
        return { event, weight, inSession: place !== undefined, factors }
      })
    },
  }
}

function inverseNorm(vector: Float64Array, from: number, dims: number): number {
  let squares = 0
  for (let d = from; d < from + dims; d++) squares += vector[d]! * vector[d]!
  return squares > 0 ? 1 / Math.sqrt(squares) : 0
}
