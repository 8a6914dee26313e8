// What rounding the rows to int8 costs, metric by metric, on data that nothing was learned from: the same bundle, asked through the
// pipeline of the page, on its int8 table and on the float32 rows that it was made of. Intervals are of the paired differences, case by
// case: one that holds 0 is chance. Of a real shop's log, or of the sample shop with its encoder (`--sample`), or of numbered sessions
// (`--sessions FILE`), on which the encoder is trained for `--epochs`, 6 by default. `--cases` at most so many, `--json`.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { bootstrapMeans, meanOf } from '../src/builder/evaluate/bootstrap.ts'
import type { Dataset } from '../src/builder/evaluate/dataset.ts'
import { floatTwin } from '../src/builder/evaluate/float-twin.ts'
import { judgeCases } from '../src/builder/evaluate/judge.ts'
import { numberedOptions } from '../src/builder/evaluate/numbered-options.ts'
import { recommendAll } from '../src/builder/evaluate/recommend-all.ts'
import { openDataset } from '../src/builder/evaluate/run-evaluation.ts'
import { learnServed, serve } from '../src/builder/evaluate/served.ts'
import { openShop } from '../src/builder/open-shop.ts'
import { silent } from '../src/builder/progress.ts'
import { generateShop } from '../src/builder/sample/generate-shop.ts'
import { sampleEncoder } from '../src/builder/sample/sample-encoder.ts'
import { writeShop } from '../src/builder/sample/write-shop.ts'
import type { AssembleWithEncoder } from '../src/builder/with-encoder.ts'
import type { Shop } from '../src/pipeline/shop.ts'
import { onlineRetail, onlineRetailMap } from './online-retail/purchases.ts'

const { values } = parseArgs({
  options: {
    sample: { type: 'boolean', default: false },
    sessions: { type: 'string' },
    epochs: { type: 'string', default: '6' },
    cases: { type: 'string', default: '5000' },
    json: { type: 'boolean', default: false },
  },
})
const seed = 1
const dataset = await open()
const step = Math.max(1, Math.ceil(dataset.cases.length / Number(values.cases)))
const cases = dataset.cases.filter((_, at) => at % step === 0)
const columns = await learnServed(dataset, options(), { seed })
const opened = await openShop(columns)
const [int8, float32] = [await quality(opened.shop), await quality(await floatTwin(opened, columns))]
const names = [...float32.keys()]
const differences = names.map((name) => float32.get(name)!.map((value, at) => value - int8.get(name)![at]!))
const intervals = bootstrapMeans(differences, { seed })
const metrics = names.map((metric, at) => {
  const value = meanOf(float32.get(metric)!)
  const [low, high] = intervals[at]!
  const loss = meanOf(differences[at]!) / value
  return { metric, float32: value, int8: meanOf(int8.get(metric)!), loss, interval: [low / value, high / value] }
})
const worst = Math.max(...metrics.map(({ loss }) => loss))
if (values.json) console.log(JSON.stringify({ cases: cases.length, worst, metrics }))
else {
  for (const { metric, float32, int8, loss, interval } of metrics) {
    const means = `float32 ${float32.toFixed(5)}, int8 ${int8.toFixed(5)}`
    console.log(`${metric.padEnd(13)} ${means}, loss ${percent(loss)} (${interval.map(percent).join(' to ')})`)
  }
  console.log(`largest loss ${percent(worst)}, ${cases.length} cases`)
}

/** Every metric, by case. */
async function quality(shop: Shop): Promise<Map<string, Float64Array>> {
  const model = { ...serve(shop, dataset.items), bytes: 0 }
  const { lists } = await recommendAll(model, cases, { items: dataset.training.items, count: 20, hide: dataset.hide })
  const wanted = cases.map((shopper) => shopper.wanted)
  return judgeCases(lists, wanted, [5, 10, 20])
}

function options(): AssembleWithEncoder {
  if (values.sessions === undefined) return { encoder: values.sample && sampleEncoder }
  const own = numberedOptions(dataset.hide)
  if (!own.encoder || !('learning' in own.encoder)) return own
  const learning = { ...own.encoder.learning, epochs: Number(values.epochs) }
  return { ...own, encoder: { ...own.encoder, learning } }
}

async function open(): Promise<Dataset> {
  if (values.sessions !== undefined) return openDataset({ sessions: values.sessions, days: 30 }, silent)
  if (!values.sample) {
    return openDataset({ events: onlineRetail, map: onlineRetailMap, days: 30, validation: true }, silent)
  }
  const folder = await mkdtemp(join(tmpdir(), 'windowshop-sample-'))
  try {
    await writeShop(generateShop({ items: 2000, seed: 1 }), folder, { pictures: false })
    const files = { events: join(folder, 'events.jsonl'), catalogue: join(folder, 'catalogue.csv') }
    return await openDataset({ ...files, days: 7, validation: true }, silent)
  } finally {
    await rm(folder, { recursive: true })
  }
}

function percent(share: number): string {
  return `${(100 * share).toFixed(2)} %`
}
