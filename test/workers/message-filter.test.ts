import { expose, type Endpoint } from 'comlink'
import { expect, test } from 'vitest'
import { workerMethods } from '../../src/protocol.ts'
import { filterMessages } from '../../workers/message-filter.ts'
import { carryErrors } from '../../workers/wire-errors.ts'
import { between, seededRandom } from '../support/seed.ts'

carryErrors()

/** A filtered Comlink endpoint: what it was asked to do, and what it answered. */
function exposed() {
  const port = new EventTarget()
  const answers: { id?: string; type?: string; name?: string; value?: unknown }[] = []
  const called: string[] = []
  const record =
    (name: string) =>
    (...values: unknown[]) => {
      called.push(name)
      return values
    }
  const api = Object.fromEntries([...workerMethods, 'secret'].map((name) => [name, record(name)]))
  const endpoint: Endpoint = {
    postMessage: (message: never) => void answers.push(message),
    addEventListener: port.addEventListener.bind(port) as Endpoint['addEventListener'],
    removeEventListener: port.removeEventListener.bind(port) as Endpoint['removeEventListener'],
  }
  expose(api, filterMessages(endpoint))
  const post = (data: unknown) => port.dispatchEvent(new MessageEvent('message', { data }))
  const send = async (data: unknown) => {
    post(data)
    await new Promise((resolve) => setTimeout(resolve))
  }
  return { post, send, answers, called, api }
}

const raw = (value: unknown) => ({ type: 'RAW', value })

test('a call of a listed method is answered', async () => {
  const { send, answers, called } = exposed()
  await send({ id: '1', type: 'APPLY', path: ['track'], argumentList: [raw(['event'])] })
  expect(called).toEqual(['track'])
  expect(answers).toEqual([{ id: '1', type: 'RAW', value: [['event']] }])
})

test.each([
  [
    'a constructor',
    { type: 'CONSTRUCT', path: ['track', 'constructor'], argumentList: [raw('globalThis.hit = true')] },
  ],
  ['a path to a constructor', { type: 'APPLY', path: ['track', 'constructor'], argumentList: [raw('return 1')] }],
  ['a bound method', { type: 'APPLY', path: ['track', 'bind'], argumentList: [] }],
  ['a write', { type: 'SET', path: ['track', 'constructor', 'prototype', 'polluted'], value: raw(1) }],
  ['a read', { type: 'GET', path: ['track'] }],
  ['a new endpoint', { type: 'ENDPOINT' }],
  ['a method off the list', { type: 'APPLY', path: ['secret'], argumentList: [] }],
  ['an inherited method', { type: 'APPLY', path: ['constructor'], argumentList: [] }],
  ['the root itself', { type: 'APPLY', path: [], argumentList: [] }],
  ['a path that is no list', { type: 'APPLY', path: 'track', argumentList: [] }],
  [
    'an argument that runs a transfer handler',
    { type: 'APPLY', path: ['track'], argumentList: [{ type: 'HANDLER', name: 'throw', value: {} }] },
  ],
])('%s is refused with a code before Comlink looks at it', async (_, message) => {
  const { send, answers, called } = exposed()
  await send({ id: 'x', ...message })
  expect(called).toEqual([])
  expect(answers).toMatchObject([{ id: 'x', type: 'HANDLER', name: 'throw', value: { code: 'call-refused' } }])
  expect((globalThis as { hit?: unknown }).hit).toBeUndefined()
  expect('polluted' in (() => undefined)).toBe(false)
})

test('random messages call nothing off the list and leave the prototypes alone', async () => {
  const random = seededRandom('message-filter')
  const { post, send, answers, called, api } = exposed()
  const names = [
    'track',
    'secret',
    'constructor',
    '__proto__',
    'prototype',
    'toString',
    'page',
    'apply',
    'call',
    'then',
    0,
  ]
  const pick = <T>(list: readonly T[]): T => list[between(random, 0, list.length - 1)]!
  const before = Object.getOwnPropertyNames(Object.prototype).join()
  const methods = { ...api }
  for (let i = 0; i < 10_000; i++) {
    post({
      id: pick(['a', 'b', 'c', 7, undefined]),
      type: pick(['APPLY', 'CONSTRUCT', 'GET', 'SET', 'ENDPOINT', 'apply', undefined]),
      path: pick([
        Array.from({ length: between(random, 0, 4) }, () => pick(names)),
        [pick(names)],
        pick(names),
        undefined,
      ]),
      argumentList: pick([[], [raw(i)], [{ type: 'HANDLER', name: pick(['proxy', 'throw', 'x']) }], 'x', undefined]),
      value: raw({ polluted: true }),
    })
  }
  await send(undefined)
  expect(called.length).toBeGreaterThan(0)
  expect(called.every((name) => (workerMethods as readonly string[]).includes(name))).toBe(true)
  expect(answers.some(({ type }) => type === 'HANDLER')).toBe(true)
  expect(Object.getOwnPropertyNames(Object.prototype).join()).toBe(before)
  expect({ ...api }).toEqual(methods)
})

test('what a method throws crosses as a code and details alone', async () => {
  const { send, answers, api } = exposed()
  api['status'] = () => {
    throw new TypeError('of the inside')
  }
  await send({ id: '1', type: 'APPLY', path: ['status'], argumentList: [] })
  expect(answers[0]).toMatchObject({ name: 'throw', value: { code: 'worker-failed', details: {} } })
  expect(JSON.stringify(answers[0])).not.toContain('stack')
})
