import { beforeAll, expect, test } from 'vitest'
import { openBundle } from '../../src/bundle/open-bundle.ts'
import { packBundle } from '../../src/bundle/pack.ts'
import type { Bundle } from '../../src/bundle/bundle.ts'
import type { EventRecord } from '../../src/core/event.ts'
import { createFold } from '../../src/core/fold.ts'
import type { Shelf, ShelfRequest } from '../../src/core/shelf.ts'
import { createLab } from '../../src/lab/create-lab.ts'
import type { LabApi } from '../../src/lab/lab-api.ts'
import { answerPage } from '../../src/pipeline/answer-page.ts'
import { withPrices } from '../../src/pipeline/with-prices.ts'
import { createPlainScorer } from '../../src/scoring/plain-scorer.ts'
import { noon, randomLog } from '../support/random-log.ts'
import { randomPackInput } from '../support/random-bundle.ts'
import { seededRandom } from '../support/seed.ts'

const address = 'https://shop.test/bundle/manifest.json'
const items = 400
let bundle: Bundle
let lab: LabApi
let events: EventRecord[]

beforeAll(async () => {
  const random = seededRandom('lab')
  const { manifest, files } = await packBundle(randomPackInput({ items, random }))
  bundle = openBundle(manifest, files)
  events = randomLog(random, { events: 60, items })
  lab = createLab()
  const given = new Map(
    [...files].map(([name, bytes]) => [new URL(name, address).href, bytes as Uint8Array<ArrayBuffer>]),
  )
  await lab.open({ manifest: address, files: given })
  await lab.shopper({ events, now: noon })
})

/** What the shop itself would answer. */
async function served(request: Partial<ShelfRequest>): Promise<Shelf['items']> {
  const fold = createFold()
  fold.append(events)
  const [answer] = await answerPage(
    { bundle, scorer: createPlainScorer(bundle.table), rules: withPrices() },
    fold,
    [{ placement: 'for-you', reasons: 1000, ...request }],
    noon,
  )
  return (answer as Shelf).items
}

test('tuned lists are those that the shop would show under these settings', async () => {
  const settings = [
    {},
    { diversity: 0.7, session: 0.2 },
    { popularity: 2, trend: -1, halfLifeDays: 3, priceSensitivity: 1 },
  ]
  const { lists } = await lab.tune({ placement: 'for-you', limit: 12, settings })
  for (const [at, change] of settings.entries()) {
    const wanted = await served({ limit: 12, settings: change })
    expect(lists[at]!.map(({ card, score }) => [card.id, score])).toEqual(
      wanted.map(({ card, score }) => [card.id, score]),
    )
  }
})

test('a score taken apart adds up, part by part, to what the shop explains', async () => {
  const settings = { session: 1.3, repeatBonus: [0.4, 0.1], priceSensitivity: 0.8 }
  for (const { card, score, reasons } of await served({ limit: 20, settings })) {
    const parts = (await lab.decompose({ item: card.id, settings }))!
    const scale = reasons.reduce((sum, { contribution }) => sum + Math.abs(contribution), 0)
    const sum =
      parts.events.reduce((all, event) => all + event.sum, 0) +
      parts.priors.reduce((all, prior) => all + prior.part, 0) +
      parts.repeat
    expect(parts.score).toBeCloseTo(score, 10)
    expect(Math.abs(sum - score)).toBeLessThan(1e-6 * scale)
    for (const { id, parts: own, sum: whole } of parts.events) {
      expect(own.reduce((all, part) => all + part, 0)).toBeCloseTo(whole, 12)
      const told = reasons.find((reason) => reason.kind === 'event' && reason.id === id)?.contribution ?? 0
      expect(whole).toBeCloseTo(told, 9)
    }
    const blended = [...parts.blend, ...parts.priors]
    for (const { value, weight, part } of blended) expect(value * weight).toBeCloseTo(part, 9)
    expect(Math.abs(blended.reduce((all, { part }) => all + part, parts.repeat) - score)).toBeLessThan(1e-6 * scale)
    for (const [g, name] of ['collaborative', 'content'].entries()) {
      const ofSegment = parts.blend.filter(({ segment }) => segment === name)
      const ofEvents = parts.events.reduce((all, event) => all + event.parts[g]!, 0)
      expect(ofSegment.reduce((all, { part }) => all + part, 0)).toBeCloseTo(ofEvents, 9)
    }
    expect(parts.priors.find(({ name }) => name === 'price')?.part).toBeGreaterThan(0)
    expect(parts.hidden).toEqual([])
  }
})

test('an item on the list tells its place, and how like those above it is', async () => {
  const list = await served({ limit: 12 })
  const content = (id: string) => {
    const { rows, stride, dims } = bundle.table
    return Array.from(rows.subarray(bundle.rowOf(id)! * stride + dims[0]!).subarray(0, dims[1]))
  }
  const cosine = (a: number[], b: number[]) =>
    a.reduce((sum, value, d) => sum + value * b[d]!, 0) / Math.hypot(...a) / Math.hypot(...b)
  for (const [at, { card }] of list.entries()) {
    const { listed } = (await lab.decompose({ item: card.id, settings: {} }))!
    const above = list.slice(0, at).map((other) => cosine(content(card.id), content(other.card.id)))
    expect(listed!.place).toBe(at + 1)
    if (at === 0) expect(listed!.likeness).toBeUndefined()
    else expect(listed!.likeness).toBeCloseTo(Math.max(0, ...above), 9)
  }
  const off = (await served({ limit: 40 })).at(-1)!
  expect((await lab.decompose({ item: off.card.id, settings: {} }))!.listed).toBeUndefined()
})

