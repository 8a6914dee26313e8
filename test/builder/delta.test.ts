import { expect, test } from 'vitest'
import { makeDelta } from '../../src/builder/delta/make-delta.ts'
import { applyDelta } from '../../src/bundle/apply-delta.ts'
import type { Random } from '../../src/core/random.ts'
import { between, seededRandom } from '../support/seed.ts'

function randomBytes(random: Random, length: number, values = 256): Uint8Array {
  return Uint8Array.from({ length }, () => Math.floor(values * random()))
}

/** Some bytes changed, some runs taken out, put in or moved elsewhere. */
function edited(bytes: Uint8Array, random: Random): Uint8Array {
  let result = [...bytes]
  for (let edit = between(random, 0, 12); edit > 0; edit--) {
    const at = between(random, 0, result.length)
    const length = between(random, 0, 40)
    const kind = between(random, 0, 3)
    if (kind === 0) result = result.map((byte, i) => (i >= at && i < at + length ? byte ^ 1 : byte))
    else if (kind === 1) result.splice(at, length)
    else if (kind === 2) result.splice(at, 0, ...randomBytes(random, length))
    else result.push(...result.splice(at, length))
  }
  return Uint8Array.from(result)
}

test('an older file and a delta give the newer file, whatever changed', () => {
  const random = seededRandom('delta')
  for (let round = 0; round < 400; round++) {
    // Few different bytes: many places begin alike.
    const older = randomBytes(random, between(random, 0, 600), round % 2 ? 256 : 2)
    const newer = round % 7 ? edited(older, random) : randomBytes(random, between(random, 0, 300))
    const delta = makeDelta(older, newer)
    expect([...applyDelta(older, delta, newer.length)]).toEqual([...newer])
  }
})

test('a delta is about as large as what changed', () => {
  const random = seededRandom('delta size')
  const older = randomBytes(random, 200_000)
  const newer = older.slice()
  for (let row = 0; row < 50; row++) newer.set(randomBytes(random, 136), 136 * between(random, 0, 1400))
  newer.set(older.subarray(100_000), 99_000)
  expect(makeDelta(older, newer).length).toBeLessThan(50 * (136 + 12) + 1400)
  expect(makeDelta(older, older).length).toBeLessThan(200)
})

test('a broken delta, or one of another file, gives an error or wrong bytes, and never more than it was asked for', () => {
  const random = seededRandom('broken delta')
  const older = randomBytes(random, 3000)
  const newer = edited(older, random)
  const delta = makeDelta(older, newer)
  for (let round = 0; round < 300; round++) {
    const broken = delta.slice(0, between(random, 0, delta.length))
    if (broken.length > 0) broken[between(random, 0, broken.length - 1)]! ^= 1 << between(random, 0, 7)
    let made: Uint8Array | undefined
    try {
      made = applyDelta(older, broken, newer.length)
    } catch (error) {
      expect(error).toBeInstanceOf(Error)
    }
    if (made) expect(made.length).toBe(newer.length)
  }
})
