// How much diversity a list should have, on the sample shop, whose truth is known. What a visitor comes for today is one of their tastes; a list is
// worth as much as the best that they find in it: the sum over tastes of share x greatest latent utility (intent-aware, after Agrawal et al.,
// "Diversifying search results", WSDM 2009). Beside it the mean utility of the cards, which diversity
// costs. The default is the greatest value that costs less than 2 % of it, on shoppers with seeds from 1,000 on; `--test` reports on those below.
// `--setting priceSensitivity` asks the same of that one. `--shoppers`, `--json`.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { buildInto } from '../src/builder/build-bundle.ts'
import { readBundle } from '../src/builder/inspect-bundle.ts'
import { shopOf } from '../src/builder/open-shop.ts'
import { silent } from '../src/builder/progress.ts'
import { generateShop } from '../src/builder/sample/generate-shop.ts'
import { writeShop } from '../src/builder/sample/write-shop.ts'
import { createFold, dayMs } from '../src/core/fold.ts'
import { answerPage } from '../src/pipeline/answer-page.ts'
import type { Shop } from '../src/pipeline/shop.ts'

const { values } = parseArgs({
  options: {
    setting: { type: 'string', default: 'diversity' },
    shoppers: { type: 'string', default: '500' },
    test: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
})
const count = Number(values.shoppers)
const firstSeed = values.test ? 0 : 1000
const listLength = 8
/** What is tried, from none on. */
const grids = {
  diversity: [0, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5],
  priceSensitivity: [0, 0.05, 0.1, 0.2, 0.3, 0.5, 0.8, 1.2],
} as const
const setting = values.setting as keyof typeof grids

type Shopper = ReturnType<ReturnType<typeof generateShop>['truth']['sampleShopper']>
/** What a visitor has done: views of each taste, so many days ago; and the parts that the tastes have of what they come for. */
interface Visitor {
  readonly visits: readonly { readonly shopper: Shopper; readonly views: number; readonly daysAgo: number }[]
  readonly shares: readonly number[]
}

const sample = generateShop({ items: 2000, seed: 1 })
const shopperAt = (at: number) => sample.truth.sampleShopper(firstSeed + at)
/** As shoppers of the log: of one taste, in the middle of a visit; of two, back for another one. */
const kinds: Readonly<Record<string, (at: number) => Visitor>> = {
  'one taste, 1 view': (at) => ({ visits: [{ shopper: shopperAt(at), views: 1, daysAgo: 0 }], shares: [1] }),
  'one taste, 5 views': (at) => ({ visits: [{ shopper: shopperAt(at), views: 5, daysAgo: 0 }], shares: [1] }),
  'two tastes, 3 views each': (at) => ({
    visits: [
      { shopper: shopperAt(at), views: 3, daysAgo: 4 },
      { shopper: shopperAt((at + 1) % count), views: 3, daysAgo: 2 },
    ],
    shares: [0.62, 0.38],
  }),
}

const folder = await mkdtemp(join(tmpdir(), 'windowshop-sample-'))
try {
  await writeShop(sample, folder, { pictures: false })
  const out = join(folder, 'bundle')
  await buildInto(
    out,
    { events: join(folder, 'events.jsonl'), catalogue: join(folder, 'catalogue.csv'), encoder: false },
    silent,
  )
  const { bundle, files } = await readBundle(out)
  const shop = await shopOf(bundle, files)
  const measured = []
  for (const value of grids[setting]) measured.push({ value, ...(await measure(shop, value)) })
  const [none] = measured
  const table = measured.map(({ value, worths, utilities }) => ({
    [setting]: value,
    ...Object.fromEntries(Object.entries(worths).map(([kind, of]) => [kind, round(mean(of))])),
    ...compare(Object.values(worths).flat(), Object.values(none!.worths).flat()),
    'mean utility': round(mean(utilities)),
    'of none': round(mean(utilities) / mean(none!.utilities)),
  }))
  if (values.json) console.log(JSON.stringify(table))
  else console.table(table)
} finally {
  await rm(folder, { recursive: true })
}

/** Worth of each visitor's list by kind, and the mean utility of its cards, which diversity costs. */
async function measure(shop: Shop, value: number) {
  const worths: Record<string, number[]> = {}
  const utilities: number[] = []
  for (const [kind, visitorAt] of Object.entries(kinds)) {
    const own = (worths[kind] = [] as number[])
    for (let at = 0; at < count; at++) {
      const visitor = visitorAt(at)
      const ids = await listOf(shop, visitor, value)
      const byTaste = visitor.visits.map(({ shopper }) => ids.map((id) => sample.truth.utility(shopper, id)))
      own.push(sum(byTaste.map((of, i) => visitor.shares[i]! * Math.max(...of))))
      utilities.push(sum(byTaste.map((of, i) => visitor.shares[i]! * mean(of))))
    }
  }
  return { worths, utilities }
}

/** Mean gain a visitor, and half the width of its 95 % interval (normal approximation). */
function compare(ours: readonly number[], theirs: readonly number[]): { gain: number; '+-': number } {
  const gains = ours.map((value, i) => value - theirs[i]!)
  const gain = mean(gains)
  const variance = sum(gains.map((value) => (value - gain) ** 2)) / (gains.length - 1)
  return { gain: round(gain), '+-': round(1.96 * Math.sqrt(variance / gains.length)) }
}

async function listOf(shop: Shop, { visits }: Visitor, value: number): Promise<string[]> {
  const fold = createFold()
  const events = visits.flatMap(({ shopper, views, daysAgo }) =>
    shopper.views.slice(0, views).map((item, i) => ({ item, time: sample.until - daysAgo * dayMs + i * 20_000 })),
  )
  fold.append(
    events.map(
      (event, i) => ({ seq: i + 1, id: `view-${i}`, profile: 'default', kind: 'view_item', ...event }) as const,
    ),
  )
  const request = { placement: 'for-you', limit: listLength, settings: { [setting]: value } } as const
  const [shelf] = await answerPage(shop, fold, [request], sample.until + 600_000)
  if (!shelf || !('items' in shelf)) throw new Error('no shelf')
  return shelf.items.map(({ card }) => card.id)
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, value) => total + value, 0)
}

function mean(numbers: readonly number[]): number {
  return sum(numbers) / numbers.length
}

function round(value: number): number {
  return Math.round(1e4 * value) / 1e4
}
