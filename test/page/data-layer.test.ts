import { afterEach, describe, expect, test } from 'vitest'
import { parseEvent } from '../../src/core/parse-event.ts'
import { watchDataLayer } from '../../src/page/data-layer.ts'
import { dataLayerVisit, gtagVisit, learnedFromGtag, learnedFromVisit } from './ga4-events.ts'

const scope = globalThis as { dataLayer?: unknown; shopLayer?: unknown[] }
let stop = () => {}

afterEach(() => {
  stop()
  delete scope.dataLayer
  delete scope.shopLayer
})

/** Watches the layer; what it reports, by event name. */
function watch(name?: string) {
  const entries: object[] = []
  stop = watchDataLayer({ track: (entry) => entries.push(entry), ...(name && { name }) })
  return {
    entries,
    names: () => entries.map((entry) => (entry as { event?: string; 1?: string }).event ?? (entry as { 1: string })[1]),
  }
}

function layer(): unknown[] {
  return scope.dataLayer as unknown[]
}

describe('the data layer', () => {
  test('is read from its beginning when the script arrives late', () => {
    scope.dataLayer = [...dataLayerVisit]
    expect(watch().names()).toEqual(learnedFromVisit)
  })

  test('is read push by push when the script arrives first', () => {
    const { names } = watch()
    for (const entry of dataLayerVisit) layer().push(entry)
    expect(names()).toEqual(learnedFromVisit)
    expect([...layer()]).toEqual(dataLayerVisit)
  })

  test("is read from gtag's arguments", () => {
    const { names } = watch()
    gtagVisit((entry) => layer().push(entry))
    expect(names()).toEqual(learnedFromGtag)
  })

  test('gives nothing that the recommender would refuse', () => {
    const { entries } = watch()
    for (const entry of dataLayerVisit) layer().push(entry)
    gtagVisit((entry) => layer().push(entry))
    const parsed = entries.map((entry) => parseEvent(entry, { now: 0, newId: () => 'id' }))
    expect(parsed.filter((result) => 'refused' in result)).toEqual([])
  })

  test('counts one object once, however often it is pushed', () => {
    const event = { event: 'view_item', ecommerce: { items: [{ item_id: 'a' }] } }
    scope.dataLayer = [event, event]
    const { entries } = watch()
    layer().push(event, event)
    expect(entries).toEqual([event])
  })

  test('counts two objects of the same content twice', () => {
    const { entries } = watch()
    for (let i = 0; i < 2; i++) layer().push({ event: 'add_to_cart', ecommerce: { items: [{ item_id: 'a' }] } })
    expect(entries).toHaveLength(2)
  })

  test("passes its arguments to the page's own push, and returns what that returns", () => {
    const pushed: unknown[][] = []
    const own = Object.assign([] as unknown[], { push: (...entries: unknown[]) => pushed.push(entries) * 7 })
    scope.dataLayer = own
    watch()
    expect(own.push(1, { event: 'x' })).toBe(7)
    expect(pushed).toEqual([[1, { event: 'x' }]])
  })

  test("lets an exception of the page's push through, and still learns", () => {
    scope.dataLayer = Object.assign([] as unknown[], {
      push: () => {
        throw new RangeError('of the page')
      },
    })
    const { names } = watch()
    expect(() => layer().push({ event: 'view_item', ecommerce: { items: [{ item_id: 'a' }] } })).toThrow('of the page')
    expect(names()).toEqual(['view_item'])
  })

  test('never hears its own echo', () => {
    const { entries } = watch()
    const items = [{ item_id: 'a' }]
    layer().push({ event: 'select_item', ecommerce: { item_list_id: 'windowshop:for-you', items } })
    layer().push(Object.assign([], { 0: 'event', 1: 'select_item', 2: { item_list_id: 'windowshop:similar', items } }))
    expect(entries).toEqual([])
  })

  test('ignores a shopper-made dismissal: that is no event of a shop', () => {
    const { entries } = watch()
    layer().push({ event: 'dismiss', ecommerce: { items: [{ item_id: 'a' }] } })
    expect(entries).toEqual([])
  })

  test('survives values of every kind, and getters that throw', () => {
    const { entries } = watch()
    const trap = {
      get event(): string {
        throw new Error('trap')
      },
    }
    const proxy = new Proxy({}, { get: () => expect.fail as never })
    expect(() => layer().push(null, undefined, 1, 'event', Symbol('s'), [], () => 0, 1n, trap, proxy)).not.toThrow()
    expect(entries).toEqual([])
  })

  test('replays the newest 500 entries of a long one', () => {
    scope.dataLayer = Array.from({ length: 2000 }, (_, i) => ({
      event: 'view_item',
      ecommerce: { items: [{ item_id: i }] },
    }))
    const { entries } = watch()
    expect(entries).toHaveLength(500)
    expect(entries.at(-1)).toBe(layer().at(-1))
  })

  test('may have another name, and may be something else altogether', () => {
    watch('shopLayer')
    expect([...scope.shopLayer!]).toEqual([])
    stop()
    scope.dataLayer = { push: 'no array' }
    watch()
    expect(scope.dataLayer).toEqual({ push: 'no array' })
  })

  test('may be frozen, or sealed by a getter: then it is read as far as it can be, and nothing is thrown', () => {
    const entry = { event: 'view_item', ecommerce: { items: [{ item_id: 'a' }] } }
    scope.dataLayer = Object.freeze([entry])
    expect(watch().entries).toEqual([entry])
    stop()
    Object.defineProperty(scope, 'dataLayer', {
      configurable: true,
      get: () => {
        throw new Error('of the page')
      },
    })
    expect(() => watch()).not.toThrow()
  })

  test('is left as it was after the undo', () => {
    const own = [] as unknown[]
    scope.dataLayer = own
    const before = own.push
    const { entries } = watch()
    expect(own.push).not.toBe(before)
    stop()
    expect(own.push).toBe(before)
    own.push({ event: 'view_item', ecommerce: { items: [{ item_id: 'a' }] } })
    expect(entries).toEqual([])
  })
})
