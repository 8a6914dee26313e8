import { expect, test } from 'vitest'
import type { Shelf, ShelfAnswer, ShelfRequest } from '../../src/core/shelf.ts'
import { createWatchers } from '../../src/worker-client/watchers.ts'

const shelf = (version: number): Shelf => ({ placement: 'for-you', items: [], version, coverage: 1 })
const filled = (...ids: readonly string[]): Shelf => {
  const card = { title: '', url: '', currency: 'EUR' }
  return {
    ...shelf(1),
    items: ids.map((id) => ({ card: { ...card, id }, score: 1, reasons: [], moved: [] })),
  }
}
const flush = () => new Promise((resolve) => setTimeout(resolve))
/** Long enough for a question and its answer. */
const settle = async () => {
  for (let i = 0; i < 5; i++) await flush()
}

/** Watchers whose questions are recorded; every answer is `answers.next`. */
function watched(next: ShelfAnswer) {
  const asked: (readonly ShelfRequest[])[] = []
  const answers = { next }
  const watchers = createWatchers(async (requests) => {
    asked.push(requests)
    await flush()
    return requests.map(() => answers.next)
  })
  return { asked, answers, watchers }
}

test('shelves that are added together are asked for in one question', async () => {
  const { asked, watchers } = watched(shelf(1))
  const seen: ShelfAnswer[] = []
  watchers.add({ placement: 'for-you' }, (answer) => seen.push(answer))
  watchers.add({ placement: 'trending' }, (answer) => seen.push(answer))
  await settle()
  expect(asked).toEqual([[{ placement: 'for-you' }, { placement: 'trending' }]])
  expect(seen).toEqual([shelf(1), shelf(1)])
})

test('few-item placements choose first, then the ones that were there first; a priority overrules both', async () => {
  const { asked, watchers } = watched(shelf(1))
  for (const placement of ['for-you', 'new', 'similar', 'buy-again'] as const) {
    watchers.add({ placement }, () => undefined)
  }
  watchers.add({ placement: 'trending' }, () => undefined, { priority: 2 })
  watchers.add({ placement: 'cart' }, () => undefined, { priority: -1 })
  await settle()
  const order = ['trending', 'similar', 'buy-again', 'for-you', 'new', 'cart']
  expect(asked.map((requests) => requests.map(({ placement }) => placement))).toEqual([order])
})

test('a shelf that joins later is asked for alone, without what the others show, and in its place from then on', async () => {
  const { asked, answers, watchers } = watched(filled('a', 'b'))
  watchers.add({ placement: 'for-you' }, () => undefined)
  await settle()
  answers.next = filled('c')
  const stop = watchers.add({ placement: 'similar', item: 'x', exclude: ['y'] }, () => undefined)
  await settle()
  expect(asked.at(-1)).toEqual([{ placement: 'similar', item: 'x', exclude: ['y', 'a', 'b'] }])
  watchers.refresh('all')
  await settle()
  expect(asked.at(-1)).toEqual([{ placement: 'similar', item: 'x', exclude: ['y'] }, { placement: 'for-you' }])
  stop()
  watchers.refresh('empty')
  await settle()
  expect(asked.length).toBe(3)
})

test('a burst of events is one question under way and one that follows', async () => {
  const { asked, watchers } = watched(shelf(1))
  watchers.add({ placement: 'for-you' }, () => undefined)
  await flush()
  for (let i = 0; i < 100; i++) watchers.refresh('all')
  await settle()
  expect(asked.length).toBe(2)
})

test('a shelf on screen does not change because the bundle did; an empty one is filled', async () => {
  const { answers, watchers } = watched(filled('a'))
  const full: ShelfAnswer[] = []
  const empty: ShelfAnswer[] = []
  watchers.add({ placement: 'for-you' }, (answer) => full.push(answer))
  await settle()
  answers.next = { fallback: 'no-bundle' }
  watchers.add({ placement: 'trending' }, (answer) => empty.push(answer))
  await settle()
  answers.next = shelf(2)
  watchers.refresh('empty')
  await settle()
  expect(full).toEqual([filled('a')])
  expect(empty).toEqual([{ fallback: 'no-bundle' }, shelf(2)])
})

test('a failure leaves a shelf on screen; an erased profile empties it', async () => {
  const { answers, watchers } = watched(shelf(1))
  const seen: ShelfAnswer[] = []
  watchers.add({ placement: 'for-you' }, (answer) => seen.push(answer))
  await settle()
  for (const next of [{ fallback: 'timeout' }, { fallback: 'no-items' }] as const) {
    answers.next = next
    watchers.refresh('all')
    await settle()
  }
  expect(seen).toEqual([shelf(1), { fallback: 'no-items' }])
})

test('after its undo a listener hears nothing, even of a question that is under way', async () => {
  const { watchers } = watched(shelf(1))
  const seen: ShelfAnswer[] = []
  watchers.add({ placement: 'for-you' }, (answer) => seen.push(answer))()
  await settle()
  expect(seen).toEqual([])
})

test('a listener that throws does not keep the others from hearing', async () => {
  const { watchers } = watched(shelf(1))
  const reported: unknown[] = []
  const scope = globalThis as { reportError?: (error: unknown) => void }
  const { reportError } = scope
  scope.reportError = (error) => reported.push(error)
  const seen: ShelfAnswer[] = []
  watchers.add({ placement: 'for-you' }, () => {
    throw new Error('of the page')
  })
  watchers.add({ placement: 'for-you' }, (answer) => seen.push(answer))
  await settle()
  if (reportError) scope.reportError = reportError
  else delete scope.reportError
  expect(seen).toEqual([shelf(1)])
  expect(reported).toHaveLength(1)
})
