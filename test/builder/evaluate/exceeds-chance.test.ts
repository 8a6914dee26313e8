import { expect, test } from 'vitest'
import { exceedsChance } from '../../../src/builder/evaluate/exceeds-chance.ts'
import { normal } from '../../../src/core/random.ts'
import { seededRandom } from '../../support/seed.ts'

test('what gains nothing exceeds chance once in forty times, and what gains four standard errors nearly always', () => {
  const random = seededRandom('exceeds chance')
  const [pairs, trials] = [400, 400]
  const share = (gain: number) => {
    let times = 0
    for (let trial = 0; trial < trials; trial++) {
      const others = Float64Array.from({ length: pairs }, () => 5 * normal(random))
      const values = others.map((value) => value + gain + normal(random))
      if (exceedsChance(values, others)) times++
    }
    return times / trials
  }
  expect(share(0)).toBeLessThan(0.07)
  expect(share(4 / Math.sqrt(pairs))).toBeGreaterThan(0.9)
  expect(share(-4 / Math.sqrt(pairs))).toBe(0)
})
