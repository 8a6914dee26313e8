import { beforeAll, describe, expect, test } from 'vitest'
import type { Bundle } from '../../src/bundle/bundle.ts'
import { openBundle } from '../../src/bundle/open-bundle.ts'
import { packAvailability, packBundle, type PackInput } from '../../src/bundle/pack.ts'
import { parseRules } from '../../src/bundle/parse-rules.ts'
import { createBitmask, setBit } from '../../src/core/bitmask.ts'
import type { EventKind, EventRecord } from '../../src/core/event.ts'
import { createFold } from '../../src/core/fold.ts'
import type { Rule } from '../../src/core/rule.ts'
import type { Shelf, ShelfItem, ShelfRequest } from '../../src/core/shelf.ts'
import { answerPage } from '../../src/pipeline/answer-page.ts'
import { applyRules } from '../../src/pipeline/rules/apply-rules.ts'
import { createPlainScorer } from '../../src/scoring/plain-scorer.ts'
import { randomPackInput } from '../support/random-bundle.ts'
import { noon } from '../support/random-log.ts'
import { seededRandom } from '../support/seed.ts'

/**
 * A shop of ten items, `a` to `j`, of which `j` is sold out. Trending gives them the scores 1, .9, .8, ... in this order.
 *
 * |          | a     | b     | c     | d     | e     | f     | g    | h     | i     | j     |
 * | category | Lamps | Lamps | Lamps | Tents | Tents | Tents | Mugs | Mugs  | Mugs  | Lamps |
 * | brand    | Alder | Birch | Alder | Birch | Alder | Birch | Alder| Birch | Cedar | Cedar |
 * | price    | 10    | 20    | 30    | 40    | 50    | 60    | 70   | 80    | none  | 90    |
 */
const ids = [...'abcdefghij']
const rowOf = (id: string) => ids.indexOf(id)
const repeat = (values: readonly string[]) => ids.map((_, row) => values[row]!)

let bundle: Bundle
beforeAll(async () => {
  const flat = new Float32Array(10)
  const made = randomPackInput({ items: 10, random: seededRandom('rules') })
  const input: PackInput = {
    ...made,
    settings: { ...made.settings, diversity: 0 },
    segments: made.segments.map(({ name }) => ({ name, dims: 1, rows: new Float32Array(10) })),
    priors: { popularity: flat, newness: flat, trend: Float32Array.from(ids, (_, row) => 1 - row / 10) },
    ids,
    aliases: ids.map((id) => [`${id}-variant`]),
    categories: repeat([
      ...Array.from({ length: 3 }, () => 'Home > Lamps'),
      ...Array.from({ length: 3 }, () => 'Outdoor > Tents'),
      ...Array.from({ length: 3 }, () => 'Home > Mugs'),
      'Home > Lamps',
    ]),
    brands: repeat([...'ABABABABCC'].map((letter) => ({ A: 'Alder', B: 'Birch', C: 'Cedar' })[letter]!)),
    prices: Float32Array.from(ids, (id, row) => (id === 'i' ? NaN : 10 * Math.min(row + 1, 9))),
    neighbours: {
      offsets: Uint32Array.from({ length: 11 }, (_, row) => (row > 0 ? 3 : 0)),
      rows: Uint32Array.of(1, 2, 3),
      weights: Float32Array.of(1, 0.8, 0.6),
    },
    terms: { words: ['tent'], rows: Float32Array.of(1) },
  }
  const unavailable = createBitmask(10)
  setBit(unavailable, rowOf('j'))
  const { manifest, files } = await packBundle(input)
  bundle = openBundle(manifest, files, { availability: packAvailability({ ...input, unavailable }) })
})

const did = (kind: EventKind, item: string, minutesAgo = 1): Omit<EventRecord, 'seq' | 'id'> => ({
  profile: 'default',
  time: noon - minutesAgo * 60_000,
  kind,
  item,
})

