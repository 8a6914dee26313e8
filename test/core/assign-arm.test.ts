import { expect, test } from 'vitest'
import { assignArm, type Arm } from '../../src/core/assign-arm.ts'
import { between, seededRandom } from '../support/seed.ts'

const arms: readonly Arm<'a' | 'b' | 'hold-out'>[] = [
  { name: 'a', share: 45 },
  { name: 'b', share: 45 },
  { name: 'hold-out', share: 10 },
]
const units = Array.from({ length: 50_000 }, (_, at) => `GA1.1.${at * 7919}.${1_700_000_000 + at}`)

test('a visitor has the same arm each time, and arms have their shares', () => {
  const counts = { a: 0, b: 0, 'hold-out': 0 }
  for (const unit of units) {
    const arm = assignArm({ experiment: 'spring', unit, arms })
    expect(assignArm({ experiment: 'spring', unit, arms })).toBe(arm)
    counts[arm]++
  }
  for (const { name, share } of arms) {
    const wanted = (share / 100) * units.length
    // Five standard deviations of a fair draw.
    expect(Math.abs(counts[name] - wanted)).toBeLessThan(5 * Math.sqrt(wanted * (1 - share / 100)))
  }
})

test('two experiments divide the same visitors independently', () => {
  const half = [arms[0]!, arms[1]!]
  const both = units.filter(
    (unit) =>
      assignArm({ experiment: 'one', unit, arms: half }) === 'a' &&
      assignArm({ experiment: 'two', unit, arms: half }) === 'a',
  ).length
  expect(Math.abs(both - units.length / 4)).toBeLessThan(5 * Math.sqrt(units.length * 0.25 * 0.75))
})

test('a hold-out that ends gives its visitors to the arm before it, and moves nobody else', () => {
  const random = seededRandom('arms')
  for (let run = 0; run < 500; run++) {
    const unit = units[between(random, 0, units.length - 1)]!
    const before = assignArm({ experiment: 'spring', unit, arms })
    const after = assignArm({
      experiment: 'spring',
      unit,
      arms: [arms[0]!, { name: 'b', share: 55 }, { name: 'hold-out', share: 0 }],
    })
    expect(after).toBe(before === 'hold-out' ? 'b' : before)
  }
})

test('without any share there is no arm', () => {
  expect(() => assignArm({ experiment: 'x', unit: 'u', arms: [] })).toThrow(RangeError)
  expect(() => assignArm({ experiment: 'x', unit: 'u', arms: [{ name: 'a', share: 0 }] })).toThrow(RangeError)
})
