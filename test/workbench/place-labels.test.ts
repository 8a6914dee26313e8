import { expect, test } from 'vitest'
import { placeLabels, type Box, type Label } from '../../src/workbench/mind/place-labels.ts'
import { between, seededRandom } from '../support/seed.ts'

const random = seededRandom('place-labels')
const picture = { width: 340, height: 300 }

test('wherever three points lie, their words are in the picture, and none covers another or a point', () => {
  for (let turn = 0; turn < 2000; turn++) {
    const near = between(random, 0, 60)
    const [x, y] = [between(random, 14, 326), between(random, 14, 286)]
    const within = (value: number, most: number) => Math.min(most - 14, Math.max(14, value))
    const labels: Label[] = Array.from({ length: 3 }, () => ({
      at: [
        within(x + between(random, -near, near), picture.width),
        within(y + between(random, -near, near), picture.height),
      ],
      width: between(random, 20, 90),
    }))
    const boxes = placeLabels(labels, picture)
    for (const [place, box] of boxes.entries()) {
      expect(box.right - box.left).toBeCloseTo(labels[place]!.width)
      expect(box.left >= 0 && box.top >= 0 && box.right <= picture.width && box.bottom <= picture.height).toBe(true)
      for (const other of boxes.slice(0, place)) expect(apart(box, other)).toBe(true)
      for (const { at } of labels) expect(holds(box, at)).toBe(false)
    }
  }
})

test('a word with room around it stands beside its point', () => {
  const [box] = placeLabels([{ at: [100, 100], width: 50 }], picture)
  expect(box).toEqual({ left: 110, top: 92, right: 160, bottom: 108 })
})

function apart(a: Box, b: Box): boolean {
  return a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top
}

function holds(box: Box, [x, y]: readonly [number, number]): boolean {
  return box.left < x && x < box.right && box.top < y && y < box.bottom
}
