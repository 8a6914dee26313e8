import { createHash } from 'node:crypto'
import type { PackInput } from '../bundle/pack.ts'
import { defaultSettings, type Settings } from '../core/settings.ts'
import { cardUrl, fillTemplate } from './card-url.ts'
import type { CleanLine } from './clean/clean-log.ts'
import type { Generation } from './generation/generation.ts'
import { groupVariants } from './group-variants.ts'
import { learnColumns, type LearnedColumns } from './learn/learn-columns.ts'
import { defaultLearning, type LearningSettings } from './learn/learning-settings.ts'
import { otherIds } from './other-ids.ts'
import { minCustomers } from './privacy.ts'
import type { CleanInputs } from './read-inputs.ts'

/** How a bundle is learned and what its cards say beside the catalogue. */
export interface AssembleOptions {
  /** Shop's name on shelves and in the manifest. */
  readonly shop?: string
  /** ISO 4217, `EUR` by default. */
  readonly currency?: string
  /** BCP 47, `en` by default. */
  readonly locale?: string
  /** Address of an item without one of its own, `{id}` in it; `/p/{id}` by default. */
  readonly urlTemplate?: string
  /** Address of the picture of an item without one of its own; no picture by default. */
  readonly imageTemplate?: string
  readonly settings?: Settings
  readonly learning?: LearningSettings
  /** The generation that shall go on, where it can. */
  readonly generation?: Generation | undefined
}

/** Everything that a bundle packs but what is said about it. */
export type BundleColumns = Omit<PackInput, 'head' | 'data' | 'quality'>

/** Learns what a bundle ships, and lays its columns out. */
export function assembleColumns(
  { items, lines }: CleanInputs,
  options: AssembleOptions,
  onProgress?: (done: number) => void,
): { learnt: LearnedColumns; columns: BundleColumns } {
  const { learning = defaultLearning, settings = defaultSettings } = options
  const learnt = learnColumns(groupVariants(items, countVisitors(lines)), lines, {
    settings: learning,
    generation: options.generation,
    ...(onProgress && { onProgress }),
  })
  const columns = packColumns(learnt, items, options)
  const { continued } = learnt
  const kept = continued && 'id' in continued ? continued : undefined
  return {
    learnt,
    columns: {
      ...columns,
      ...(kept && { vocabulary: kept.vocabulary }),
      generation: kept?.id ?? hashColumns(columns),
      settings,
    },
  }
}

/** Distinct customers by item, where they are enough to count. */
function countVisitors(lines: readonly CleanLine[]): ReadonlyMap<string, number> {
  const visitors = new Map<string, Set<string>>()
  for (const { item, user } of lines) visitors.set(item, (visitors.get(item) ?? new Set()).add(user))
  return new Map([...visitors].flatMap(([item, { size }]) => (size >= minCustomers ? [[item, size]] : [])))
}

type Columns = Omit<BundleColumns, 'generation' | 'settings' | 'encoder'>

function packColumns(
  { groups, segments, priors, neighbours, terms, unavailable }: LearnedColumns,
  variants: CleanInputs['items'],
  { shop = 'Shop', currency = 'EUR', locale = 'en', urlTemplate = '/p/{id}', imageTemplate = '' }: AssembleOptions,
): Columns {
  const items = groups.map(({ item }) => item)
  return {
    shop,
    currency,
    locale,
    segments,
    priors,
    neighbours,
    unavailable,
    ...(terms.words.length > 0 && { terms }),
    ids: items.map(({ id }) => id),
    aliases: otherIds(groups, variants),
    titles: items.map(({ title }) => title),
    urls: items.map(({ id, url }) => cardUrl(url) ?? fillTemplate(urlTemplate, id)),
    images: items.map(({ id, image }) => cardUrl(image) ?? fillTemplate(imageTemplate, id)),
    prices: Float32Array.from(items, ({ price }) => (price > 0 ? price : NaN)),
    categories: items.map(({ category }) => category),
    brands: items.map(({ brand }) => brand),
  }
}

/** The generation is what its row order and vector space are: a hash of both. */
export function hashColumns({ ids, segments }: Pick<BundleColumns, 'ids' | 'segments'>): string {
  const hash = createHash('sha256').update(JSON.stringify(ids))
  for (const { rows } of segments) hash.update(new Uint8Array(rows.buffer, rows.byteOffset, rows.byteLength))
  return hash.digest('hex').slice(0, 16)
}
