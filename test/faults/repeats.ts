import { totalDims } from '../../src/bundle/item-table.ts'
import { createFold } from '../../src/core/fold.ts'
import type { EventRecord, NewEvent } from '../../src/core/event.ts'
import type { ShelfAnswer } from '../../src/core/shelf.ts'
import { answerPage } from '../../src/pipeline/answer-page.ts'
import { createPlainScorer } from '../../src/scoring/plain-scorer.ts'
import { sampleBundle } from '../support/sample-bundle.ts'
import { between } from '../support/seed.ts'
import type { FaultRow } from './fault-row.ts'

const repeats = 100_000
const limit = 20

/** A shopper with tastes, and then a page that reports one view again and again. */
export const repeatedItem: FaultRow = {
  id: 'repeats',
  kind: 'bad input',
  fault: '100,000 repeats of one item',
  holds: 'the scores stay finite and bounded, the shelf is not that of the one item',
  runs: { test: 2, ci: 20, release: 200 },

  async open() {
    const { shop, bundle } = await sampleBundle({ items: 500, seed: 1 })
    const scorer = createPlainScorer(bundle.table)
    const now = shop.until
    const most = bundle.table.items
    const ids = (answer: ShelfAnswer | undefined) => ('items' in answer! ? answer.items.map(({ card }) => card.id) : [])
    /** No score can be larger: the vector is a sum of two unit vectors a segment. */
    const norm =
      Math.sqrt(totalDims(bundle.table)) * 127 * bundle.table.scales.reduce((max, scale) => Math.max(max, scale), 0)

    return {
      async run(random) {
        const fold = createFold()
        const add = (events: readonly Pick<NewEvent, 'item' | 'kind'>[], begin: number, step: number) => {
          const first = (fold.events.at(-1)?.seq ?? 0) + 1
          fold.append(
            events.map((event, i): EventRecord => ({
              ...event,
              seq: first + i,
              id: `${first + i}`,
              profile: 'default',
              time: begin + i * step,
            })),
          )
        }
        const { views } = shop.truth.sampleShopper(between(random, 0, 1000))
        add(
          views.slice(0, 12).map((item) => ({ kind: 'view_item', item })),
          now - 3 * 86_400_000,
          60_000,
        )
        const item = bundle.idOf(between(random, 0, most - 1))
        add(
          Array.from({ length: repeats }, () => ({ kind: 'view_item' as const, item })),
          now - repeats,
          1,
        )
        const [forYou] = await answerPage({ bundle, scorer }, fold, [{ placement: 'for-you', limit }], now)
        const [similar] = await answerPage({ bundle, scorer }, fold, [{ placement: 'similar', item, limit }], now)
        if (!forYou || !('items' in forYou)) throw new Error('no shelf')
        const wild = forYou.items.find(({ score }) => !Number.isFinite(score) || Math.abs(score) > 4 * norm)
        if (wild) throw new Error(`a score of ${wild.score}, where ${norm} is a row`)
        const neighbours = new Set(ids(similar))
        const others = ids(forYou).filter((id) => !neighbours.has(id))
        if (others.length === 0) throw new Error(`all ${limit} are neighbours of ${item}`)
        return fold.events.length > repeats ? 1 : 0
      },
    }
  },
}
