// Chooses how long the rows of new items are, on the validation days of Online Retail: a tenth of the items is hidden as if it had come
// when the training ended, and customers are asked for these items, and for all that they wanted, by what is known of them without the hidden
// ones. `--lengths 0,1,1.25,1.5`; 0 leaves rows and trend as they were predicted and counted.
import { parseArgs } from 'node:util'
import { judge } from '../src/builder/evaluate/judge.ts'
import type { Case } from '../src/builder/evaluate/model.ts'
import { hideItems } from '../src/builder/evaluate/new-items.ts'
import { recommendAll } from '../src/builder/evaluate/recommend-all.ts'
import { openDataset } from '../src/builder/evaluate/run-evaluation.ts'
import { servedModel } from '../src/builder/evaluate/served.ts'
import { defaultLearning } from '../src/builder/learn/learning-settings.ts'
import { silent } from '../src/builder/progress.ts'
import { onlineRetail, onlineRetailMap } from './online-retail/purchases.ts'

const { values } = parseArgs({ options: { lengths: { type: 'string', default: '0,1,1.25,1.5' } } })
const k = 20
const seed = 1
const log = { events: onlineRetail, map: onlineRetailMap, days: 30, validation: true }
const dataset = await openDataset(log, silent)
const { training, cases, hidden } = hideItems(dataset, seed)
const all = hideItems(dataset, seed, { wanted: 'all' }).cases
for (const length of values.lengths.split(',').map(Number)) {
  const { fresh: _, ...undated } = training
  const learning = { ...defaultLearning, fresh: { ...defaultLearning.fresh, length } }
  const model = await servedModel(dataset.items, { learning }).fit(length === 0 ? undated : training, { seed })
  const ofNew = await ask(cases)
  const ofAll = await ask(all)
  console.log(
    `length ${length}: recall of new items ${ofNew.recall}, of all ${ofAll.recall}, NDCG of all ${ofAll.ndcg}, ${ofAll.places} new items a list`,
  )

  async function ask(asked: readonly Case[]) {
    const { lists } = await recommendAll(model, asked, { items: training.items, count: k, hide: dataset.hide })
    const wanted = asked.map((shopper) => shopper.wanted)
    const quality = judge(lists, wanted, { ks: [k], seed })
    const places = lists.reduce((sum, list) => sum + Array.from(list).filter((row) => hidden.has(row)).length, 0)
    const shown = (name: string) => quality[`${name}@${k}`]!.value.toFixed(4)
    return { recall: shown('recall'), ndcg: shown('ndcg'), places: (places / lists.length).toFixed(1) }
  }
}