interface Case {
  readonly rules: readonly Rule[]
  readonly request?: Partial<ShelfRequest>
  readonly log?: readonly Omit<EventRecord, 'seq' | 'id'>[]
  readonly now?: number
}

async function page({ rules, log = [], now = noon }: Case, requests: readonly ShelfRequest[]) {
  const fold = createFold()
  fold.append(log.map((event, i) => ({ ...event, seq: i + 1, id: `e${i}` })))
  const shop = { bundle, scorer: createPlainScorer(bundle.table), rules: applyRules(parseRules(rules)) }
  return answerPage(shop, fold, requests, now)
}

async function shelf(given: Case): Promise<readonly ShelfItem[]> {
  const [answer] = await page(given, [{ placement: 'trending', limit: 5, ...given.request }])
  return 'items' in answer! ? answer.items : []
}

const list = (items: readonly ShelfItem[]) => items.map(({ card }) => card.id).join('')
const listed = async (given: Case) => list(await shelf(given))

const lampsUp: Rule = { name: 'lamps up', boost: { category: 'Outdoor' }, by: 0.35 }
const hideA: Rule = { name: 'no a', hide: { items: ['a'] } }
const pinG: Rule = { name: 'first g', pin: ['g'] }

describe('without rules', () => {
  test('the shelf is by score', async () => expect(await listed({ rules: [] })).toBe('abcde'))
})

describe('a rule of each kind', () => {
  test.each<[string, Rule, string]>([
    ['pin: the item stands first, the others move on', { name: 'r', pin: ['g'] }, 'gabcd'],
    ['pin at a place', { name: 'r', pin: ['g'], at: 2 }, 'abgcd'],
    ['pin several: side by side', { name: 'r', pin: ['g', 'i'], at: 1 }, 'agibc'],
    ['pin a variant: its item', { name: 'r', pin: ['h-variant'] }, 'habcd'],
    ['pin what stands there anyway', { name: 'r', pin: ['a'] }, 'abcde'],
    ['pin behind the end: nothing', { name: 'r', pin: ['g'], at: 5 }, 'abcde'],
    ['pin an item that the shop does not have: nothing', { name: 'r', pin: ['x'] }, 'abcde'],
    [
      'boost: .35 lifts tents by three places and a half',
      { name: 'r', boost: { category: 'Outdoor' }, by: 0.35 },
      'daebf',
    ],
    ['boost items', { name: 'r', boost: { items: ['e', 'g'] }, by: 0.45 }, 'eabgc'],
    ['bury: .25 lowers a brand', { name: 'r', bury: { brand: 'Alder' }, by: 0.25 }, 'badcf'],
    ['hide a category', { name: 'r', hide: { category: 'Home > Lamps' } }, 'defgh'],
    ['hide items of a brand among some', { name: 'r', hide: { brand: 'Birch', items: ['a', 'b', 'd'] } }, 'acefg'],
    ['hide by an expression', { name: 'r', hide: { or: [{ maxPrice: 20 }, { brand: 'Cedar' }] } }, 'cdefg'],
    ['cap per category', { name: 'r', cap: 1, per: 'category' }, 'adgbc'],
    ['cap per brand', { name: 'r', cap: 2, per: 'brand' }, 'abcdi'],
    ['cap of some items', { name: 'r', cap: 1, per: 'brand', of: { category: 'Home > Lamps' } }, 'abdef'],
    ['a cap leaves no place empty', { name: 'r', cap: 1, per: 'brand' }, 'abicd'],
    ['price band', { name: 'r', price: { min: 30, max: 50 } }, 'cde'],
    ['price with one end; without a price it is outside', { name: 'r', price: { min: 70 } }, 'gh'],
    ['price ratio without an item of the page: nothing', { name: 'r', priceRatio: { max: 1 } }, 'abcde'],
  ])('%s', async (_, rule, expected) => expect(await listed({ rules: [rule] })).toBe(expected))

  test('price ratio: around the price of the item of the page', async () => {
    const rules: Rule[] = [{ name: 'r', priceRatio: { min: 0.5, max: 1.5 } }]
    expect(await listed({ rules, request: { item: 'd' } })).toBe('bcef')
    expect(await listed({ rules, request: { item: 'i' } })).toBe('abcde')
  })
})

