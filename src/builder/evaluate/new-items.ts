import { createRandom } from '../../core/random.ts'
import type { Progress } from '../progress.ts'
import type { Dataset } from './dataset.ts'
import { judge, type Estimate } from './judge.ts'
import type { Case, Model } from './model.ts'
import { recommendAll } from './recommend-all.ts'
import type { Sequences } from './sequences.ts'

/** How well models find items that nobody has dealt with before, from what the catalogue says of them. */
export interface NewItems {
  /** Items that were hidden, as if they had come today, and shoppers who wanted one of them. */
  readonly items: number
  readonly cases: number
  /** Share of the wanted hidden items that stand in a list of k of the whole catalogue. */
  readonly recall: Readonly<Record<string, Estimate>>
}

/** Share of the items that are hidden. */
const hiddenShare = 0.1
/** Others know of no item without events; the most popular are what one expects of them. */
const asked = ['windowshop', 'content', 'hybrid', 'popular']

/**
 * Trains models again without any event of a tenth of the items, and asks those who wanted one of these; undefined where the catalogue
 * says nothing, or nobody did.
 */
export async function judgeNewItems(
  dataset: Dataset,
  models: readonly Model[],
  { k, seed, progress }: { k: number; seed: number; progress: Progress },
): Promise<NewItems | undefined> {
  const able = models.filter(({ name }) => asked.includes(name))
  if (able.length === 0 || !dataset.training.content?.indices.length) return undefined
  const { training, cases, hidden } = hideItems(dataset, seed)
  if (cases.length === 0) return undefined
  const recall: Record<string, Estimate> = {}
  for (const model of able) {
    const onProgress = progress.stage(`Training ${model.name} without some items`)
    const fitted = await model.fit(training, { seed, onProgress })
    const { lists } = await recommendAll(fitted, cases, { items: training.items, count: k, hide: dataset.hide })
    const wanted = cases.map((shopper) => shopper.wanted)
    recall[model.name] = judge(lists, wanted, { ks: [k], seed })[`recall@${k}`]!
  }
  return { items: hidden.size, cases: cases.length, recall }
}

/**
 * Takes every event of some items out of the training and out of what is known of shoppers, and asks for these items alone, or for all
 * that were wanted.
 */
export function hideItems(
  { training, cases, items }: Pick<Dataset, 'training' | 'cases' | 'items'>,
  seed: number,
  { wanted: asked = 'hidden' }: { wanted?: 'hidden' | 'all' } = {},
): Pick<Dataset, 'training' | 'cases'> & { readonly hidden: ReadonlySet<number> } {
  const random = createRandom(seed)
  const listed = [...new Set(training.sequences.rows)].filter((row) => row < items.length).sort((a, b) => a - b)
  const hidden = new Set(listed.filter(() => random() < hiddenShare))
  const left = cases.flatMap((shopper): Case[] => {
    const wanted = asked === 'all' ? shopper.wanted : shopper.wanted.filter((row) => hidden.has(row))
    if (wanted.length === 0) return []
    const { times, kinds, ...rest } = shopper
    const kept = [...shopper.rows.keys()].filter((at) => !hidden.has(shopper.rows[at]!))
    return [{ ...rest, rows: pick(shopper.rows, kept), wanted, ...pickColumns({ times, kinds }, kept) }]
  })
  return {
    training: { ...training, sequences: without(training.sequences, hidden), fresh: hidden },
    cases: left,
    hidden,
  }
}

function without({ offsets, rows, times, kinds }: Sequences, hidden: ReadonlySet<number>): Sequences {
  const kept = [...rows.keys()].filter((at) => !hidden.has(rows[at]!))
  const before = new Uint32Array(rows.length + 1)
  for (const [at, row] of rows.entries()) before[at + 1] = before[at]! + (hidden.has(row) ? 0 : 1)
  return {
    offsets: offsets.map((offset) => before[offset]!),
    rows: pick(rows, kept),
    ...pickColumns({ times, kinds }, kept),
  }
}

function pick(rows: Uint32Array, kept: readonly number[]): Uint32Array {
  return Uint32Array.from(kept, (at) => rows[at]!)
}

function pickColumns(
  { times, kinds }: { times: Float64Array | undefined; kinds: Case['kinds'] | undefined },
  kept: readonly number[],
): Pick<Case, 'times' | 'kinds'> {
  return {
    ...(times && { times: Float64Array.from(kept, (at) => times[at]!) }),
    ...(kinds && { kinds: kept.map((at) => kinds[at]!) }),
  }
}
