import { expect, test } from 'vitest'
import { liftRows, liftTrend } from '../../src/builder/learn/lift-fresh.ts'
import { normal } from '../../src/core/random.ts'
import { seededRandom } from '../support/seed.ts'

test('a fresh row keeps its direction and gets the length of what is known; nothing else changes', () => {
  const random = seededRandom('fresh rows')
  const [items, dims, length] = [50, 6, 1.25]
  const rows = Float64Array.from({ length: items * dims }, () => normal(random))
  const known = Array.from({ length: items }, (_, row) => row % 3 > 0)
  const fresh = known.map((isKnown, row) => !isKnown && row % 2 === 0)
  const nothing = 12
  rows.fill(0, nothing * dims, (nothing + 1) * dims)
  const before = rows.slice()
  liftRows(rows, dims, { fresh, known, length })

  const of = (table: Float64Array, row: number) => [...table.subarray(row * dims, (row + 1) * dims)]
  const squares = (table: Float64Array, row: number) => of(table, row).reduce((sum, value) => sum + value * value, 0)
  const learned = known.flatMap((isKnown, row) => (isKnown ? [squares(before, row)] : []))
  const target = length * Math.sqrt(learned.reduce((sum, value) => sum + value, 0) / learned.length)
  for (let row = 0; row < items; row++) {
    const scale = fresh[row] && row !== nothing ? target / Math.sqrt(squares(before, row)) : 1
    for (const [d, value] of of(rows, row).entries()) expect(value).toBeCloseTo(scale * before[row * dims + d]!, 10)
  }
})

test('of a fresh item one expects the mean trend of what is known', () => {
  const known = [true, true, false, false]
  const fresh = [false, false, true, false]
  const trend = Float32Array.from([1, 0.5, 0, 0])
  expect([...liftTrend(trend, fresh, known)]).toEqual([1, 0.5, 0.75, 0])
})
