import { createBitmask, setBit, type Bitmask } from '../../core/bitmask.ts'
import { defaultSettings } from '../../core/settings.ts'
import type { PackInput } from '../../bundle/pack.ts'
import type { CleanLine } from '../clean/clean-log.ts'
import type { ItemGroup } from '../group-variants.ts'
import { continueRows, type Broken } from '../generation/continue-rows.ts'
import type { Generation } from '../generation/generation.ts'
import { keepGeneration } from '../generation/keep-generation.ts'
import type { ItemVectors } from '../read/vectors/read-item-vectors.ts'
import { addNgrams } from './add-ngrams.ts'
import { addEmbeddings } from './add-embeddings.ts'
import { trainAls } from './als.ts'
import { normaliseScale } from './dense.ts'
import { rowsOfFactors, type GivenFactors } from './given-factors.ts'
import { countCustomers, numberLog, type Interactions } from './interactions.ts'
import type { LearningSettings } from './learning-settings.ts'
import { findFresh, liftRows, liftTrend } from './lift-fresh.ts'
import { learnNeighbours } from './neighbours.ts'
import { predictRows } from './predict-rows.ts'
import { learnPriors } from './priors.ts'
import { startFactors } from './start-factors.ts'
import { learnStrengths } from './strengths.ts'
import { learnTextVectors } from './text-vectors.ts'
import { whitenFactors } from './whiten-factors.ts'

/** The learned columns of a bundle, in row order. */
export type LearnedColumns = Required<
  Pick<PackInput, 'segments' | 'priors' | 'neighbours' | 'terms' | 'unavailable'>
> & {
  /** The groups in row order: best sellers first. */
  readonly groups: readonly ItemGroup[]
  /** Rows whose collaborative part was predicted from content. */
  readonly predicted: number
  readonly customers: number
  /** The generation that goes on, or why the one that was given does not; absent where none was. */
  readonly continued?: ContinuedGeneration
}

export type ContinuedGeneration = { readonly id: string; readonly vocabulary: Generation['vocabulary'] } | Broken

export interface LearnOptions {
  readonly settings: LearningSettings
  /** The generation that shall go on, where it can. */
  readonly generation?: Generation | undefined
  /** Factors in place of learned ones. */
  readonly factors?: GivenFactors | undefined
  /** Other vectors of items, which become part of the content segment. */
  readonly embeddings?: ItemVectors | undefined
  /** Hears of the progress, 0 to 1. */
  readonly onProgress?: (done: number) => void
}

