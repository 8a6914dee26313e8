import { expect, test } from 'vitest'
import { arrange, type Candidate, type Cap } from '../../src/core/arrange.ts'
import { between, seededRandom } from '../support/seed.ts'

const random = seededRandom('arrange')

type InCategory = Candidate & { readonly category: number }

/** Relevance 1, .9, .8, ... in the given categories. */
function candidatesIn(categories: readonly number[]): InCategory[] {
  return categories.map((category, row) => ({ row, relevance: 1 - row / 10, category }))
}

/** Alike within a category, unlike across. */
const similarityOf = (candidates: readonly InCategory[]) => (a: number, b: number) =>
  candidates[a]!.category === candidates[b]!.category ? 1 : 0

const perCategory = (candidates: readonly InCategory[], most: number): Cap => ({
  most,
  group: (row) => candidates[row]!.category,
  rule: 'one of each',
})

test('without diversity and cap the list is the best by relevance, and nothing has moved', () => {
  const candidates = candidatesIn([0, 0, 1, 2])
  const arranged = arrange(candidates, { limit: 3, diversity: 0, caps: [], similarity: () => 1 })
  expect(arranged.map(({ candidate }) => candidate.row)).toEqual([0, 1, 2])
  expect(arranged.every(({ moved }) => moved.length === 0)).toBe(true)
})

test('a cap passes over what is too much of one category, and says so', () => {
  const candidates = candidatesIn([0, 0, 1])
  const arranged = arrange(candidates, {
    limit: 3,
    diversity: 0,
    caps: [perCategory(candidates, 1)],
    similarity: () => 0,
  })
  expect(arranged.map(({ candidate, moved }) => [candidate.row, ...moved])).toEqual([[0], [2, 'cap'], [1]])
  expect(arranged.map(({ rules }) => rules)).toEqual([[], ['one of each'], []])
})

test('diversity lets the unlike go first, and says so', () => {
  const candidates = candidatesIn([0, 0, 1])
  const similarity = similarityOf(candidates)
  const arranged = arrange(candidates, { limit: 3, diversity: 0.6, caps: [], similarity })
  expect(arranged.map(({ candidate, moved }) => [candidate.row, ...moved])).toEqual([[0], [2, 'diversity'], [1]])
})

test('equals maximal marginal relevance, computed naively', () => {
  for (let run = 0; run < 200; run++) {
    const count = between(random, 1, 30)
    const candidates = Array.from({ length: count }, (_, row) => ({ row, relevance: random() })).sort(
      (a, b) => b.relevance - a.relevance,
    )
    const alike = Array.from({ length: count }, () => Array.from({ length: count }, random))
    const similarity = (a: number, b: number) => alike[Math.min(a, b)]![Math.max(a, b)]!
    const diversity = random()
    const limit = between(random, 1, 12)
    const [most, least] = [candidates[0]!.relevance, candidates.at(-1)!.relevance]
    const scaled = (value: number) => (most === least ? 1 : (value - least) / (most - least))
    const expected: number[] = []
    while (expected.length < Math.min(limit, count)) {
      const left = candidates.filter(({ row }) => !expected.includes(row))
      const value = ({ row, relevance }: Candidate) =>
        (1 - diversity) * scaled(relevance) -
        diversity * Math.max(0, ...expected.map((other) => similarity(row, other)))
      expected.push(left.reduce((best, next) => (value(next) > value(best) + 1e-12 ? next : best)).row)
    }
    const arranged = arrange(candidates, { limit, diversity, caps: [], similarity })
    expect(arranged.map(({ candidate }) => candidate.row)).toEqual(expected)
  }
})
