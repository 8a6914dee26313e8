import { beforeAll, expect, test } from 'vitest'
import type { SampleShop } from '../../src/builder/sample/sample-shop.ts'
import type { Bundle } from '../../src/bundle/bundle.ts'
import { hasBit } from '../../src/core/bitmask.ts'
import { createFold } from '../../src/core/fold.ts'
import type { Shelf } from '../../src/core/shelf.ts'
import type { SessionEncoder } from '../../src/models/session-encoder.ts'
import { answerPage } from '../../src/pipeline/answer-page.ts'
import { createPlainScorer } from '../../src/scoring/plain-scorer.ts'
import { sampleBundle } from '../support/sample-bundle.ts'

// Settings are chosen on other shoppers: seeds from 1000 on.
const shoppers = 200
const manyShoppers = 1000
const listLength = 8

let shop: SampleShop
let bundle: Bundle
let encoder: SessionEncoder | undefined

beforeAll(async () => {
  ;({ shop, bundle, encoder } = await sampleBundle({ items: 2000, seed: 1, encoder: true }))
}, 120_000)

/** Mean latent utility of the for-you list of each of the first `count` shoppers after the first `views` of their views. */
async function utilities(views: number, count: number): Promise<number[]> {
  const scorer = createPlainScorer(bundle.table)
  const means: number[] = []
  for (let seed = 0; seed < count; seed++) {
    const shopper = shop.truth.sampleShopper(seed)
    const fold = createFold()
    fold.append(
      shopper.views.slice(0, views).map((item, i) => ({
        seq: i + 1,
        id: `view-${i}`,
        profile: 'default',
        kind: 'view_item',
        item,
        time: shop.until + i * 20_000,
      })),
    )
    const request = { placement: 'for-you', limit: listLength } as const
    const [answer] = await answerPage({ bundle, scorer, encoder }, fold, [request], shop.until + views * 20_000)
    means.push(mean((answer as Shelf).items.map(({ card }) => shop.truth.utility(shopper, card.id))))
  }
  return means
}

/** The same of the most viewed items that can be bought and that the shopper has not seen yet. */
function mostPopularUtilities(views: number): number[] {
  const counts = new Map<number, number>()
  for (const { event, item } of shop.events) {
    const row = event === 'view_item' && item ? bundle.rowOf(item) : undefined
    if (row !== undefined && !hasBit(bundle.unavailable, row)) counts.set(row, (counts.get(row) ?? 0) + 1)
  }
  const ranked = [...counts].sort(([, a], [, b]) => b - a).map(([row]) => row)
  return Array.from({ length: shoppers }, (_, seed) => {
    const shopper = shop.truth.sampleShopper(seed)
    const seen = new Set(shopper.views.slice(0, views).map((item) => bundle.rowOf(item)))
    const list = ranked.filter((row) => !seen.has(row)).slice(0, listLength)
    return mean(list.map((row) => shop.truth.utility(shopper, bundle.idOf(row))))
  })
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** Mean and half width of its 95 % interval, normal approximation. */
function interval(values: readonly number[]): { mean: number; half: number } {
  const centre = mean(values)
  const variance = values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1)
  return { mean: centre, half: 1.96 * Math.sqrt(variance / values.length) }
}

test('after five views the list is worth more to the shopper than the most popular items', async () => {
  const ours = await utilities(5, shoppers)
  const popular = mostPopularUtilities(5)
  const gain = interval(ours.map((utility, i) => utility - popular[i]!))
  console.info(
    `utility ${mean(ours).toFixed(3)}, most popular ${mean(popular).toFixed(3)}, gain ${gain.mean.toFixed(3)} +- ${gain.half.toFixed(3)}`,
  )
  expect(gain.mean - gain.half).toBeGreaterThan(0)
})

// A further view is worth .001 to .01; the mean over 200 shoppers moves by .0025 by chance alone, over 1,000 by .001.
test('after each further view the list is worth no less', async () => {
  let before = await utilities(5, manyShoppers)
  for (let views = 6; views <= 10; views++) {
    const after = await utilities(views, manyShoppers)
    const change = interval(after.map((utility, i) => utility - before[i]!))
    console.info(
      `${views} views: utility ${mean(after).toFixed(4)}, change ${change.mean.toFixed(4)} +- ${change.half.toFixed(4)}`,
    )
    expect(change.mean, `view ${views}`).toBeGreaterThanOrEqual(0)
    before = after
  }
}, 180_000)
