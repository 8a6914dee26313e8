import { parseArgs } from 'node:util'
import { assembleColumns } from '../src/builder/assemble-bundle.ts'
import { catalogueFromLog } from '../src/builder/clean/catalogue-from-log.ts'
import { cleanLog } from '../src/builder/clean/clean-log.ts'
import { createReport } from '../src/builder/clean/report.ts'
import { addDeltas } from '../src/builder/delta/add-deltas.ts'
import { updateSize } from '../src/builder/delta/update-size.ts'
import { openGeneration, type Generation } from '../src/builder/generation/generation.ts'
import { defaultLearning } from '../src/builder/learn/learning-settings.ts'
import { openShop } from '../src/builder/open-shop.ts'
import { openRows } from '../src/builder/read/open-rows.ts'
import { readEvents } from '../src/builder/read/read-events.ts'
import { packBundle } from '../src/bundle/pack.ts'
import { createRandom } from '../src/core/random.ts'
import { score, splitInTime } from './online-retail/next-items.ts'
import { onlineRetail, onlineRetailMap, readPurchases } from './online-retail/purchases.ts'
import { servedForYou } from './online-retail/served.ts'

// What a step of a day costs and loses by how much may stay as it was, on the validation days (`--test`: on the test's, for the report).
// `--tolerances '{"collaborative":0.3}'` may stand several times; `--head` is the share of rows in the head.
const { values } = parseArgs({
  options: {
    tolerances: { type: 'string', multiple: true, default: ['{}'] },
    test: { type: 'boolean' },
    days: { type: 'string', default: '1' },
  },
})
const split = splitInTime(readPurchases(), { days: 30, skip: values.test ? 0 : 30 })
const read = await readEvents(await openRows(onlineRetail), { map: onlineRetailMap, carriesCatalogue: true })
const dayMs = 86_400_000

function build(until: number, more: { generation?: Generation; tolerances?: object } = {}) {
  const lines = cleanLog(
    read.filter(({ time }) => time < until),
    createReport(),
  )
  const items = catalogueFromLog(lines, createReport())
  const listed = new Set(items.map(({ id }) => id))
  const learning = { ...defaultLearning, tolerances: { ...defaultLearning.tolerances, ...more.tolerances } }
  const about = { items, lines: lines.filter(({ item }) => listed.has(item)) }
  return assembleColumns(about, { learning, generation: more.generation }).columns
}

const pack = (columns: ReturnType<typeof build>) =>
  packBundle({ ...columns, data: {}, quality: {}, head: Math.floor(columns.ids.length / 4) })

const earlier = build(split.cutoff - Number(values.days) * dayMs)
const previous = { ...(await pack(earlier)), bundle: (await openShop(earlier)).shop.bundle }
const generation = openGeneration(previous)
const recallOf = async (columns: ReturnType<typeof build>) =>
  score(split.cases, servedForYou((await openShop(columns)).shop.bundle, split.cutoff), createRandom(1))
const anew = await recallOf(build(split.cutoff))
console.log(`learned anew: recall@20 ${anew.recall20.toFixed(4)}, ndcg@20 ${anew.ndcg20.toFixed(4)}`)
for (const given of values.tolerances) {
  const columns = build(split.cutoff, { generation, tolerances: JSON.parse(given) as object })
  const { bytes, again } = updateSize(await addDeltas(await pack(columns), previous), previous.manifest)
  const { recall20, ndcg20 } = await recallOf(columns)
  const loss = (own: number, other: number) => `${(100 * (1 - own / other)).toFixed(2)} %`
  console.log(
    `${given}: ${((100 * again) / bytes).toFixed(1)} % again; recall@20 ${recall20.toFixed(4)} (loss ${loss(recall20, anew.recall20)}), ndcg@20 ${ndcg20.toFixed(4)} (loss ${loss(ndcg20, anew.ndcg20)})`,
  )
}
