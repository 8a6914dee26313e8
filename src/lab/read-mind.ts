import type { Bundle } from '../bundle/bundle.ts'
import { createBitmask } from '../core/bitmask.ts'
import type { Settings } from '../core/settings.ts'
import { userVector, type UserVector } from '../core/user-vector.ts'
import { userSpace } from '../pipeline/user-space.ts'
import { settingsOf, type LabBench } from './bench.ts'
import type { Mind, Near, Point } from './lab-api.ts'
import { place, type Projection } from './project.ts'
import { isTelling } from './is-telling.ts'
import { termsOf } from './terms.ts'
import { dot, makeUnit, split, unitRow, unitSegments } from './vectors.ts'

const shownWords = 24
const shownCategories = 8
const shownItems = 8

export interface MindOptions {
  readonly files: ReadonlyMap<string, Uint8Array>
  readonly projection: Projection
  readonly change: Partial<Settings>
}

/** What the shopper's query is made of, and what it is near to. */
export async function readMind(bench: LabBench, { files, projection, change }: MindOptions): Promise<Mind> {
  const { bundle } = bench
  const { dims } = bundle.table
  const whole = await userOf(bench, change)
  const session = (await userOf(bench, { ...change, profile: 0 })).query
  const profile = (await userOf(bench, { ...change, session: 0 })).query
  const parts = [session, profile, whole.query].map((vector) => split(vector, dims))
  const at = (vector: Float64Array): Point | undefined =>
    vector.some((value) => value !== 0) ? place(projection, unitSegments(vector.slice(), dims)) : undefined
  const points = { session: at(session), profile: at(profile), query: at(whole.query) }
  return {
    segments: bundle.manifest.segments.map(({ name }, g) => ({
      name,
      session: Float32Array.from(parts[0]![g]!),
      profile: Float32Array.from(parts[1]![g]!),
      query: Float32Array.from(parts[2]![g]!),
    })),
    words: nearestWords(bundle, files, whole.query),
    categories: nearestCategories(bundle, whole.query),
    nearest: { session: await nearestItems(bench, session), profile: await nearestItems(bench, profile) },
    attention: attentionOf(whole),
    at: Object.fromEntries(Object.entries(points).filter(([, point]) => point !== undefined)),
  }
}

/** The user vector under changed settings. */
export async function userOf(bench: LabBench, change: Partial<Settings>): Promise<UserVector> {
  const { bundle, encoder } = bench
  const settings = settingsOf(bench, change)
  const space = await userSpace({ bundle, encoder }, bench.fold, settings, bench.now)
  return userVector(bench.fold, space, settings, bench.now)
}

function attentionOf(user: UserVector): Mind['attention'] {
  const inSession = new Set(user.session)
  const factors = user.factors()
  const size = (list: Float64Array) => list.reduce((sum, factor) => sum + Math.abs(factor), 0)
  const all = factors.reduce((sum, { factors: own }) => sum + size(own), 0) || 1
  return factors
    .map(({ event, factors: own }) => ({
      id: event.id,
      factors: own,
      share: size(own) / all,
      inSession: inSession.has(event),
    }))
    .reverse()
}

/** Words of searches whose vectors lie in the direction of the query's content. */
function nearestWords(bundle: Bundle, files: ReadonlyMap<string, Uint8Array>, query: Float64Array): Near<string>[] {
  const g = bundle.manifest.segments.findIndex(({ name }) => name === 'content')
  const terms = g < 0 ? undefined : termsOf(bundle.manifest, files)
  if (!terms) return []
  const direction = makeUnit(split(query, bundle.table.dims)[g]!.slice())
  return best(
    terms
      .filter(({ word }) => isTelling(word))
      .map(({ word, vector }) => ({ of: word, cosine: dot(vector, direction) })),
    shownWords,
  )
}

function nearestCategories(bundle: Bundle, query: Float64Array): Near<string>[] {
  const direction = makeUnit(unitSegments(query.slice(), bundle.table.dims))
  const sums = new Map<number, Float64Array>()
  const row = new Float64Array(direction.length)
  for (let item = 0; item < bundle.table.items; item++) {
    const category = bundle.categories[item]!
    const sum = sums.get(category) ?? new Float64Array(direction.length)
    unitRow(bundle.table, item, row)
    for (let d = 0; d < sum.length; d++) sum[d]! += row[d]!
    sums.set(category, sum)
  }
  const near = [...sums].map(([category, sum]) => ({
    of: bundle.vocabulary.categories[category]!,
    cosine: dot(makeUnit(sum), direction),
  }))
  return best(
    near.filter(({ of }) => of !== ''),
    shownCategories,
  )
}

/** The items of the highest score under this part of the query alone, the nearest first. */
async function nearestItems({ bundle, scorer }: LabBench, query: Float64Array): Promise<Mind['nearest']['session']> {
  if (query.every((value) => value === 0)) return []
  const direction = makeUnit(unitSegments(query.slice(), bundle.table.dims))
  const mask = createBitmask(bundle.table.items)
  const [found] = await scorer.topK([{ vector: query, mask, k: shownItems }])
  const near = Array.from(found!.rows, (row) => ({
    of: bundle.card(row),
    cosine: dot(makeUnit(unitRow(bundle.table, row)), direction),
  }))
  return near.sort((a, b) => b.cosine - a.cosine)
}

function best<T>(near: readonly Near<T>[], count: number): Near<T>[] {
  return near
    .filter(({ cosine }) => cosine > 0)
    .sort((a, b) => b.cosine - a.cosine)
    .slice(0, count)
}
