import { describe, expect, test } from 'vitest'
import type { ShelfAnswer } from '../../src/core/shelf.ts'
import { createShelfState } from '../../src/shelf/shelf-state.ts'

function shelf(ids: string, version: number): ShelfAnswer {
  const items = [...ids].map((id) => ({
    card: { id, title: id, url: '/', currency: 'EUR' },
    score: 1,
    reasons: [],
    moved: [],
  }))
  return { placement: 'for-you', items, version, coverage: 1 }
}

function shown(state: ReturnType<typeof createShelfState>): string {
  return state.items.map(({ card }) => card.id).join('')
}

describe('what a shelf shows', () => {
  test('follows the log', () => {
    const state = createShelfState()
    expect(state.answered).toBe(false)
    state.accept(shelf('abc', 1))
    state.accept(shelf('cab', 2))
    expect(shown(state)).toBe('cab')
    expect(state.answered).toBe(true)
  })

  test('stays when the same log gives another list: a tier or a backend has arrived', () => {
    const state = createShelfState()
    state.accept(shelf('abc', 1))
    expect(state.accept(shelf('xyz', 1))).toBe(false)
    expect(shown(state)).toBe('abc')
  })

  test('is filled by the same log when it was empty', () => {
    const state = createShelfState()
    state.accept({ fallback: 'no-bundle' })
    state.accept(shelf('', 1))
    state.accept(shelf('abc', 1))
    expect(shown(state)).toBe('abc')
  })

  test('stays through a failure, and goes when there is nothing to show', () => {
    const state = createShelfState()
    state.accept(shelf('abc', 1))
    state.accept({ fallback: 'timeout' })
    expect(shown(state)).toBe('abc')
    state.accept({ fallback: 'no-items' })
    expect(shown(state)).toBe('')
  })

  test('changes with the request, whatever the version', () => {
    const state = createShelfState()
    state.accept(shelf('abc', 1))
    state.renew()
    expect(shown(state)).toBe('abc')
    state.accept(shelf('xyz', 1))
    expect(shown(state)).toBe('xyz')
    state.renew()
    state.accept({ fallback: 'timeout' })
    expect(shown(state)).toBe('')
  })

  test('lacks a dismissed item, also in an answer that was under way', () => {
    const state = createShelfState()
    state.accept(shelf('abc', 1))
    state.dismiss('b')
    expect(shown(state)).toBe('ac')
    state.accept(shelf('abcd', 2))
    expect(shown(state)).toBe('acd')
    state.accept(shelf('acd', 3))
    state.accept(shelf('acdb', 4))
    expect(shown(state), 'the dismissal was undone').toBe('acdb')
  })
})
