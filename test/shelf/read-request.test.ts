import { describe, expect, test } from 'vitest'
import { readFilter, readRequest } from '../../src/shelf/read-request.ts'

function element(attributes: Record<string, string>): Element {
  return { getAttribute: (name: string) => attributes[name] ?? null } as unknown as Element
}

describe('the request of a shelf', () => {
  test('is made from its attributes', () => {
    const attributes = { placement: 'similar', limit: '12', item: 'TENT-2P', diversity: '0.4', filter: 'brand=Larch' }
    expect(readRequest(element(attributes))).toEqual({
      placement: 'similar',
      limit: 12,
      item: 'TENT-2P',
      settings: { diversity: 0.4 },
      filter: { brand: 'Larch' },
    })
  })

  test.each(['0', '-1', '101', 'many', '', ' ', 'NaN', 'Infinity'])('has 8 items at a limit of %j', (limit) => {
    expect(readRequest(element({ placement: 'new', limit }))).toEqual({ placement: 'new', limit: 8 })
  })

  test.each(['', 'nothing', 'constructor', '__proto__'])('is none for the placement %j', (placement) => {
    expect(readRequest(element({ placement }))).toBeUndefined()
  })

  test.each([
    ['category=Outdoor > Tents; price=10..50', { category: 'Outdoor > Tents', minPrice: 10, maxPrice: 50 }],
    ['price=..50', { maxPrice: 50 }],
    ['price=10..', { minPrice: 10 }],
    ['brand = A = B ;', { brand: 'A = B' }],
    ['colour=red', undefined],
    ['category=', undefined],
    ['price=cheap', undefined],
    ['__proto__=x; constructor=y', undefined],
    [';;=;', undefined],
  ])('has the filter %j', (text, filter) => {
    expect(readFilter(text)).toEqual(filter)
  })
})
