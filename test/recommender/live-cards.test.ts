import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Shelf, ShelfAnswer, ShelfItem, ShelfRequest } from '../../src/core/shelf.ts'
import { withLiveCards, type Hydrate } from '../../src/worker-client/live-cards.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

function itemOf(id: string): ShelfItem {
  const card = { id, title: `Item ${id}`, url: `/${id}`, price: 10, currency: 'EUR' }
  return { card, price: '€10.00', score: 1, reasons: [], moved: [] }
}

/** Answers with items `0`, `1`, `2`, ... as many as are asked for, at most `items`. */
function asking(items: number) {
  const asked: ShelfRequest[][] = []
  const ask = async (requests: readonly ShelfRequest[]): Promise<ShelfAnswer[]> => {
    asked.push([...requests])
    return requests.map(({ placement, limit = 8 }) => ({
      placement,
      items: Array.from({ length: Math.min(items, limit) }, (_, i) => itemOf(`${i}`)),
      version: 1,
      coverage: 1,
    }))
  }
  return { asked, ask }
}

const request: ShelfRequest = { placement: 'for-you', limit: 3, language: 'en' }

async function shown(hydrate: Hydrate, items = 20): Promise<ShelfItem[] | ShelfAnswer> {
  const answering = withLiveCards(asking(items).ask, hydrate)([request])
  await vi.advanceTimersByTimeAsync(1000)
  const [answer] = await answering
  return 'items' in answer! ? [...(answer as Shelf).items] : answer!
}

const ids = (items: ShelfItem[] | ShelfAnswer) => (items as ShelfItem[]).map(({ card }) => card.id)

test('what the shop leaves out is dropped and made good', async () => {
  expect(ids(await shown((all) => all.filter((id) => id !== '1').map((id) => ({ id }))))).toEqual(['0', '2', '3'])
})

test('live fields stand on the card, and the price is written anew', async () => {
  const [first] = (await shown(async (all) => all.map((id) => ({ id, price: 8.5, url: `/live/${id}` })))) as ShelfItem[]
  expect(first).toMatchObject({ price: '€8.50', card: { price: 8.5, url: '/live/0', title: 'Item 0' } })
})

test('a shop that knows none of the items leaves its own HTML standing', async () => {
  expect(await shown(() => [])).toEqual({ fallback: 'no-items' })
})

test.each<[string, Hydrate]>([
  [
    'throws',
    () => {
      throw new Error('no')
    },
  ],
  ['rejects', async () => Promise.reject(new Error('no'))],
  ['never answers', () => new Promise(() => {})],
  ['answers no list', () => 'oops' as never],
])('a shop that %s is not waited for: the bundle answers', async (_, hydrate) => {
  expect(ids(await shown(hydrate))).toEqual(['0', '1', '2'])
})

test('without items the shop is not asked', async () => {
  const hydrate = vi.fn<Hydrate>(() => [])
  expect(await shown(hydrate, 0)).toEqual({ fallback: 'no-items' })
  expect(hydrate).not.toHaveBeenCalled()
})
