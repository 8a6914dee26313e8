import { execFile } from 'node:child_process'
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cosineOverBaskets, mostPopular, recentPopular } from '../../bench/online-retail/baselines.ts'
import { topByLift } from '../../bench/online-retail/lift.ts'
import { score, splitInTime } from '../../bench/online-retail/next-items.ts'
import { onlineRetail, onlineRetailMap, readPurchases, type Purchase } from '../../bench/online-retail/purchases.ts'
import { buildOnlineRetail, servedForYou } from '../../bench/online-retail/served.ts'
import { buildBundle } from '../../src/builder/build-bundle.ts'
import { forecastDemand } from '../../src/builder/forecast/forecast-demand.ts'
import { silent } from '../../src/builder/progress.ts'
import { readInputs } from '../../src/builder/read-inputs.ts'
import { writeBundle } from '../../src/builder/write-bundle.ts'
import type { Bundle } from '../../src/bundle/bundle.ts'
import { parseManifest } from '../../src/bundle/manifest.ts'
import { openBundle } from '../../src/bundle/open-bundle.ts'
import { createFold } from '../../src/core/fold.ts'
import { createRandom } from '../../src/core/random.ts'
import { answerPage } from '../../src/pipeline/answer-page.ts'
import { createPlainScorer } from '../../src/scoring/plain-scorer.ts'

// A real shop's dirty log, the UCI Online Retail data. Where the file is missing, these tests fail and name it.
let purchases: Purchase[]
beforeAll(() => {
  purchases = readPurchases()
})

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'windowshop-online-retail-'))
})
afterAll(() => rm(folder, { recursive: true }))

test('the command line builds it as it is, and tells what it dropped', { timeout: 180_000 }, async () => {
  const map =
    'user=CustomerID,item=StockCode,time=InvoiceDate,quantity=Quantity,name=Description,price=UnitPrice,order=InvoiceNo'
  const { stdout } = await runCli([
    'build',
    '--events',
    onlineRetail,
    '--map',
    map,
    '--out',
    join(folder, 'bundle'),
    '--json',
  ])
  const summary = JSON.parse(stdout) as { items: number; events: { read: number }; dropped: { reason: string }[] }
  expect(summary.events.read).toBe(451_127)
  expect(summary.items).toBeGreaterThan(2900)
  const reasons = summary.dropped.map(({ reason }) => reason)
  expect(reasons).toEqual(expect.arrayContaining(['no-user', 'cancellation', 'cancelled', 'duplicate', 'fee']))
  const inspected = JSON.parse((await runCli(['inspect', join(folder, 'bundle'), '--json'])).stdout)
  expect(inspected.manifest.items).toBe(summary.items)
})

test('for the 20 best sellers, 6 of 8 bought-together items are in the top 20 by lift', async () => {
  const bundle = await readBundle(join(folder, 'bundle'))
  const shop = { bundle, scorer: createPlainScorer(bundle.table) }
  const baskets = new Map<string, Set<string>>()
  for (const { item, order } of purchases) baskets.set(item, (baskets.get(item) ?? new Set()).add(order))
  const best = [...baskets].sort((a, b) => b[1].size - a[1].size).slice(0, 20)
  for (const [item] of best) {
    const [shelf] = await answerPage(shop, createFold(), [{ placement: 'bought-together', item, limit: 8 }], 0)
    const shown = shelf && 'items' in shelf ? shelf.items.map(({ card }) => card.id) : []
    const expected = new Set(topByLift(purchases, item, 20))
    expect(shown.filter((id) => expected.has(id)).length, `of ${item}`).toBeGreaterThanOrEqual(6)
  }
})

test('what customers buy next is found better than by popularity or co-occurrence', { timeout: 300_000 }, async () => {
  const split = splitInTime(purchases)
  const bundle = await buildOnlineRetail({ until: split.cutoff })
  const measure = (recommend: Parameters<typeof score>[1]) => score(split.cases, recommend, createRandom(1))
  const served = await measure(servedForYou(bundle, split.cutoff))
  for (const rival of [mostPopular(split), recentPopular(split), cosineOverBaskets(split)]) {
    const { recall20, ndcg20 } = await measure(rival)
    expect(served.recall20).toBeGreaterThan(recall20)
    expect(served.ndcg20).toBeGreaterThan(ndcg20)
  }
  expect(served.recall20).toBeGreaterThanOrEqual(0.1)
})

test('a day more costs a kept bundle at most 15 % of its bytes, and 1 % of recall', { timeout: 300_000 }, async () => {
  const split = splitInTime(purchases)
  const log = { events: onlineRetail, map: onlineRetailMap }
  const previous = join(folder, 'yesterday')
  await writeBundle(previous, (await buildBundle({ ...log, until: split.cutoff - 86_400_000 })).files)
  const { manifest, files, summary } = await buildBundle({ ...log, until: split.cutoff, previous })
  const { again, bytes, because } = summary.update!
  expect(because).toBeUndefined()
  expect(again).toBeLessThanOrEqual(0.15 * bytes)
  const recall = async (bundle: Bundle) =>
    (await score(split.cases, servedForYou(bundle, split.cutoff), createRandom(1))).recall20
  const anew = await recall(await buildOnlineRetail({ until: split.cutoff }))
  expect(await recall(openBundle(manifest, files))).toBeGreaterThanOrEqual(0.99 * anew)
})

test('what will be asked for is forecast better than by repeating the last weeks, more than chance', async () => {
  const { read } = await readInputs({ events: onlineRetail, map: onlineRetailMap }, silent)
  const { held_out: held, method } = forecastDemand({ log: read, catalogue: undefined, seed: 1, progress: silent })
  expect(held.gain.interval[0]).toBeGreaterThan(0)
  expect(method).toBe(held.chosen)
  expect(held.methods[held.chosen]!.mase).toBeLessThan(held.methods[held.rival]!.mase)
  expect(held.enough).toBeGreaterThan(0.85)
})

async function runCli(args: readonly string[]): Promise<{ stdout: string }> {
  const root = resolve(import.meta.dirname, '../..')
  return promisify(execFile)(
    process.execPath,
    [join(root, 'scripts/run.mjs'), join(root, 'src/builder/cli.ts'), ...args],
    {
      cwd: root,
      maxBuffer: 1 << 26,
    },
  )
}

async function readBundle(path: string): Promise<Bundle> {
  const files = new Map<string, Uint8Array>()
  for (const name of await readdir(path)) files.set(name, new Uint8Array(await readFile(join(path, name))))
  return openBundle(parseManifest(new TextDecoder().decode(files.get('manifest.json'))), files)
}
