import { parseArgs } from 'node:util'
import { createRandom } from '../src/core/random.ts'
import { cosineOverBaskets, mostPopular, recentPopular } from './online-retail/baselines.ts'
import { score, splitInTime, type Recommend } from './online-retail/next-items.ts'
import { readPurchases } from './online-retail/purchases.ts'
import { buildOnlineRetail, servedForYou } from './online-retail/served.ts'

// Which new items do customers buy next? The served pipeline against three rivals, on a split in time of a real log.
const { values } = parseArgs({ options: { json: { type: 'boolean' }, validation: { type: 'boolean' } } })
const split = splitInTime(readPurchases(), { days: 30, skip: values.validation ? 30 : 0 })
const bundle = await buildOnlineRetail({ until: split.cutoff })
const methods: Record<string, Recommend> = {
  'most popular': mostPopular(split),
  'recent popular': recentPopular(split),
  'cosine over baskets': cosineOverBaskets(split),
  windowshop: servedForYou(bundle, split.cutoff),
}
const rows = []
for (const [method, recommend] of Object.entries(methods)) {
  rows.push({ method, ...(await score(split.cases, recommend, createRandom(1))) })
}
if (values.json)
  console.log(JSON.stringify({ split: values.validation ? 'validation' : 'test', customers: split.cases.length, rows }))
else {
  console.log(
    `${split.cases.length} customers, ${values.validation ? 'validation' : 'test'} days from ${new Date(split.cutoff).toISOString()}`,
  )
  const percent = ([low, high]: readonly [number, number]) => `(${low.toFixed(4)} to ${high.toFixed(4)})`
  for (const { method, recall20, ndcg20, recall20Interval, ndcg20Interval } of rows) {
    console.log(
      `${method.padEnd(20)} recall@20 ${recall20.toFixed(4)} ${percent(recall20Interval)}  ndcg@20 ${ndcg20.toFixed(4)} ${percent(ndcg20Interval)}`,
    )
  }
}
