import type { Dataset } from '../evaluate/dataset.ts'
import { judgeCases } from '../evaluate/judge.ts'
import type { ListingModel } from '../evaluate/model.ts'
import { recommendAll } from '../evaluate/recommend-all.ts'
import { learnServed, serve } from '../evaluate/served.ts'
import { openShop, type OpenedShop } from '../open-shop.ts'
import { withDefaults } from '../settings-file.ts'
import { keyOf, settingsOf, type Point } from './point.ts'
import type { Trial } from './trial-journal.ts'

const k = 20

/** Learns bundles of a dataset's training, and asks them as a page does. What was learned last is asked again without learning. */
export function createMeasure(dataset: Dataset, seed: number): (point: Point) => Promise<Trial> {
  const learned = new Map<string, OpenedShop>()
  return async (point) => {
    const { settings, learning } = withDefaults(settingsOf(point))
    const key = keyOf(Object.fromEntries(Object.entries(point).filter(([path]) => isLearned(path))))
    const opened = learned.get(key) ?? (await openShop(await learnServed(dataset, { settings, learning }, { seed })))
    // The one that is gone on from, and the one that is tried.
    learned.delete(key)
    learned.set(key, opened)
    for (const old of [...learned.keys()].slice(0, -2)) learned.delete(old)
    const model: ListingModel = { ...serve(opened.shop, dataset.items, settings), bytes: opened.bytes }
    const { lists } = await recommendAll({ recommend: model.recommend, bytes: model.bytes }, dataset.cases, {
      items: dataset.training.items,
      count: k,
      hide: dataset.hide,
    })
    const wanted = dataset.cases.map((shopper) => shopper.wanted)
    const columns = judgeCases(lists, wanted, [k])
    return { ndcg: columns.get(`ndcg@${k}`)!, recall: columns.get(`recall@${k}`)!, bytes: opened.bytes }
  }
}

/** Strengths count when the bundle is learned, too. */
function isLearned(path: string): boolean {
  return path.startsWith('learning.') || path.startsWith('settings.strengths.')
}
