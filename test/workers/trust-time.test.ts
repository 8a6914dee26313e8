import { expect, test } from 'vitest'
import { trustTime, type Clock } from '../../workers/trust-time.ts'

const day = 86_400_000
const start = Date.UTC(2026, 0, 1)

test('a clock that goes on by less than a day is believed', () => {
  expect(trustTime({ trusted: start }, start + day)).toEqual({ trusted: start + day })
})

test('a clock that is set back is believed at once, because that expires less', () => {
  expect(trustTime({ trusted: start }, start - 3650 * day)).toEqual({ trusted: start - 3650 * day })
})

test('a jump of ten years is believed after it has held for a day, not before', () => {
  const later = start + 3650 * day
  const first = trustTime({ trusted: start }, later)
  const second = trustTime(first, later + day - 1)
  expect([first.trusted, second.trusted]).toEqual([start, start])
  expect(trustTime(second, later + day)).toEqual({ trusted: later + day })
})

test('a jump that is taken back leaves nothing behind', () => {
  const jumped = trustTime({ trusted: start }, start + 3650 * day)
  const back = trustTime(jumped, start + 1000)
  expect(back).toEqual({ trusted: start + 1000 })
})

test('a candidate that moves back towards now is not believed earlier for it', () => {
  let clock: Clock = { trusted: start }
  clock = trustTime(clock, start + 100 * day)
  clock = trustTime(clock, start + 50 * day)
  expect(trustTime(clock, start + 50 * day + 1000).trusted).toBe(start)
})
