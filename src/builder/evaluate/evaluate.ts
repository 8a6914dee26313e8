import { WindowshopError } from '../../errors.ts'
import type { Progress } from '../progress.ts'
import { describeLists, type Catalogue, type CatalogueQuality } from './catalogue-metrics.ts'
import { coldStartCurve, type ColdStartPoint } from './cold-start.ts'
import type { Dataset } from './dataset.ts'
import { groupsOf, judgeGroup, type GroupQuality } from './groups.ts'
import { judge, type Quality } from './judge.ts'
import type { Model } from './model.ts'
import { recommendAll } from './recommend-all.ts'

export interface Evaluation {
  readonly dataset: DatasetSummary
  readonly models: Readonly<Record<string, ModelReport>>
}

export interface DatasetSummary {
  readonly name: string
  readonly task: string
  readonly split: 'validation' | 'test'
  readonly items: number
  readonly sequences: number
  readonly events: number
  readonly cases: number
}

export interface ModelReport {
  /** Hit rate and mean reciprocal rank of the first 20, in percent. */
  readonly hr20: number
  readonly mrr20: number
  readonly bytes: number
  readonly train_seconds: number
  /** Milliseconds a recommendation takes, on average. */
  readonly milliseconds: number
  /** `hit@20`, `recall@10`, ..., `auc`: shares from 0 to 1, with 95 % intervals. */
  readonly quality: Quality
  readonly catalogue: CatalogueQuality
  readonly groups: readonly GroupQuality[]
  readonly cold_start: readonly ColdStartPoint[]
}

export interface EvaluateOptions {
  readonly seed: number
  /** Lengths of the lists that are judged. */
  readonly ks: readonly number[]
  readonly progress: Progress
}

/** Trains each model on the same training and asks it the same questions. */
export async function evaluate(
  name: string,
  dataset: Dataset,
  models: readonly Model[],
  options: EvaluateOptions,
): Promise<Evaluation> {
  const { training, cases, task, split } = dataset
  const { offsets, rows } = training.sequences
  const reports: [string, ModelReport][] = []
  for (const model of models) reports.push([model.name, await evaluateModel(dataset, model, options)])
  return {
    dataset: {
      name,
      task,
      split,
      items: training.items,
      sequences: offsets.length - 1,
      events: rows.length,
      cases: cases.length,
    },
    models: Object.fromEntries(reports),
  }
}

/** The models of these names, in this order; all without names. Throws `option-invalid`. */
export function chooseModels(models: readonly Model[], names: readonly string[] | undefined): readonly Model[] {
  return (
    names?.map((name) => {
      const model = models.find((model) => model.name === name)
      if (model) return model
      const expected = models.map((model) => model.name).join(', ')
      throw new WindowshopError('option-invalid', { where: '--models', expected, got: name })
    }) ?? models
  )
}

async function evaluateModel(dataset: Dataset, model: Model, options: EvaluateOptions): Promise<ModelReport> {
  const { training, cases } = dataset
  const { seed, ks, progress } = options
  const start = performance.now()
  const fitted = await model.fit(training, { seed, onProgress: progress.stage(`Training ${model.name}`) })
  const trained = performance.now()
  const { lists, auc } = await recommendAll(fitted, cases, {
    items: training.items,
    count: Math.max(...ks),
    hide: dataset.hide,
    onProgress: progress.stage(`Asking ${model.name}`),
  })
  const asked = performance.now()
  const wanted = cases.map((shopper) => shopper.wanted)
  const quality = judge(lists, wanted, { ks, seed, ...(hasNumbers(auc) && { more: { auc } }) })
  const k = ks.includes(20) ? 20 : Math.max(...ks)
  return {
    hr20: percent(quality['hit@20']?.value ?? NaN),
    mrr20: percent(quality['mrr@20']?.value ?? NaN),
    bytes: fitted.bytes,
    train_seconds: Math.round((trained - start) / 10) / 100,
    milliseconds: Math.round((1e3 * (asked - trained)) / cases.length) / 1e3,
    quality,
    catalogue: describeLists(
      lists.map((list) => Array.from(list).slice(0, k)),
      catalogueOf(dataset),
    ),
    groups: groupsOf(dataset).map((group) => judgeGroup(group, lists, { k, seed })),
    cold_start: await coldStartCurve(fitted, dataset, { k, seed }),
  }
}

function percent(share: number): number {
  return Math.round(share * 1e4) / 100
}

function hasNumbers(values: Float64Array): boolean {
  return values.some((value) => !Number.isNaN(value))
}

/** Popularity of the items in the training, and how far apart they are by content. */
function catalogueOf({ training: { items, sequences, content } }: Dataset): Catalogue {
  const popularity = new Uint32Array(items)
  const { offsets, rows } = sequences
  for (let s = 0; s + 1 < offsets.length; s++) {
    for (const row of new Set(rows.subarray(offsets[s], offsets[s + 1]))) popularity[row]!++
  }
  const base = { items, popularity, sequences: offsets.length - 1 }
  if (!content || content.indices.length === 0) return base
  const maps = Array.from({ length: content.rows }, (_, row) => {
    const own = new Map<number, number>()
    for (let at = content.offsets[row]!; at < content.offsets[row + 1]!; at++)
      own.set(content.indices[at]!, content.values[at]!)
    return own
  })
  const distance = (a: number, b: number) => {
    let product = 0
    for (const [token, value] of maps[a]!) product += value * (maps[b]!.get(token) ?? 0)
    return 1 - product
  }
  return { ...base, distance }
}
