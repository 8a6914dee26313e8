// `npm run --silent bench:shelves -- [--items N] [--limit N] [--runs N] [--json]`: what a page of four shelves costs beside a page of one:
// the scan of all items, and the whole request with its log, masks, arrangement, cards and explanations. In Node, WebAssembly, one thread.
import { parseArgs } from 'node:util'
import type { EventRecord } from '../src/core/event.ts'
import { createFold } from '../src/core/fold.ts'
import { createRandom } from '../src/core/random.ts'
import type { ShelfRequest } from '../src/core/shelf.ts'
import { answerPage } from '../src/pipeline/answer-page.ts'
import type { Scorer } from '../src/scoring/scorer.ts'
import { startScorer } from '../src/scoring/start-scorer.ts'
import { median } from './live/percentiles.ts'
import { madeShop } from './shelves/made-shop.ts'

const { values } = parseArgs({
  options: {
    items: { type: 'string', default: '100000' },
    limit: { type: 'string', default: '12' },
    events: { type: 'string', default: '60' },
    runs: { type: 'string', default: '200' },
    json: { type: 'boolean', default: false },
  },
})
const [items, limit, events, runs] = [values.items, values.limit, values.events, values.runs].map(Number) as [
  number,
  number,
  number,
  number,
]

const bundle = await madeShop(items, 1)
const started = startScorer(bundle.table)
let scanned = 0
const scorer: Scorer = {
  ...started,
  async topK(queries) {
    const begin = performance.now()
    const answers = await started.topK(queries)
    scanned = performance.now() - begin
    return answers
  },
}

const random = createRandom(2)
const noon = Date.UTC(2026, 2, 14, 12)
const someItem = () => `item-${Math.floor(random() * items)}`
const log = Array.from({ length: events }, (_, i): EventRecord => {
  const time = noon - (events - i) * 600_000
  return {
    seq: i + 1,
    id: `e${i}`,
    profile: 'default',
    time,
    kind: i % 9 ? 'view_item' : 'add_to_cart',
    item: someItem(),
  }
})
const one: ShelfRequest[] = [{ placement: 'for-you', limit }]
const four: ShelfRequest[] = [
  ...one,
  { placement: 'similar', item: someItem(), limit },
  { placement: 'trending', limit },
  { placement: 'new', limit },
]

interface Times {
  readonly scan: number[]
  readonly request: number[]
}
const times: readonly [Times, Times] = [
  { scan: [], request: [] },
  { scan: [], request: [] },
]
const warmUp = 20
for (let run = 0; run < warmUp + runs; run++) {
  // In turns, and each after an event: what a shopper does is never the same twice.
  for (const [i, requests] of [one, four].entries()) {
    const fold = createFold()
    fold.append(log)
    const last = { ...log[0]!, seq: events + 1, id: `now${run}`, time: noon, item: someItem() }
    fold.append([last])
    const begin = performance.now()
    await answerPage({ bundle, scorer }, fold, requests, noon)
    if (run < warmUp) continue
    times[i]!.request.push(performance.now() - begin)
    times[i]!.scan.push(scanned)
  }
}

const row = (name: keyof Times) => {
  const [alone, all] = times.map((each) => median(each[name])) as [number, number]
  return { one_shelf_ms: round(alone), four_shelves_ms: round(all), ratio: round(all / alone) }
}
const result = { items, limit, runs, scorer: started.name, scan: row('scan'), request: row('request') }
if (values.json) console.log(JSON.stringify(result))
else console.table({ scan: result.scan, request: result.request })

function round(value: number): number {
  return Number(value.toFixed(3))
}
