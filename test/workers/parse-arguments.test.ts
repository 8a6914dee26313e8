import { describe, expect, test } from 'vitest'
import type { Filter } from '../../src/core/shelf.ts'
import { codeOf } from '../../src/errors.ts'
import { parseRequest } from '../../workers/parse-arguments.ts'

function codeFor(filter: unknown): string {
  try {
    parseRequest({ placement: 'for-you', filter })
    return 'accepted'
  } catch (error) {
    return codeOf(error, 'timeout')
  }
}

/** A filter of so many `not`s around a brand. */
function nested(levels: number): Filter {
  return levels === 0 ? { brand: 'Fjord' } : { not: nested(levels - 1) }
}

describe('the filter of a request', () => {
  test('comes through as it was asked, three levels deep', () => {
    const filter: Filter = {
      category: ['Outdoor', 'Home > Lamps'],
      brand: 'Fjord',
      minPrice: 10,
      maxPrice: 50,
      inStock: true,
      or: [{ and: [{ seen: false }, { not: { bought: true, inCart: false } }] }, {}],
    }
    expect(parseRequest({ placement: 'for-you', filter }).filter).toEqual(filter)
  })

  const ring: { not?: unknown } = {}
  ring.not = ring
  test.each([
    ['no object', 'brand=Fjord'],
    ['an unknown condition', { colour: 'red' }],
    ['an unknown condition inside', { or: [{ not: { colour: 'red' } }] }],
    ['a price below zero', { minPrice: -1 }],
    ['a price that is no number', { maxPrice: Number.NaN }],
    ['a brand that is a number', { brand: 7 }],
    ['a list with something else in it', { category: ['Home', null] }],
    ['more than 100 names', { brand: Array.from({ length: 101 }, String) }],
    ['more than 16 parts', { or: Array.from({ length: 17 }, () => ({})) }],
    ['parts that are no list', { and: {} }],
    ['a word for yes', { inStock: 'yes' }],
    ['four levels', nested(4)],
    ['a ring', ring],
    ['more than 8192 characters', { or: Array.from({ length: 16 }, () => ({ brand: 'b'.repeat(600) })) }],
  ])('is refused with a code: %s', (_, filter) => {
    expect(codeFor(filter)).toBe('request-malformed')
  })

  test('is taken at each of its limits', () => {
    expect(codeFor(nested(3))).toBe('accepted')
    expect(codeFor({ or: Array.from({ length: 16 }, () => ({})) })).toBe('accepted')
    expect(codeFor({ brand: Array.from({ length: 100 }, String) })).toBe('accepted')
  })
})
