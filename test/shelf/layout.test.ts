import { describe, expect, test } from 'vitest'
import { layOut } from '../../src/shelf/layout.ts'
import { between, seededRandom } from '../support/seed.ts'

const sizes = { gap: 16, text: 78, least: 140, wanted: 200 }

describe('the layout of cards', () => {
  test('is one scrolling row on a phone, with the next card peeping in', () => {
    const { rows, card } = layOut({ ...sizes, width: 358, count: 8 })
    expect(rows).toBe(1)
    expect(card! * 2 + sizes.gap * 2).toBeLessThan(358)
  })

  test('is a grid without orphans on a desktop', () => {
    expect(layOut({ ...sizes, width: 1200, count: 8 })).toEqual({ rows: 2, columns: 4 })
    expect(layOut({ ...sizes, width: 1200, count: 12 })).toEqual({ rows: 3, columns: 4 })
    expect(layOut({ ...sizes, width: 1200, count: 5 })).toEqual({ rows: 1, columns: 5 })
  })

  test('keeps the size of few cards', () => {
    expect(layOut({ ...sizes, width: 1200, count: 1 })).toEqual({ rows: 1, columns: 4 })
  })

  test("shows all cards in the height of the shop's HTML, where they fit", () => {
    expect(layOut({ ...sizes, width: 1200, height: 600, count: 8 })).toEqual({ rows: 2, columns: 4 })
    expect(layOut({ ...sizes, width: 358, height: 1100, count: 8 })).toEqual({ rows: 4, columns: 2 })
  })

  test('scrolls where they do not', () => {
    expect(layOut({ ...sizes, width: 358, height: 280, count: 8 })).toMatchObject({ rows: 1, card: expect.any(Number) })
  })

  test('has a place for every card, and never a card wider than the shelf, whatever the space', () => {
    const random = seededRandom('layout')
    for (let i = 0; i < 2000; i++) {
      const width = between(random, 180, 2400)
      const count = between(random, 1, 100)
      const height = random() < 0.7 ? between(random, 200, 3000) : undefined
      const { rows, columns, card } = layOut({ ...sizes, width, count, ...(height !== undefined && { height }) })
      const space = `${width} x ${height}, ${count} cards`
      expect(rows * columns, space).toBeGreaterThanOrEqual(count)
      expect(card === undefined ? (rows - 1) * columns : rows * (columns - 1), space).toBeLessThan(count)
      expect(card ?? (width - sizes.gap * (columns - 1)) / columns, space).toBeLessThanOrEqual(width)
      if (height !== undefined && rows > 1) expect((height - sizes.gap * (rows - 1)) / rows, space).toBeGreaterThan(150)
      if (card === undefined) {
        expect((width - sizes.gap * (columns - 1)) / columns, space).toBeGreaterThanOrEqual(Math.min(140, width))
      }
    }
  })
})
