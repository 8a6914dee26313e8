import { expect, test } from 'vitest'
import { signTest, teamDraft } from '../../src/lab/interleave.ts'
import { between, seededRandom } from '../support/seed.ts'

test('a draft takes each ranking’s best in turn, no item twice, and both teams alike over many drafts', () => {
  const random = seededRandom('draft')
  const counts = { a: 0, b: 0 }
  for (let run = 0; run < 500; run++) {
    const shuffled = () =>
      Array.from({ length: 12 }, (_, id) => ({ id, at: random() }))
        .sort((x, y) => x.at - y.at)
        .map(({ id }) => id)
    const [a, b] = [shuffled(), shuffled()]
    const limit = between(random, 1, 12)
    const { list, teams } = teamDraft(a, b, { limit, random })
    expect(list).toHaveLength(limit)
    expect(new Set(list).size).toBe(limit)
    for (const [at, item] of list.entries()) {
      const ranking = teams[at] === 'a' ? a : b
      const before = new Set(list.slice(0, at))
      expect(ranking.find((each) => !before.has(each))).toBe(item)
      counts[teams[at]!]++
    }
    const [ofA, ofB] = [teams.filter((team) => team === 'a').length, teams.filter((team) => team === 'b').length]
    expect(Math.abs(ofA - ofB)).toBeLessThanOrEqual(1)
  }
  const share = counts.a / (counts.a + counts.b)
  expect(Math.abs(share - 0.5)).toBeLessThan(0.03)
})

test('a draft of rankings that are too short ends with what they have', () => {
  const random = seededRandom('short draft')
  expect(teamDraft(['x'], ['x'], { limit: 8, random }).list).toEqual(['x'])
  expect(teamDraft<string>([], [], { limit: 8, random })).toEqual({ list: [], teams: [] })
  expect(new Set(teamDraft(['x', 'y'], ['z'], { limit: 8, random }).list)).toEqual(new Set(['x', 'y', 'z']))
})

test('the sign test agrees with coins that are tossed', () => {
  const random = seededRandom('coins')
  for (const [wins, losses] of [
    [8, 2],
    [12, 9],
    [30, 14],
  ] as const) {
    const tosses = 20_000
    let asUneven = 0
    for (let run = 0; run < tosses; run++) {
      let heads = 0
      for (let coin = 0; coin < wins + losses; coin++) if (random() < 0.5) heads++
      if (Math.min(heads, wins + losses - heads) <= Math.min(wins, losses)) asUneven++
    }
    const p = signTest(wins, losses)
    expect(Math.abs(asUneven / tosses - p)).toBeLessThan(5 * Math.sqrt((p * (1 - p)) / tosses))
  }
  expect(signTest(0, 0)).toBe(1)
  expect(signTest(5, 5)).toBe(1)
})
