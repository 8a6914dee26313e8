// Whether each shopper's device shall learn the blend of its own shelves by trying several (Thompson sampling over blends, a click on a shelf is a
// success), or the builder learns one for all: on the sample shop, whose truth is known. A shopper looks at items one after the other; each page shows one
// list of eight, and a card is clicked by the square of its latent utility and its place. What is believed of a blend before a shopper has seen it is what shoppers
// have liked on average who are in no other group, held as firmly as does best on validation shoppers. It pays if, within the exposures that a shopper of
// the log has in the days that events are kept, more is clicked than with the one blend that is best for all. `--test` reports on shoppers that chose
// nothing. `--shoppers`, `--rate` (clicks an exposure of the built-in blend), `--json`.
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
import { createRandom } from '../src/core/random.ts'
import type { Settings } from '../src/core/settings.ts'
import { answerPage } from '../src/pipeline/answer-page.ts'
import type { Shop } from '../src/pipeline/shop.ts'
import { thompson, type ArmPrior } from './exploration/thompson.ts'

const { values } = parseArgs({
  options: {
    shoppers: { type: 'string', default: '300' },
    rate: { type: 'string', default: '0.05' },
    test: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
})
const count = Number(values.shoppers)
/** First seeds of the groups of shoppers. */
const groups = { training: 10_000, validation: 20_000, test: 0 } as const
const listLength = 8
const turns = 1000
const rounds = 5

/** What may be tried: one of them is what the builder ships by default. */
const blends: Readonly<Record<string, Partial<Settings>>> = {
  'as built': {},
  'more of the same kind': { content: 1.5 },
  'what others bought': { content: 0 },
  'best sellers': { popularity: 0.6 },
  'of now': { trend: 2, newness: 0.3 },
  'very varied': { diversity: 0.4 },
}
/** A shopper's list is asked for after so many views; between them it stays. */
const moments = [1, 2, 3, 5, 8, 12, 20]

/** How firmly the average is believed, in exposures; 0: nothing is known of a blend before it is tried. */
const strengths = [0, 30, 100, 300, 1000, 3000]

type Shopper = ReturnType<ReturnType<typeof generateShop>['truth']['sampleShopper']>
/** By moment and blend, the utilities of a list's cards. */
type Lists = readonly (readonly (readonly number[])[])[]
/** By moment and blend, the chance that the list is clicked. */
type Odds = readonly (readonly number[])[]

const sample = generateShop({ items: 2000, seed: 1 })
const exposures = exposuresOfLog()
const folder = await mkdtemp(join(tmpdir(), 'windowshop-sample-'))
try {
  await writeShop(sample, folder, { pictures: false })
  const out = join(folder, 'bundle')
  const [events, catalogue] = [join(folder, 'events.jsonl'), join(folder, 'catalogue.csv')]
  await buildInto(out, { events, catalogue, encoder: false }, silent)
  const { bundle, files } = await readBundle(out)
  const shop = await shopOf(bundle, files)

  const training = await listsOf(shop, 'training')
  const scale = scaleFor(training, Number(values.rate))
  const means = meanOdds(training.map((lists) => oddsOf(lists, scale)))
  const forAll = means.indexOf(Math.max(...means))
  const validation = (await listsOf(shop, 'validation')).map((lists) => oddsOf(lists, scale))
  const tried = strengths.map((strength) => ({ strength, ...compare(validation, priorsOf(means, strength), forAll) }))
  const best = tried.reduce((a, b) => (b.gain > a.gain ? b : a))
  const tested = values.test
    ? [
        compare(
          (await listsOf(shop, 'test')).map((lists) => oddsOf(lists, scale)),
          priorsOf(means, best.strength),
          forAll,
        ),
      ]
    : []
  const names = Object.keys(blends)
  const result = {
    exposures,
    clicks: Object.fromEntries(names.map((name, a) => [name, round(means[a]!)])),
    'best for all': names[forAll],
    'believed as firmly as': tried,
    ...(values.test && { test: { strength: best.strength, ...tested[0]! } }),
  }
  if (values.json) console.log(JSON.stringify(result))
  else {
    console.log(
      `exposures of a shopper in 90 days: median ${exposures.median}, of one in ten ${exposures.most} or more`,
    )
    console.log(`clicks an exposure by blend: ${JSON.stringify(result.clicks)}; best for all: ${names[forAll]}`)
    console.table(tried)
    if (values.test) console.table(result.test)
  }
} finally {
  await rm(folder, { recursive: true })
}

/** Looks at items by shopper of the log, in the days that events are kept. */
function exposuresOfLog(): { median: number; most: number } {
  const looks = new Map<string, number>()
  for (const { user, time, event } of sample.events) {
    if (event === 'view_item' && time >= sample.until - 90 * dayMs) looks.set(user, (looks.get(user) ?? 0) + 1)
  }
  const sorted = [...looks.values()].sort((a, b) => a - b)
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))]!
  return { median: at(0.5), most: at(0.9) }
}

