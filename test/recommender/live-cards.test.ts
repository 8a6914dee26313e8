import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Shelf, ShelfAnswer, ShelfItem, ShelfRequest } from '../../src/core/shelf.ts'
import { withLiveCards, type Hydrate } from '../../src/worker-client/live-cards.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

function itemOf(id: string): ShelfItem {
  const card = { id, title: `Item ${id}`, url: `/${id}`, price: 10, currency: 'EUR' }
  return { card, price: '€10.00', score: 1, reasons: [], moved: [] }
}

/** Answers with the first of items `0`, `1`, `2`, ... up to `items` that are not excluded, no item on two shelves. */
function asking(items: number) {
  const asked: ShelfRequest[][] = []
  const ask = async (requests: readonly ShelfRequest[]): Promise<ShelfAnswer[]> => {
    asked.push([...requests])
    const taken = new Set<string>()
    return requests.map(({ placement, limit = 8, exclude = [] }) => {
      const all = Array.from({ length: items }, (_, i) => `${i}`)
      const found = all.filter((id) => !exclude.includes(id) && !taken.has(id)).slice(0, limit)
      for (const id of found) taken.add(id)
      return found.length > 0
        ? { placement, items: found.map(itemOf), version: 1, coverage: 1 }
        : { fallback: 'no-items' }
    })
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

test('a shop that leaves out nine of ten still gets full shelves, no item twice, each asked about once', async () => {
  const { asked, ask } = asking(1000)
  const questions: string[] = []
  const hydrate: Hydrate = (all) => {
    questions.push(...all)
    return all.filter((id) => Number(id) % 10 === 3).map((id) => ({ id }))
  }
  const [one, other] = await withLiveCards(ask, hydrate)([request, { ...request, placement: 'trending' }])
  const shelves = [one, other].map((answer) => ids([...(answer as Shelf).items]))
  expect(shelves.map((shelf) => shelf.length)).toEqual([3, 3])
  expect(new Set(shelves.flat()).size).toBe(6)
  expect(new Set(questions).size).toBe(questions.length)
  expect(asked.length).toBeLessThanOrEqual(5)
})

test('a shop that has no more is not asked for ever', async () => {
  const { asked, ask } = asking(40)
  const hydrate: Hydrate = (all) => all.filter((id) => id === '7').map((id) => ({ id }))
  const [answer] = await withLiveCards(ask, hydrate)([request])
  expect(ids([...(answer as Shelf).items])).toEqual(['7'])
  expect(asked.length).toBeLessThanOrEqual(5)
})

test('where a later answer of the shop is late, what it said before is shown', async () => {
  let calls = 0
  const hydrate: Hydrate = (all) =>
    ++calls > 1 ? new Promise(() => {}) : all.filter((id) => id === '1').map((id) => ({ id }))
  expect(ids(await shown(hydrate))).toEqual(['1'])
})

test('without items the shop is not asked', async () => {
  const hydrate = vi.fn<Hydrate>(() => [])
  expect(await shown(hydrate, 0)).toEqual({ fallback: 'no-items' })
  expect(hydrate).not.toHaveBeenCalled()
})