describe('a condition', () => {
  const holds = (when: Rule['when'], given: Omit<Case, 'rules'> = {}) =>
    listed({ rules: [{ ...hideA, when: when! }], ...given })
  const views = (...items: string[]) => items.map((item, i) => did('view_item', item, 9 - i))

  test.each<[string, Rule['when'], Omit<Case, 'rules'>, boolean]>([
    ['placement: this one', { placement: 'trending' }, {}, true],
    ['placement: another', { placement: 'similar' }, {}, false],
    ['placement: one of several', { placement: ['new', 'trending'] }, {}, true],
    ["category: of the page's item", { category: 'Home > Mugs' }, { request: { item: 'g' } }, true],
    ['category: above it', { category: 'Home' }, { request: { item: 'g' } }, true],
    ['category: not that of the item', { category: 'Outdoor' }, { request: { item: 'g' } }, false],
    ['category: of the filter', { category: ['Outdoor', 'Home'] }, { request: { filter: { category: 'Home' } } }, true],
    ['category: a page without one', { category: 'Home' }, {}, false],
    ['segment new: nothing done yet', { segment: 'new' }, {}, true],
    ['segment new: not after an event', { segment: 'new' }, { log: views('b') }, false],
    [
      'segment returning: an event of yesterday',
      { segment: 'returning' },
      { log: [did('view_item', 'b', 1500)] },
      true,
    ],
    ['segment returning: not in the first session', { segment: 'returning' }, { log: views('b') }, false],
    ['segment customer: has bought', { segment: 'customer' }, { log: [did('purchase', 'i')] }, true],
    [
      'segment customer: has returned it',
      { segment: 'customer' },
      { log: [did('purchase', 'i', 2), did('refund', 'i')] },
      false,
    ],
    ['segment cart: by the log', { segment: 'cart' }, { log: [did('add_to_cart', 'i')] }, true],
    ['segment cart: by the request', { segment: 'cart' }, { request: { items: ['i'] } }, true],
    ['segment cart: empty', { segment: 'cart' }, {}, false],
    ['segment: one of several', { segment: ['cart', 'new'] }, {}, true],
    ['interest: three events', { interest: 'Home > Mugs' }, { log: views('g', 'h', 'g') }, true],
    ['interest: two are none', { interest: 'Home > Mugs' }, { log: views('g', 'h', 'e') }, false],
    ['from: that day', { from: '2026-03-14' }, {}, true],
    ['from: the next day', { from: '2026-03-15' }, {}, false],
    ['from: a moment in a time zone', { from: '2026-03-14T13:00+01:00' }, {}, true],
    ['to: that day is included', { to: '2026-03-14' }, {}, true],
    ['to: the day before', { to: '2026-03-13' }, {}, false],
    ['to: a moment is not included', { to: '2026-03-14T12:00:00Z' }, {}, false],
    ['several must all hold', { placement: 'trending', segment: 'cart' }, {}, false],
  ])('%s', async (_, when, given, expected) => {
    const items = await holds(when, given)
    expect(items.length).toBeGreaterThan(3)
    expect(items.includes('a')).toBe(!expected)
  })
})

