import type { Random } from '../../src/core/random.ts'
import { between } from '../support/seed.ts'

export const pick = <T>(random: Random, list: readonly T[]): T => list[between(random, 0, list.length - 1)]!

/** Keys that have walked programs to places where they should not be. */
export const pollutingKeys = ['__proto__', 'constructor', 'prototype', '__defineGetter__', 'toString', 'then'] as const

const texts = [
  '',
  ' ',
  'SKU-1',
  '\ud800',
  'a\udfffb',
  '\u0000',
  '\u202eevil',
  'x'.repeat(127),
  'x'.repeat(129),
  '\u4e16'.repeat(200),
  '\u{1f3d5}'.repeat(64),
  '"\\'.repeat(100),
  'y'.repeat(5000),
  '__proto__',
  '<img src=x onerror=alert(1)>',
]
const numbers = [0, -0, 1, -1, 0.1, 1e9, 1e308, -1e308, 5e-324, Number.NaN, Infinity, -Infinity, 2 ** 53, 2 ** 31]

/** Any value that a page can hand over: of the wrong type, endless, in a circle, that throws when it is read. */
export function hostileValue(random: Random, depth = 0): unknown {
  switch (between(random, 0, depth > 3 ? 8 : 16)) {
    case 0:
      return pick(random, texts)
    case 1:
      return pick(random, numbers)
    case 2:
      return pick(random, [undefined, null, true, false])
    case 3:
      return BigInt(between(random, 0, 9))
    case 4:
      return Symbol('s')
    case 5:
      return () => 1
    case 6:
      return new Date(pick(random, numbers))
    case 7:
      return pick(random, [new Map(), new Set([1]), new WeakMap(), new ArrayBuffer(8), /x/, Promise.resolve(1)])
    case 8:
      return String(random())
    case 9:
      return Array.from({ length: between(random, 0, 5) }, () => hostileValue(random, depth + 1))
    case 10:
      return circle()
    case 11:
      return throwing()
    case 12:
      return Object.defineProperty({}, pick(random, ['kind', 'item', 'time', 'items', 'ecommerce']), {
        enumerable: true,
        get() {
          throw new Error('a getter of the page')
        },
      })
    case 13:
      return JSON.parse(`{"${pick(random, pollutingKeys)}":{"polluted":true,"item":"x"}}`)
    case 14:
      return { length: 2 ** 31, 0: 'event', 1: 'view_item' }
    default:
      return Object.fromEntries(
        Array.from({ length: between(random, 0, 4) }, () => [
          pick(random, ['item', 'id', 'kind', 'x', ...pollutingKeys]),
          hostileValue(random, depth + 1),
        ]),
      )
  }
}

function circle(): object {
  const ring: Record<string, unknown> = { kind: 'view_item' }
  ring['self'] = ring['item'] = ring['items'] = ring
  return ring
}

/** Throws whatever is asked of it. */
function throwing(): object {
  const refuse = (): never => {
    throw new TypeError('a proxy of the page')
  }
  return new Proxy({}, { get: refuse, has: refuse, ownKeys: refuse, getPrototypeOf: refuse })
}
