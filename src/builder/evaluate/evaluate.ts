import { WindowshopError } from '../../errors.ts'
import type { Progress } from '../progress.ts'
import { catalogueOf, describeLists, type CatalogueQuality } from './catalogue-metrics.ts'
import { coldStartCurve, type ColdStartPoint } from './cold-start.ts'
import type { Dataset } from './dataset.ts'
import { gapBetween, type Gap, type ModelLists } from './gap.ts'
import { groupsOf, judgeGroup, type GroupQuality } from './groups.ts'
import { judge, type Quality } from './judge.ts'
import type { Model, TrainingPoint } from './model.ts'
import { judgeNewItems, type NewItems } from './new-items.ts'
import { recommendAll } from './recommend-all.ts'

export interface Evaluation {
  readonly dataset: DatasetSummary
  readonly models: Readonly<Record<string, ModelReport>>
  /** Absent where there is no catalogue to know new items by. */
  readonly new_items?: NewItems
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
  /** How training went, for models that learn in epochs. */
  readonly training?: readonly TrainingPoint[]
  /** How much better the first model is than this one. */
  readonly gap: Gap
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
  let first: ModelLists | undefined
  for (const model of models) {
    const { lists, report } = await evaluateModel(dataset, model, options)
    first ??= lists
    reports.push([
      model.name,
      { ...report, gap: gapBetween([first, lists], { cases, k: lengthOf(options.ks), seed: options.seed }) },
    ])
  }
  const newItems = await judgeNewItems(dataset, models, { ...options, k: lengthOf(options.ks) })
  return {
    ...(newItems && { new_items: newItems }),
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

async function evaluateModel(
  dataset: Dataset,
  model: Model,
  options: EvaluateOptions,
): Promise<{ lists: ModelLists; report: Omit<ModelReport, 'gap'> }> {
  const { training, cases } = dataset
  const { seed, ks, progress } = options
  const start = performance.now()
  const fitted = await model.fit(training, { seed, onProgress: progress.stage(`Training ${model.name}`) })
  const trained = performance.now()
  const { lists, auc, milliseconds } = await recommendAll(fitted, cases, {
    items: training.items,
    count: Math.max(...ks),
    hide: dataset.hide,
    onProgress: progress.stage(`Asking ${model.name}`),
  })
  const wanted = cases.map((shopper) => shopper.wanted)
  const quality = judge(lists, wanted, { ks, seed, ...(hasNumbers(auc) && { more: { auc } }) })
  const k = lengthOf(ks)
  const compared = lists.map((list) => Array.from(list).slice(0, k))
  const report = {
    hr20: percent(quality['hit@20']?.value ?? NaN),
    mrr20: percent(quality['mrr@20']?.value ?? NaN),
    bytes: fitted.bytes,
    train_seconds: Math.round((trained - start) / 10) / 100,
    milliseconds: Math.round(1e3 * milliseconds) / 1e3,
    quality,
    catalogue: describeLists(compared, catalogueOf(dataset)),
    groups: groupsOf(dataset).map((group) => judgeGroup(group, lists, { k, seed })),
    cold_start: await coldStartCurve(fitted, dataset, { k, seed }),
    ...(fitted.curve && { training: fitted.curve }),
  }
  return { lists: compared, report }
}

/** The length of the lists that are described. */
function lengthOf(ks: readonly number[]): number {
  return ks.includes(20) ? 20 : Math.max(...ks)
}

function percent(share: number): number {
  return Math.round(share * 1e4) / 100
}

function hasNumbers(values: Float64Array): boolean {
  return values.some((value) => !Number.isNaN(value))
}