test('the place of an item counts all that score higher, and what hides it has a name', async () => {
  const all = await served({ limit: 100, settings: { diversity: 0 } })
  const places = await Promise.all(
    all.map(async ({ card }) => (await lab.decompose({ item: card.id, settings: {} }))!.place),
  )
  expect(places).toEqual([...places].sort((a, b) => a - b))
  const dismissed = events.findLast(({ kind }) => kind === 'dismiss')!.item!
  const later = events.slice(events.findLastIndex(({ item, kind }) => item === dismissed && kind === 'dismiss') + 1)
  const back = later.some(({ item, kind }) => item === dismissed && kind === 'add_to_cart')
  const { hidden } = (await lab.decompose({ item: dismissed, settings: {} }))!
  expect(hidden.includes('dismissed')).toBe(!back)
  expect(await lab.decompose({ item: 'nothing', settings: {} })).toBeUndefined()
})

test('attention shares sum to one, and the query is the sum of session and profile', async () => {
  const { attention, segments, nearest } = await lab.mind({})
  expect(attention.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9)
  for (const { session, profile, query } of segments) {
    for (const [d, value] of query.entries()) expect(value).toBeCloseTo(session[d]! + profile[d]!, 5)
  }
  for (const { cosine } of [...nearest.session, ...nearest.profile])
    expect(Math.abs(cosine)).toBeLessThanOrEqual(1 + 1e-9)
})

test('the map has every item within its frame, spread along both axes, and the same one each time', async () => {
  const map = await lab.map()
  expect([map.x.length, map.y.length]).toEqual([items, items])
  for (const axis of [map.x, map.y]) {
    expect(axis.every((value) => value >= -1 && value <= 1)).toBe(true)
    expect(new Set(axis).size).toBeGreaterThan(items / 2)
  }
  expect(map.departments).toEqual(['', 'Home', 'Outdoor'])
  expect(await lab.map()).toEqual(map)
})

test('items are found by id, by another id, and by words of their titles', async () => {
  expect((await lab.find('item-7'))[0]!.id).toBe('item-7')
  expect((await lab.find('variant-9-b'))[0]!.id).toBe('item-9')
  expect((await lab.find('ITEM 12')).map(({ id }) => id)).toContain('item-12')
  expect(await lab.find('  ')).toEqual([])
})

test('a replay looks each new item up in the lists that the shop would have shown just before', async () => {
  const settings = [{}, { session: 0, profile: 0, popularity: 1, trend: 0, newness: 0, diversity: 0 }]
  const k = 20
  const { steps, quality } = await lab.replay({ settings, k })
  const fold = createFold()
  const met = new Set<number>()
  const wanted: (number | undefined)[][] = []
  const counted = createFold()
  counted.append(events)
  for (const event of counted.counted) {
    const row = event.item === undefined ? undefined : bundle.rowOf(event.item)
    if (row !== undefined && !met.has(row) && fold.events.length > 0) {
      const places = []
      for (const change of settings) {
        const [answer] = await answerPage(
          { bundle, scorer: createPlainScorer(bundle.table) },
          fold,
          [{ placement: 'for-you', limit: k, settings: change }],
          event.time,
        )
        const place = (answer as Shelf).items.findIndex(({ card }) => bundle.rowOf(card.id) === row)
        places.push(place < 0 ? undefined : place + 1)
      }
      wanted.push(places)
    }
    if (row !== undefined) met.add(row)
    fold.append([event])
  }
  expect(steps.map(({ places }) => places)).toEqual(wanted)
  for (const [which, { recall, ndcg, mrr, coverage, diversity }] of quality.entries()) {
    const found = wanted.flatMap((places) => places[which] ?? [])
    expect(recall).toBeCloseTo(found.length / wanted.length, 12)
    expect(mrr).toBeCloseTo(found.reduce((sum, place) => sum + 1 / place, 0) / wanted.length, 12)
    expect(ndcg).toBeCloseTo(found.reduce((sum, place) => sum + 1 / Math.log2(place + 1), 0) / wanted.length, 12)
    expect(coverage).toBeGreaterThan(0)
    expect(diversity).toBeGreaterThan(0)
  }
  expect(quality[0]!.coverage).toBeGreaterThan(quality[1]!.coverage)
})

test('a cold start begins with everyone’s list, and ends with the shopper’s', async () => {
  const counted = createFold()
  counted.append(events)
  const counts = [0, 1, counted.counted.length]
  const strips = await lab.coldStart({ settings: {}, counts: [...counts, 10_000], limit: 6 })
  expect(strips.map(({ count }) => count)).toEqual(counts)
  expect(strips[0]!.cards).toHaveLength(6)
  expect(strips[2]!.cards.map(({ id }) => id)).not.toEqual(strips[0]!.cards.map(({ id }) => id))
})
