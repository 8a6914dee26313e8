import { WindowshopError } from '../errors.ts'
import { dayOf } from './day-of.ts'
import { mostPopular } from './evaluate/baselines/most-popular.ts'
import type { Dataset } from './evaluate/dataset.ts'
import { describeLists, catalogueOf } from './evaluate/catalogue-metrics.ts'
import { judge } from './evaluate/judge.ts'
import type { FittedModel } from './evaluate/model.ts'
import { recommendAll } from './evaluate/recommend-all.ts'
import { continuedModel, servedModel } from './evaluate/served.ts'
import { shopDataset } from './evaluate/shop-dataset.ts'
import { dayMs } from './learn/interactions.ts'
import type { CatalogueLines } from './read/read-catalogue.ts'
import type { LogLine } from './read/read-events.ts'
import { roundCount } from './round-count.ts'
import type { AssembleWithEncoder } from './with-encoder.ts'

/** Quality as a manifest tells it: shares from 0 to 1, and words. */
export type QualitySummary = Readonly<Record<string, number | string>>

const k = 20
/** Customers who are asked about, evenly spread over all; and those below whom nothing is told. */
const most = 1000
const fewest = 50

export interface MeasureOptions extends AssembleWithEncoder {
  readonly seed: number
  /** Also measure what goes on from a bundle of so many days before, beside one that was learned anew. */
  readonly step?: number | undefined
  readonly onProgress?: (done: number) => void
}

/**
 * How good a bundle of this log would have been: learned without the log's last days (30, or a fifth of a shorter log), and asked what
 * customers bought for the first time in them. Empty where fewer than 50 customers did. The numbers describe a bundle that is
 * those days younger; the one that is shipped learns from all days.
 */
export async function measureQuality(
  { log, catalogue }: { readonly log: readonly LogLine[]; readonly catalogue: CatalogueLines | undefined },
  { seed, onProgress, step, ...options }: MeasureOptions,
): Promise<QualitySummary> {
  const times = log.flatMap(({ time }) => (Number.isNaN(time) ? [] : [time]))
  const [first, last] = times.reduce(([low, high], time) => [Math.min(low, time), Math.max(high, time)], [
    Infinity,
    -Infinity,
  ] as [number, number])
  const days = Math.min(30, Math.floor((last - first) / dayMs / 5))
  const dataset = days >= 1 ? openDataset(log, catalogue, days) : undefined
  if (!dataset || dataset.cases.length < fewest) return {}
  const { training, items } = dataset
  const served = await servedModel(items, options).fit(training, { seed, ...(onProgress && { onProgress }) })
  const own = await measure(served, dataset)
  const popular = await measure(await mostPopular.fit(training, { seed }), dataset)
  const kept = step && (await measure(await continuedModel(items, options, step).fit(training, { seed }), dataset))
  return {
    question: dataset.task,
    from: dayOf(last + 1 - days * dayMs),
    to: dayOf(last),
    customers: roundCount(dataset.cases.length),
    'recall@20': (kept || own).recall,
    'ndcg@20': (kept || own).ndcg,
    'hit@20': (kept || own).hit,
    coverage: (kept || own).coverage,
    ...(kept && { 'recall@20 learned anew': own.recall }),
    'recall@20 of best sellers': popular.recall,
  }
}

function openDataset(
  log: readonly LogLine[],
  catalogue: CatalogueLines | undefined,
  days: number,
): Dataset | undefined {
  try {
    const dataset = shopDataset({ log, catalogue }, { days, validation: false })
    const step = Math.ceil(dataset.cases.length / most)
    return { ...dataset, cases: dataset.cases.filter((_, at) => at % step === 0) }
  } catch (error) {
    if (error instanceof WindowshopError && error.code === 'input-empty') return undefined
    throw error
  }
}

async function measure(model: FittedModel, dataset: Dataset) {
  const { training, cases, hide } = dataset
  const { lists } = await recommendAll(model, cases, { items: training.items, count: k, hide })
  const quality = judge(
    lists,
    cases.map(({ wanted }) => wanted),
    { ks: [k], seed: 1, resamples: 1 },
  )
  const share = (value: number) => Math.round(value * 1e4) / 1e4
  return {
    recall: share(quality[`recall@${k}`]!.value),
    ndcg: share(quality[`ndcg@${k}`]!.value),
    hit: share(quality[`hit@${k}`]!.value),
    coverage: share(describeLists(lists, catalogueOf(dataset)).coverage),
  }
}
