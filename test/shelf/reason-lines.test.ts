import { describe, expect, test } from 'vitest'
import type { Reason, ShelfItem } from '../../src/core/shelf.ts'
import { reasonLines } from '../../src/shelf/reason-lines.ts'
import { stringsOf } from '../../src/shelf/strings.ts'
import { between, seededRandom } from '../support/seed.ts'

const english = stringsOf('en')

function viewed(title: string, share: number): Reason {
  return {
    kind: 'event',
    id: title,
    event: { kind: 'view_item', time: 0, item: title },
    title,
    contribution: share,
    share,
  }
}

function item(reasons: Reason[], moved: ShelfItem['moved'] = []): ShelfItem {
  return { card: { id: 'x', title: 'x', url: '/', currency: 'EUR' }, score: 1, reasons, moved }
}

function said(reasons: Reason[], moved: ShelfItem['moved'] = [], language = 'en'): string[] {
  return reasonLines(item(reasons, moved), stringsOf(language), language).map(({ share, text }) =>
    `${share} ${text}`.trim(),
  )
}

describe('the reasons of an item', () => {
  test('are shares and words', () => {
    const dismissed: Reason = { ...viewed('Red mug', -0.12), event: { kind: 'dismiss', time: 0, item: 'm' } }
    const trend: Reason = { kind: 'prior', id: 'trend', contribution: 0.38, share: 0.38 }
    expect(said([viewed('Blue tent', 0.62), trend, dismissed], ['diversity', 'cap'])).toEqual([
      '62% because you viewed Blue tent',
      '38% trending at the moment',
      '12% less because you said no to Red mug',
      'placed here for variety',
    ])
  })

  test('are in Chinese on a Chinese page', () => {
    expect(said([viewed('蓝色帐篷', 1)], [], 'zh-CN')).toEqual(['100% 因为你浏览过蓝色帐篷'])
  })

  test('name an item by its id, or as another item, where there is no title', () => {
    const { title: _, ...untitled } = viewed('SKU-1', 0.5)
    const unknown: Reason = { kind: 'context', id: 'i', contribution: 0.5, share: 0.5 }
    expect(said([untitled, unknown])).toEqual(['50% because you viewed SKU-1', '50% related to another item'])
  })

  test('keep the text of a title as it is, placeholders and all', () => {
    expect(said([viewed('{item} $& $1', 1)])).toEqual(['100% because you viewed {item} $& $1'])
  })

  test('sum the small ones up', () => {
    const small = Array.from({ length: 5 }, (_, i) => viewed(`s${i}`, 0.08))
    expect(said([viewed('a', 0.6), ...small])).toEqual([
      '60% because you viewed a',
      ...['s0', 's1', 's2'].map((name) => `8% because you viewed ${name}`),
      '16% other reasons',
    ])
  })

  test('of the same words are one, for all that was done', () => {
    expect(said([viewed('a', 0.5), viewed('b', 0.3), viewed('a', 0.2)])).toEqual([
      '70% because you viewed a',
      '30% because you viewed b',
    ])
  })

  test('name what the engine summed up as other reasons', () => {
    const rest: Reason = { kind: 'rest', id: '30', contribution: 0.4, share: 0.4 }
    expect(said([viewed('a', 0.6), rest])).toEqual(['60% because you viewed a', '40% other reasons'])
  })

  test('survive a name that is in no table', () => {
    const odd: Reason = { kind: 'prior', id: 'constructor', contribution: 1, share: 1 }
    expect(said([odd])).toEqual(['100% other reasons'])
  })

  test('have shares that add up to 100 %, give or take rounding where all are listed', () => {
    const random = seededRandom('reasons')
    for (let round = 0; round < 500; round++) {
      const weights = Array.from({ length: between(random, 1, 12) }, () => random() ** 4 + 1e-6)
      const total = weights.reduce((sum, weight) => sum + weight, 0)
      const lines = reasonLines(item(weights.map((weight, i) => viewed(`i${i}`, weight / total))), english, 'en')
      const sum = lines.reduce((whole, { share }) => whole + parseInt(share, 10), 0)
      expect(Math.abs(sum - 100), `${weights}`).toBeLessThanOrEqual(2)
      if (lines.at(-1)?.text === 'other reasons') expect(sum).toBe(100)
    }
  })
})
