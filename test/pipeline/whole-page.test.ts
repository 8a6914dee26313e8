import { beforeAll, expect, test } from 'vitest'
import type { Bundle } from '../../src/bundle/bundle.ts'
import { openBundle } from '../../src/bundle/open-bundle.ts'
import { packBundle } from '../../src/bundle/pack.ts'
import { createFold } from '../../src/core/fold.ts'
import type { Placement, ShelfAnswer, ShelfRequest } from '../../src/core/shelf.ts'
import { answerPage } from '../../src/pipeline/answer-page.ts'
import { createPlainScorer } from '../../src/scoring/plain-scorer.ts'
import type { ScoreQuery, Scorer } from '../../src/scoring/scorer.ts'
import { randomPackInput } from '../support/random-bundle.ts'
import { noon, randomLog } from '../support/random-log.ts'
import { between, seededRandom } from '../support/seed.ts'

const items = 100_000
const random = seededRandom('whole page')
let bundle: Bundle
/** The passes over the table since the last look, each with its queries. */
let passes: (readonly ScoreQuery[])[] = []
let scorer: Scorer

beforeAll(async () => {
  const input = randomPackInput({ items, random })
  // Nine items of a brand of their own, anywhere among the others.
  const rare = Array.from({ length: 9 }, (_, n) => n * 11_000 + between(random, 0, 10_999))
  const brands = input.brands.map((brand, row) => (rare.includes(row) ? 'Rare' : brand))
  const { manifest, files } = await packBundle({ ...input, brands })
  bundle = openBundle(manifest, files)
  const plain = createPlainScorer(bundle.table)
  scorer = {
    ...plain,
    topK(queries) {
      passes.push(queries)
      return plain.topK(queries)
    },
  }
})

function answer(requests: readonly ShelfRequest[]): Promise<ShelfAnswer[]> {
  const fold = createFold()
  fold.append(randomLog(random, { events: 40, items, days: 5 }))
  passes = []
  return answerPage({ bundle, scorer }, fold, requests, noon)
}

const idsOf = (shelf: ShelfAnswer) => ('items' in shelf ? shelf.items.map(({ card }) => card.id) : [])

test('four shelves of 12 on a page of 100,000 items are scored in one pass, with no item twice', async () => {
  const placements: Placement[] = ['for-you', 'similar', 'trending', 'new']
  for (let run = 0; run < 3; run++) {
    const item = `item-${between(random, 0, items - 1)}`
    const shelves = await answer(placements.map((placement) => ({ placement, item, limit: 12 })))
    expect(passes.map((queries) => queries.length)).toEqual([4])
    expect(shelves.map((shelf) => idsOf(shelf).length)).toEqual([12, 12, 12, 12])
    expect(new Set(shelves.flatMap(idsOf)).size).toBe(48)
  }
})

test('four shelves that want the very same items share them out, best first', async () => {
  const same: ShelfRequest = { placement: 'trending', limit: 12, settings: { diversity: 0 } }
  const shelves = await answer([same, same, same, same])
  expect(passes).toHaveLength(1)
  const [all] = await answer([{ ...same, limit: 48 }])
  expect(shelves.flatMap(idsOf)).toEqual(idsOf(all!))
})

test('a filter that leaves 9 of 100,000 items fills a shelf of 8', async () => {
  for (const placement of ['for-you', 'similar', 'trending', 'new'] as const) {
    const item = 'item-5'
    const [shelf] = await answer([{ placement, item, limit: 8, filter: { brand: 'Rare' } }])
    expect(passes).toHaveLength(1)
    expect(idsOf(shelf!)).toHaveLength(8)
    expect('items' in shelf! && shelf.items.every(({ card }) => card.brand === 'Rare')).toBe(true)
  }
})
