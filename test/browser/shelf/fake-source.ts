import type { ShelfAnswer, ShelfItem, ShelfRequest } from '../../../src/core/shelf.ts'
import type { ShelfSource } from '../../../src/shelf/connect.ts'

/** A recommender of plain objects: the test says what it answers, and sees what it was told. */
export interface FakeSource extends ShelfSource {
  readonly tracked: unknown[]
  /** Requests that are watched now. */
  readonly watched: ShelfRequest[]
  /** Answers every shelf that watches, or those of one placement. */
  answer(answer: ShelfAnswer, placement?: string): void
}

export function createFakeSource(): FakeSource {
  const watches = new Set<{ request: ShelfRequest; listener: (answer: ShelfAnswer) => void }>()
  const tracked: unknown[] = []
  return {
    tracked,
    get watched() {
      return [...watches].map(({ request }) => request)
    },
    track(event) {
      tracked.push(event)
      return Promise.resolve({ stored: 'memory' })
    },
    watch(request, listener) {
      const watch = { request, listener }
      watches.add(watch)
      return () => void watches.delete(watch)
    },
    answer(answer, placement) {
      for (const { request, listener } of watches) {
        if (placement === undefined || request.placement === placement) listener(answer)
      }
    },
  }
}

/** An item that two views and a trend speak for, and a dismissal against. */
export function fakeItem(id: string, card: Partial<ShelfItem['card']> = {}, price = '€49.50'): ShelfItem {
  const event = (kind: 'view_item' | 'dismiss', item: string) => ({ kind, time: 0, item })
  return {
    card: { id, title: `Item ${id}`, url: `/item/${id}`, price: 49.5, currency: 'EUR', ...card },
    price,
    score: 0.9,
    reasons: [
      { kind: 'event', id: 'e1', event: event('view_item', 'a'), title: 'Blue tent', contribution: 0.62, share: 0.62 },
      {
        kind: 'event',
        id: 'e2',
        event: event('view_item', 'b'),
        title: 'Sleeping mat',
        contribution: 0.28,
        share: 0.28,
      },
      { kind: 'prior', id: 'trend', contribution: 0.1, share: 0.1 },
      { kind: 'event', id: 'e3', event: event('dismiss', 'c'), title: 'Red mug', contribution: -0.1, share: -0.1 },
    ],
    moved: ['diversity'],
  }
}

/** An answer with these items. */
export function fakeShelf(items: readonly (string | ShelfItem)[], version = 1): ShelfAnswer {
  return {
    placement: 'for-you',
    items: items.map((item) => (typeof item === 'string' ? fakeItem(item) : item)),
    version,
    coverage: 1,
  }
}
