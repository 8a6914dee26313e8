import { createBitmask, setBit, type Bitmask } from '../../core/bitmask.ts'
import { defaultSettings } from '../../core/settings.ts'
import type { PackInput } from '../../bundle/pack.ts'
import type { CleanLine } from '../clean/clean-log.ts'
import type { ItemGroup } from '../group-variants.ts'
import { trainAls } from './als.ts'
import { normaliseScale } from './dense.ts'
import { countCustomers, numberLog } from './interactions.ts'
import type { LearningSettings } from './learning-settings.ts'
import { learnNeighbours } from './neighbours.ts'
import { predictRows } from './predict-rows.ts'
import { learnPriors } from './priors.ts'
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
}

export interface LearnOptions {
  readonly settings: LearningSettings
  /** Hears of the progress, 0 to 1. */
  readonly onProgress?: (done: number) => void
}

/** Learns everything that a bundle ships from a grouped catalogue and a cleaned log (which may be empty). */
export function learnColumns(
  catalogue: readonly ItemGroup[],
  lines: readonly CleanLine[],
  { settings, onProgress }: LearnOptions,
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
  const groups = Array.from(priorsOf(catalogue, unordered).order, (row) => catalogue[row]!)
  const log = numberLog(kept, groups.length, indexIds(groups))
  const { popularity, trend, newness } = priorsOf(groups, log)
  const customers = countCustomers(log)
  const known = Array.from(customers, (count) => count >= minCustomers)

  const { rows: content, terms } = learnTextVectors(
    groups.map(({ item }) => item),
    { dims: settings.content.dims, seed: settings.seed },
  )
  const segments: PackInput['segments'][number][] = []
  if (known.includes(true)) {
    const { dims, lambda, iterations } = settings.collaborative
    let iteration = 0
    const factors = trainAls(learnStrengths(log, { ...settings.collaborative, strengths: defaultSettings.strengths }), {
      ...settings.collaborative,
      seed: settings.seed,
      onIteration: () => onProgress?.(++iteration / (iterations + 1)),
    })
    const rows = whitenFactors(factors, dims, lambda)
    predictRows({
      from: content,
      fromDims: settings.content.dims,
      to: rows,
      toDims: dims,
      known,
      ridge: settings.predictionRidge,
    })
    normaliseScale(rows, dims)
    segments.push({ name: 'collaborative', dims, rows: Float32Array.from(rows) })
  }
  segments.push({ name: 'content', dims: settings.content.dims, rows: Float32Array.from(content) })
  const neighbours = learnNeighbours(log, settings.neighbours)
  onProgress?.(1)
  return {
    groups,
    segments,
    priors: filledPriors({ popularity, trend, newness }),
    neighbours,
    terms,
    unavailable: unavailableRows(groups),
    predicted: segments.length > 1 ? known.filter((isKnown) => !isKnown).length : 0,
    customers: log.users,
  }
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
