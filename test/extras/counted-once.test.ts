import { describe, expect, test } from 'vitest'
import { createCountedOnce } from '../../src/extras/capture/counted-once.ts'
import { between, seededRandom } from '../support/seed.ts'

const report = (source: string, ids: string[], time = 0, kind: 'view_item' | 'add_to_cart' = 'add_to_cart') => ({
  source,
  kind,
  ids: new Set(ids),
  time,
})

describe('an event that several sources report', () => {
  test('counts once, in whatever order they report it', () => {
    const counted = createCountedOnce()
    expect(counted.isNew(report('shopify', ['gid', '7', 'A']))).toBe(true)
    expect(counted.isNew(report('data-layer', ['A'], 40))).toBe(false)
    expect(counted.isNew(report('own', ['7'], 90))).toBe(false)
  })

  test('counts twice when it has happened twice', () => {
    const counted = createCountedOnce()
    expect(counted.isNew(report('data-layer', ['A']))).toBe(true)
    expect(counted.isNew(report('data-layer', ['A'], 100))).toBe(true)
    expect(counted.isNew(report('shopify', ['A'], 150))).toBe(false)
    expect(counted.isNew(report('shopify', ['A'], 200))).toBe(false)
    expect(counted.isNew(report('shopify', ['A'], 250))).toBe(true)
  })

  test('is another one of another kind, of another item, or much later', () => {
    const counted = createCountedOnce()
    expect(counted.isNew(report('shopify', ['A']))).toBe(true)
    expect(counted.isNew(report('data-layer', ['B'], 10))).toBe(true)
    expect(counted.isNew(report('data-layer', ['A'], 10, 'view_item'))).toBe(true)
    expect(counted.isNew(report('data-layer', ['A'], 60_000))).toBe(true)
  })

  test('is one look for as long as the page is open', () => {
    const counted = createCountedOnce()
    expect(counted.isNew(report('data-layer', ['A'], 0, 'view_item'))).toBe(true)
    expect(counted.isNew(report('structured-data', ['A'], 3_600_000, 'view_item'))).toBe(false)
    counted.turnPage()
    expect(counted.sawView()).toBe(false)
    expect(counted.isNew(report('structured-data', ['A'], 3_600_001, 'view_item'))).toBe(true)
  })

  test('counts as often as the source that reports most of it says, whatever the order', () => {
    const random = seededRandom('counted once')
    const sources = ['data-layer', 'shopify', 'segment', 'own']
    const counted = createCountedOnce()
    const told = new Map<string, number>()
    let events = 0
    for (let i = 0; i < 100; i++) {
      const source = sources[between(random, 0, 3)]!
      told.set(source, (told.get(source) ?? 0) + 1)
      if (counted.isNew(report(source, ['A'], i))) events++
      expect(events).toBe(Math.max(...told.values()))
    }
  })
})
