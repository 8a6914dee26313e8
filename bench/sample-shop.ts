// What an encoder brings to the sample shop, whose truth is known: mean latent utility of the for-you list, after so many views, of
// shoppers that tests do not ask (seeds from 1,000 on). `--shoppers`, `--json`.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { buildInto } from '../src/builder/build-bundle.ts'
import { readBundle } from '../src/builder/inspect-bundle.ts'
import { silent } from '../src/builder/progress.ts'
import { generateShop } from '../src/builder/sample/generate-shop.ts'
import { sampleEncoder } from '../src/builder/sample/sample-encoder.ts'
import { writeShop } from '../src/builder/sample/write-shop.ts'
import { createFold } from '../src/core/fold.ts'
import { openEncoder } from '../src/models/open-encoder.ts'
import { answerPage } from '../src/pipeline/answer-page.ts'
import type { Shop } from '../src/pipeline/shop.ts'
import { createWasmScorer } from '../src/scoring/wasm-scorer.ts'

const { values } = parseArgs({
  options: { shoppers: { type: 'string', default: '1000' }, json: { type: 'boolean', default: false } },
})
const count = Number(values.shoppers)
const firstSeed = 1000
const listLength = 8
const viewCounts = [1, 2, 3, 5, 8, 10]

const sample = generateShop({ items: 2000, seed: 1 })
const folder = await mkdtemp(join(tmpdir(), 'windowshop-sample-'))
try {
  await writeShop(sample, folder, { pictures: false })
  const byAge = await utilities(await build(false))
  const byEncoder = await utilities(await build(sampleEncoder))
  const rows = viewCounts.map((views, i) => ({ views, byAge: byAge[i]!, ...compare(byEncoder[i]!, byAge[i]!) }))
  const table = rows.map(({ views, byAge, gain, half }) => ({ views, byAge: mean(byAge), gain, half }))
  if (values.json) console.log(JSON.stringify(table))
  else
    for (const { views, byAge, gain, half } of table) {
      console.log(`${views} views: by age ${byAge.toFixed(4)}, encoder ${gain.toFixed(4)} +- ${half.toFixed(4)} more`)
    }
} finally {
  await rm(folder, { recursive: true })
}

async function build(encoder: typeof sampleEncoder | false): Promise<Shop> {
  const out = join(folder, encoder ? 'encoder' : 'age')
  const files = { events: join(folder, 'events.jsonl'), catalogue: join(folder, 'catalogue.csv') }
  const start = performance.now()
  const summary = await buildInto(out, { ...files, encoder }, silent)
  const seconds = (performance.now() - start) / 1000
  console.error(`${encoder ? 'with' : 'without'} an encoder: ${seconds.toFixed(0)} s, ${summary.bytes} bytes`)
  const { bundle, files: parts } = await readBundle(out)
  const opened =
    bundle.manifest.encoder && (await openEncoder(bundle, parts, () => import('../src/models/late-tensorflow.ts')))
  return { bundle, scorer: createWasmScorer(bundle.table), encoder: opened }
}

/** By count of views, then by shopper. */
async function utilities(shop: Shop): Promise<number[][]> {
  const all: number[][] = []
  for (const views of viewCounts) {
    const own: number[] = []
    for (let seed = firstSeed; seed < firstSeed + count; seed++) {
      const shopper = sample.truth.sampleShopper(seed)
      const fold = createFold()
      fold.append(
        shopper.views.slice(0, views).map((item, i) => ({
          seq: i + 1,
          id: `view-${i}`,
          profile: 'default',
          kind: 'view_item',
          item,
          time: sample.until + i * 20_000,
        })),
      )
      const request = { placement: 'for-you', limit: listLength } as const
      const [shelf] = await answerPage(shop, fold, [request], sample.until + views * 20_000)
      if (!shelf || !('items' in shelf)) throw new Error(`no shelf for shopper ${seed}`)
      own.push(mean(shelf.items.map(({ card }) => sample.truth.utility(shopper, card.id))))
    }
    all.push(own)
  }
  return all
}

/** Mean gain a shopper, and half the width of its 95 % interval (normal approximation). */
function compare(ours: readonly number[], theirs: readonly number[]): { gain: number; half: number } {
  const gains = ours.map((value, i) => value - theirs[i]!)
  const gain = mean(gains)
  const variance = gains.reduce((sum, value) => sum + (value - gain) ** 2, 0) / (gains.length - 1)
  return { gain, half: 1.96 * Math.sqrt(variance / gains.length) }
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, value) => sum + value, 0) / numbers.length
}
