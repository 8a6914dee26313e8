import type { PackInput } from '../bundle/pack.ts'
import type { Settings } from '../core/settings.ts'
import { cardUrl, fillTemplate } from './card-url.ts'
import type { Generation } from './generation/generation.ts'
import type { GivenFactors } from './learn/given-factors.ts'
import type { LearnedColumns } from './learn/learn-columns.ts'
import type { LearningSettings } from './learn/learning-settings.ts'
import { otherIds } from './other-ids.ts'
import type { CleanInputs } from './read-inputs.ts'
import type { ItemVectors } from './read/vectors/read-item-vectors.ts'

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
  /** Item factors in place of learned ones, and other vectors of items. */
  readonly factors?: GivenFactors | undefined
  readonly embeddings?: ItemVectors | undefined
}

/** Everything that a bundle packs but what is said about it. */
export type BundleColumns = Omit<PackInput, 'head' | 'data' | 'quality'>

type Columns = Omit<BundleColumns, 'generation' | 'settings' | 'encoder'>

/** Lays out what cards say beside what was learned. */
export function packColumns(
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