async function listsOf(shop: Shop, group: keyof typeof groups): Promise<Lists[]> {
  const all: Lists[] = []
  for (let at = 0; at < count; at++)
    all.push(await listsOfShopper(shop, sample.truth.sampleShopper(groups[group] + at)))
  return all
}

async function listsOfShopper(shop: Shop, shopper: Shopper): Promise<Lists> {
  const fold = createFold()
  const byMoment: number[][][] = []
  for (const views of moments) {
    fold.append(
      shopper.views.slice(0, views).map((item, i) => {
        const time = sample.until + i * 20_000
        return { seq: i + 1, id: `view-${i}`, profile: 'default', kind: 'view_item', item, time } as const
      }),
    )
    const requests = Object.values(blends).map(
      (settings) => ({ placement: 'for-you', limit: listLength, settings }) as const,
    )
    const utilities: number[][] = []
    // Each alone: on one page, no two shelves would show the same item.
    for (const request of requests) {
      const [answer] = await answerPage(shop, fold, [request], sample.until + views * 20_000)
      if (!answer || !('items' in answer)) throw new Error('no list')
      utilities.push(answer.items.map(({ card }) => sample.truth.utility(shopper, card.id)))
    }
    byMoment.push(utilities)
  }
  return byMoment
}

/** A card is looked at by its place, as DCG discounts it, and clicked by how much it is liked. */
function oddsOf(lists: Lists, scale: number): Odds {
  const missed = (utility: number, place: number) =>
    1 - Math.min(1, (scale * Math.max(0, utility) ** 2) / Math.log2(2 + place))
  return lists.map((byBlend) => byBlend.map((of) => 1 - of.map(missed).reduce((all, miss) => all * miss, 1)))
}

/** How readily cards are clicked so that the built-in blend has this rate of clicks. */
function scaleFor(all: readonly Lists[], rate: number): number {
  let [low, high] = [0, 1]
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2
    if (meanOdds(all.map((lists) => oddsOf(lists, middle)))[0]! < rate) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/** Clicks an exposure by blend, over shoppers and moments. */
function meanOdds(all: readonly Odds[]): number[] {
  return Object.keys(blends).map((_, a) => mean(all.flatMap((odds) => odds.map((byBlend) => byBlend[a]!))))
}

function priorsOf(means: readonly number[], strength: number): ArmPrior[] {
  return means.map((of) =>
    strength === 0 ? { successes: 1, failures: 1 } : { successes: of * strength, failures: (1 - of) * strength },
  )
}

/**
 * Of 100 exposures, clicks that trying brings beyond those of the one blend, over the exposures that one shopper in ten has, with half
 * of the 95 % interval over shoppers; regret against the best blend of each shopper; and exposures until it has paid.
 */
function compare(all: readonly Odds[], priors: readonly ArmPrior[], forAll: number) {
  const pulls = all.map((odds, at) => {
    const atTurn = (turn: number) =>
      odds[
        Math.max(
          0,
          moments.findLastIndex((views) => views <= turn + 1),
        )
      ]!
    const rows = Array.from({ length: rounds }, (_, r) =>
      thompson(atTurn, priors, turns, createRandom(at * rounds + r)),
    )
    const chosen = Float64Array.from({ length: turns }, (_, turn) => mean(rows.map((row) => row[turn]!)))
    const one = Float64Array.from({ length: turns }, (_, turn) => atTurn(turn)[forAll]!)
    const sums = (a: number) => Float64Array.from({ length: turns }, (_, turn) => atTurn(turn)[a]!)
    const most = priors
      .map((_, a) => sums(a))
      .reduce((a, b) => (total(b, exposures.most) > total(a, exposures.most) ? b : a))
    return { chosen, one, most }
  })
  const per100 = (pick: 'chosen' | 'one' | 'most', until: number) =>
    pulls.map((pull) => (100 * total(pull[pick], until)) / until)
  const gainAt = (until: number) => {
    const [chosen, one] = [per100('chosen', until), per100('one', until)]
    return chosen.map((value, i) => value - one[i]!)
  }
  const gains = gainAt(exposures.most)
  const spread = Math.sqrt(mean(gains.map((gain) => (gain - mean(gains)) ** 2)) / (gains.length - 1))
  const paid = Array.from({ length: turns }, (_, i) => i + 1).find((until) => until > 1 && mean(gainAt(until)) > 0)
  return {
    'one blend': round(mean(per100('one', exposures.most))),
    'each shopper’s best': round(mean(per100('most', exposures.most))),
    'gain at the median': round(mean(gainAt(exposures.median))),
    gain: round(mean(gains)),
    '+-': round(1.96 * spread),
    'gain of 1,000 exposures': round(mean(gainAt(turns))),
    'paid after': paid ?? `more than ${turns}`,
  }
}

function total(numbers: Float64Array, until: number): number {
  let sum = 0
  for (let i = 0; i < until; i++) sum += numbers[i]!
  return sum
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, value) => sum + value, 0) / numbers.length
}

function round(value: number): number {
  return Math.round(1e4 * value) / 1e4
}