describe('where rules meet', () => {
  test.each<[string, readonly Rule[], string]>([
    ['hide wins over pin', [{ ...pinG, pin: ['a'] }, hideA], 'bcdef'],
    ['hide wins over boost', [{ name: 'b', boost: { items: ['a'] }, by: 9 }, hideA], 'bcdef'],
    ['a price band wins over pin', [pinG, { name: 'p', price: { max: 30 } }], 'abc'],
    [
      'two price bands: both hold',
      [
        { name: 'p', price: { min: 20 } },
        { name: 'q', price: { max: 40 } },
      ],
      'bcd',
    ],
    ['boosts add up', [lampsUp, { name: 'more', boost: { brand: 'Birch' }, by: 0.12 }], 'dbafe'],
    ['boost and bury of one item add up', [lampsUp, { name: 'down', bury: { items: ['d'] }, by: 0.35 }], 'aebfc'],
    ['a cap counts after boosts', [lampsUp, { name: 'c', cap: 1, per: 'category' }], 'dageb'],
    [
      'the tighter of two caps holds',
      [
        { name: 'c', cap: 2, per: 'category' },
        { name: 'd', cap: 1, per: 'category' },
      ],
      'adgbc',
    ],
    [
      'caps of both kinds hold together',
      [
        { name: 'c', cap: 1, per: 'category' },
        { name: 'd', cap: 1, per: 'brand' },
      ],
      'adibc',
    ],
    [
      'a pin takes no part in a cap',
      [
        { name: 'p', pin: ['b', 'c'] },
        { name: 'c', cap: 1, per: 'category' },
      ],
      'bcadg',
    ],
    ['two pins of one place: the earlier rule has it', [pinG, { name: 'h', pin: ['h'] }], 'ghabc'],
    ['the same pins, the other way round', [{ name: 'h', pin: ['h'] }, pinG], 'hgabc'],
    ['one item pinned twice stands once', [pinG, { name: 'again', pin: ['g'], at: 3 }], 'gabcd'],
    ['a pin wins over bury', [pinG, { name: 'down', bury: { items: ['g'] }, by: 5 }], 'gabcd'],
  ])('%s', async (_, rules, expected) => expect(await listed({ rules })).toBe(expected))

  test("what is sold out, in the request's way or refused by the shopper is not pinned", async () => {
    const rules: Rule[] = [{ name: 'r', pin: ['j', 'g'] }]
    expect(await listed({ rules })).toBe('agbcd')
    expect(await listed({ rules, log: [did('dismiss', 'g')] })).toBe('abcde')
    expect(await listed({ rules, request: { exclude: ['g'] } })).toBe('abcde')
    expect(await listed({ rules, request: { filter: { brand: 'Birch' } } })).toBe('bdfh')
  })

  test('a pin of two shelves stands on the first, and on no other as an item of its own score', async () => {
    const request: ShelfRequest = { placement: 'trending', limit: 3 }
    const onSecond: Rule = { name: 'r', pin: ['a'], when: { placement: 'new' } }
    const both = await page({ rules: [onSecond] }, [request, { placement: 'new', limit: 3 }])
    expect(both.map((answer) => list((answer as Shelf).items))).toEqual(['bcd', 'aef'])
    const twice = await page({ rules: [pinG] }, [request, { ...request }])
    expect(twice.map((answer) => list((answer as Shelf).items))).toEqual(['gab', 'cde'])
  })

  test('lists of what the shopper did lose what is hidden, and change in no other way', async () => {
    const log = ['a', 'b', 'c'].map((item, i) => did('view_item', item, 9 - i))
    const rules: Rule[] = [
      hideA,
      pinG,
      { name: 'up', boost: { items: ['b'] }, by: 9 },
      { name: 'c', cap: 1, per: 'category' },
    ]
    expect(await listed({ rules, log, request: { placement: 'recently-viewed' } })).toBe('cb')
  })

  test('bought-together obeys them, too', async () => {
    const request: Partial<ShelfRequest> = { placement: 'bought-together', item: 'a' }
    expect(await listed({ rules: [], request })).toBe('bcd')
    expect(await listed({ rules: [{ name: 'r', boost: { items: ['d'] }, by: 0.5 }], request })).toBe('dbc')
    expect(await listed({ rules: [pinG, { name: 'r', hide: { items: ['b'] } }], request })).toBe('gcd')
  })
})