/** Learns everything that a bundle ships from a grouped catalogue and a cleaned log (which may be empty). */
export function learnColumns(
  catalogue: readonly ItemGroup[],
  lines: readonly CleanLine[],
  { settings, generation, factors, embeddings, onProgress }: LearnOptions,
): LearnedColumns {
  const { minCustomers } = settings
  const kept = withoutRareItems(lines, catalogue, minCustomers)
  const unordered = numberLog(kept, catalogue.length, indexIds(catalogue))
  const priorsOf = (groups: readonly ItemGroup[], log: typeof unordered) =>
    learnPriors(
      log,
      groups.map(({ item }) => item.added),
      countCustomers(log),
      { ...settings.priors, minCustomers },
    )
  const ordered = Array.from(priorsOf(catalogue, unordered).order, (row) => catalogue[row]!)
  const continued =
    generation && continueRows(generation, ordered, segmentsOf(unordered, dimsOf(settings, { factors, embeddings })))
  const groups = continued && 'groups' in continued ? continued.groups : ordered
  const log = numberLog(kept, groups.length, indexIds(groups))
  const { popularity, trend, newness } = priorsOf(groups, log)
  const customers = countCustomers(log)
  const known = Array.from(customers, (count) => count >= minCustomers)
  const fresh = findFresh(groups, known, { now: log.now, days: settings.fresh.days })

  const keeper =
    generation && continued && 'groups' in continued
      ? keepGeneration(generation, { known, gone: continued.gone, tolerances: settings.tolerances })
      : undefined

  const { seed } = settings
  const learnedTexts = learnTextVectors(
    groups.map(({ item }) => item),
    { dims: settings.content.dims, seed },
  )
  const given = embeddings && groups.map(({ ids }) => ids.map(embeddings.of).find((vector) => vector !== undefined))
  const seenTexts = given ? addEmbeddings(learnedTexts, given, { ...settings.embeddings, seed }) : learnedTexts
  const texts = { ...seenTexts, terms: addNgrams(seenTexts.terms, seenTexts.dims) }
  const segments: PackInput['segments'][number][] = []
  if (known.includes(true)) {
    const { lambda, iterations } = settings.collaborative
    const dims = factors?.vectors.dims ?? settings.collaborative.dims
    let iteration = 0
    const learnRows = () => {
      const strengths = learnStrengths(log, { ...settings.collaborative, strengths: defaultSettings.strengths })
      const ids = groups.map((group) => group.ids[0]!)
      const start = startFactors(ids, dims, seed)
      const onIteration = () => onProgress?.(++iteration / (iterations + 1))
      return whitenFactors(trainAls(strengths, { ...settings.collaborative, seed, start, onIteration }), dims, lambda)
    }
    const rows = factors ? rowsOfFactors(factors, groups, { lambda, known }) : learnRows()
    predictRows({
      from: texts.rows,
      fromDims: texts.dims,
      to: rows,
      toDims: dims,
      known,
      ridge: settings.predictionRidge,
    })
    liftRows(rows, dims, { fresh, known, length: settings.fresh.length })
    normaliseScale(rows, dims)
    segments.push({ name: 'collaborative', dims, rows: keeper?.collaborative(rows) ?? Float32Array.from(rows) })
  }
  const { rows: content, terms } = keeper?.content(texts) ?? { ...texts, rows: Float32Array.from(texts.rows) }
  segments.push({ name: 'content', dims: texts.dims, rows: content })
  const neighbours = learnNeighbours(log, { ...settings.neighbours, ...(keeper && { older: keeper.neighbours }) })
  onProgress?.(1)
  return {
    groups,
    segments,
    priors: filledPriors({ popularity, trend: liftTrend(trend, fresh, known), newness }),
    neighbours,
    terms,
    unavailable: unavailableRows(groups),
    predicted: segments.length > 1 ? known.filter((isKnown) => !isKnown).length : 0,
    customers: log.users,
    ...(generation && continued && { continued: 'groups' in continued ? generation : continued }),
  }
}

/** Dimensions of the segments. */
function dimsOf(
  { collaborative, content, embeddings }: LearningSettings,
  given: Pick<LearnOptions, 'factors' | 'embeddings'>,
): { collaborative: number; content: number } {
  const added = given.embeddings ? Math.min(embeddings.dims, given.embeddings.dims) : 0
  return { collaborative: given.factors?.vectors.dims ?? collaborative.dims, content: content.dims + added }
}

/** What a bundle of this log will hold. */
function segmentsOf(log: Interactions, dims: { collaborative: number; content: number }): Generation['segments'] {
  const own = [{ name: 'content', dims: dims.content }] as const
  return log.events.length > 0 ? [{ name: 'collaborative', dims: dims.collaborative }, ...own] : [...own]
}

/** Lines of items that enough customers dealt with: nothing is learned from the others, not even about their neighbours. */
function withoutRareItems(
  lines: readonly CleanLine[],
  catalogue: readonly ItemGroup[],
  minCustomers: number,
): CleanLine[] {
  const rowOf = indexIds(catalogue)
  const customers = countCustomers(numberLog(lines, catalogue.length, rowOf))
  return lines.filter(({ item }) => (customers[rowOf(item) ?? -1] ?? 0) >= minCustomers)
}

/** Columns that say something; a log-less catalogue has no popularity. */
function filledPriors(priors: PackInput['priors']): PackInput['priors'] {
  return Object.fromEntries(Object.entries(priors).filter(([, column]) => column.some((value) => value !== 0)))
}

/** The row of an item, by the id of any of its variants. */
export function indexIds(groups: readonly ItemGroup[]): (id: string) => number | undefined {
  const rows = new Map(groups.flatMap(({ ids }, row) => ids.map((id) => [id, row] as const)))
  return (id) => rows.get(id)
}

function unavailableRows(groups: readonly ItemGroup[]): Bitmask {
  const mask = createBitmask(groups.length)
  for (const [row, { available }] of groups.entries()) if (!available) setBit(mask, row)
  return mask
}
