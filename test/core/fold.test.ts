import { describe, expect, test } from 'vitest'
import type { EventRecord } from '../../src/core/event.ts'
import { createFold, dayMs, strengthOf, type EventVectors } from '../../src/core/fold.ts'
import { createRandom, normal } from '../../src/core/random.ts'
import { defaultSettings } from '../../src/core/settings.ts'
import { userVector } from '../../src/core/user-vector.ts'
import { noon, randomLog } from '../support/random-log.ts'
import { between, seededRandom } from '../support/seed.ts'

const random = seededRandom('fold')
const dims = [6, 4]

/** A fixed random vector per item; searches have none. */
const vectors: EventVectors = {
  dims,
  add({ item }, weight, into) {
    if (item === undefined) return false
    const own = createRandom(Number(item.slice(5)) + 1)
    for (let d = 0; d < into.length; d++) into[d]! += weight * normal(own)
    return true
  },
}
const space = { vectors, weights: [1, 0.5] }

function foldOf(records: readonly EventRecord[]) {
  const fold = createFold()
  fold.append(records)
  return fold
}

describe('the user vector', () => {
  test('after deletions, in any order, is bit for bit that of a log that never had the events', () => {
    for (let run = 0; run < 50; run++) {
      const log = randomLog(random, { events: between(random, 1, 120), items: 20 })
      const fold = foldOf(log)
      userVector(fold, space, defaultSettings, noon)
      const left = [...log]
      for (let n = between(random, 1, log.length); n > 0; n--) {
        const [gone] = left.splice(between(random, 0, left.length - 1), 1)
        expect(fold.remove(gone!.id)).toBe(true)
        if (random() < 0.3) userVector(fold, space, defaultSettings, noon)
      }
      expect(userVector(fold, space, defaultSettings, noon).query).toEqual(
        userVector(foldOf(left), space, defaultSettings, noon).query,
      )
    }
  })

  test('does not depend on how the events arrived: one by one, in batches, or after a restart', () => {
    const log = randomLog(random, { events: 200, items: 30 })
    const slowly = createFold()
    for (const record of log) {
      slowly.append([record])
      slowly.buckets(vectors, defaultSettings)
    }
    expect(userVector(slowly, space, defaultSettings, noon).query).toEqual(
      userVector(foldOf(log), space, defaultSettings, noon).query,
    )
  })

  test('equals the formula, computed without buckets', () => {
    for (let run = 0; run < 20; run++) {
      const log = randomLog(random, { events: 80, items: 20 }).filter(({ context }) => context?.order === undefined)
      const profile = new Float64Array(10)
      for (const event of log) {
        const age = (noon - event.time) / dayMs
        vectors.add(event, strengthOf(event, defaultSettings) * 2 ** (-age / defaultSettings.halfLifeDays), profile)
      }
      const settings = { ...defaultSettings, session: 0 }
      const query = userVector(foldOf(log), space, settings, noon).query
      let from = 0
      for (const [g, size] of dims.entries()) {
        const norm = Math.hypot(...profile.subarray(from, from + size))
        for (let d = from; d < from + size; d++) {
          expect(query[d]).toBeCloseTo((space.weights[g]! * settings.profile * profile[d]!) / norm, 10)
        }
        from += size
      }
    }
  })

  test('is the sum of its events by their factors', () => {
    const log = randomLog(random, { events: 60, items: 20, days: 0.02 })
    const user = userVector(foldOf(log), space, defaultSettings, noon)
    expect(user.session.length).toBeGreaterThan(1)
    const sum = new Float64Array(10)
    for (const { event, factors } of user.factors()) {
      const own = new Float64Array(10)
      if (!vectors.add(event, 1, own)) continue
      for (let d = 0; d < 10; d++) sum[d]! += factors[d < 6 ? 0 : 1]! * own[d]!
    }
    for (let d = 0; d < 10; d++) expect(sum[d]).toBeCloseTo(user.query[d]!, 9)
  })

  test('is zero without events, and finite whatever the clock says', () => {
    expect([...userVector(createFold(), space, defaultSettings, noon).query]).toEqual(new Array(10).fill(0))
    const log = randomLog(random, { events: 50, items: 9 })
    const tenYears = 3653 * dayMs
    const fast = { ...defaultSettings, halfLifeDays: 0.5 }
    for (const now of [noon - tenYears, noon + tenYears, 0, Date.UTC(2099, 0)]) {
      expect(userVector(foldOf(log), space, fast, now).query.every(Number.isFinite)).toBe(true)
    }
  })

  test('counts two reports of one order line once, and the later one when the first is deleted', () => {
    const line = { kind: 'purchase', item: 'item-1', profile: 'p', context: { order: 'A' } } as const
    const first = { ...line, seq: 1, id: 'a', time: noon - 3 * dayMs }
    const second = { ...line, seq: 2, id: 'b', time: noon - dayMs }
    const both = foldOf([first, second])
    expect(both.buckets(vectors, defaultSettings)).toEqual(foldOf([first]).buckets(vectors, defaultSettings))
    both.remove('a')
    expect(both.buckets(vectors, defaultSettings)).toEqual(foldOf([second]).buckets(vectors, defaultSettings))
  })

  test('stays bounded when one item is looked at a hundred thousand times', () => {
    const log = Array.from({ length: 100_000 }, (_, i): EventRecord => ({
      seq: i,
      id: `r${i}`,
      profile: 'p',
      time: noon - 100_000 + i,
      kind: 'view_item',
      item: 'item-3',
    }))
    const { query } = userVector(foldOf(log), space, defaultSettings, noon)
    const bound = (defaultSettings.session + defaultSettings.profile) * Math.hypot(...space.weights)
    expect(Math.hypot(...query)).toBeLessThanOrEqual(bound * (1 + 1e-9))
  })
})

describe('a fold', () => {
  test('leaves out records whose key or id it has already', () => {
    const log = randomLog(random, { events: 10, items: 5 })
    const fold = foldOf(log)
    fold.append([...log, { ...log[0]!, seq: 99 }])
    expect(fold.events).toEqual(log)
    expect(fold.version).toBe(1)
  })

  test('expires what is older than the given time', () => {
    const log = randomLog(random, { events: 100, items: 5 })
    const fold = foldOf(log)
    const before = noon - 20 * dayMs
    const kept = log.filter((event) => event.time >= before)
    expect(fold.expire(before)).toBe(log.length - kept.length)
    expect(fold.buckets(vectors, defaultSettings)).toEqual(foldOf(kept).buckets(vectors, defaultSettings))
  })
})