describe('an explanation', () => {
  test('names the rules on the score, and its parts still sum to it', async () => {
    const rules: Rule[] = [lampsUp, { name: 'birch down', bury: { brand: 'Birch' }, by: 0.05 }]
    for (const request of [{}, { placement: 'bought-together', item: 'a' }] as const) {
      for (const { card, reasons, score } of await shelf({ rules, request })) {
        const named = reasons.flatMap(({ kind, id }) => (kind === 'rule' ? [id] : []))
        expect(named.sort(), card.id).toEqual(
          [
            ...('bdfh'.includes(card.id) ? ['birch down'] : []),
            ...('def'.includes(card.id) ? ['lamps up'] : []),
          ].sort(),
        )
        expect(reasons.reduce((sum, { contribution }) => sum + contribution, 0)).toBeCloseTo(score, 6)
      }
    }
  })

  test('names the rule that pinned an item, or made room for it', async () => {
    const pinned = await shelf({ rules: [pinG] })
    expect(pinned.map(({ moved, rules }) => [moved, rules])).toEqual([
      [['pin'], ['first g']],
      ...Array.from({ length: 4 }, () => [[], []]),
    ])
    const capped = await shelf({ rules: [{ name: 'one a kind', cap: 1, per: 'category' }] })
    expect(capped.map(({ rules }) => rules)).toEqual([[], ['one a kind'], ['one a kind'], [], []])
  })

  test('of a pinned item is its own score and what it is made of', async () => {
    const [first] = await shelf({ rules: [pinG] })
    expect(first!.score).toBeCloseTo(0.4, 2)
    expect(first!.reasons.map(({ id }) => id)).toEqual(['trend'])
  })
})

describe('rules from outside', () => {
  const named = (rest: object) => [{ name: 'r', ...rest }]
  test.each<[string, unknown]>([
    ['no list', {}],
    ['without a name', [{ hide: { brand: 'Alder' } }]],
    ['of one name', [hideA, hideA]],
    ['of no kind', named({})],
    ['of two kinds', named({ pin: ['a'], hide: { brand: 'Alder' } })],
    ['of an unknown kind', named({ discount: 0.1 })],
    ['that would set a price', named({ setPrice: 5 })],
    ['on margin: it is for the builder alone', named({ margin: { by: 0.1 } })],
    ['with a word that belongs to another kind', named({ hide: { brand: 'Alder' }, by: 1 })],
    ['without a word that is needed', named({ boost: { brand: 'Alder' } })],
    ['about nothing', named({ hide: {} })],
    ['with an unknown condition of items', named({ hide: { colour: 'red' } })],
    ['with an unknown placement', named({ pin: ['a'], when: { placement: 'home' } })],
    ['with an unknown segment', named({ pin: ['a'], when: { segment: 'women' } })],
    ['with a date that does not exist', named({ pin: ['a'], when: { from: '2026-13-01' } })],
    ['with a moment without a time zone', named({ pin: ['a'], when: { from: '2026-01-01T12:00' } })],
    ['with a boost below zero', named({ boost: { brand: 'Alder' }, by: -1 })],
    ['with a boost that is no number', named({ boost: { brand: 'Alder' }, by: Infinity })],
    ['with a band the wrong way round', named({ price: { min: 5, max: 4 } })],
    ['with a band without an end', named({ price: {} })],
    ['with a cap of none', named({ cap: 0, per: 'brand' })],
    ['with 21 pins', named({ pin: Array.from({ length: 21 }, String) })],
    ['more than 200', Array.from({ length: 201 }, (_, i) => ({ name: `${i}`, hide: { brand: 'x' } }))],
  ])('are refused with a code: %s', (_, input) => {
    expect(() => parseRules(input)).toThrowError(expect.objectContaining({ code: 'rules-malformed' }))
  })
})
