import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { startPage } from '../../../src/page/start-page.ts'
import type { StartOptions } from '../../../src/page/start-page.ts'

type Command = ((...values: unknown[]) => unknown) & { q?: unknown[] }
const scope = globalThis as { windowshop?: Command | Element; dataLayer?: unknown[] }

function createTarget() {
  const tracked: unknown[] = []
  const target = {
    track: (event: unknown) => {
      tracked.push(event)
      return Promise.resolve({ stored: 'memory' })
    },
    status: () => Promise.resolve({ consent: 'unknown' }),
    profile: {},
  }
  const create = vi.fn((_options: StartOptions) => Promise.resolve(target))
  return { create, tracked, target }
}

/** The line that a shop puts before the tag. */
function installStub(): Command {
  const stub: Command = function (..._values) {
    ;(stub.q ??= []).push(arguments)
  }
  scope.windowshop = stub
  return stub
}

function placeTag(attributes: Record<string, string>): void {
  const script = document.createElement('script')
  script.type = 'text/plain'
  for (const [name, value] of Object.entries(attributes)) script.setAttribute(name, value)
  document.head.append(script)
}

beforeEach(() => vi.stubGlobal('__WORKER_INTEGRITY__', ''))

afterEach(() => {
  document.head.querySelectorAll('script[type="text/plain"]').forEach((script) => script.remove())
  delete scope.windowshop
  delete scope.dataLayer
})

const events = () => new Promise((resolve) => setTimeout(resolve))

describe('a page', () => {
  test('starts with what its tag says; the worker lies beside the script', async () => {
    const { create } = createTarget()
    placeTag({
      src: 'https://cdn.test/v1/windowshop.js',
      'data-bundle': '/shop/manifest.json',
      'data-consent': 'granted',
      'data-scorer': 'wasm',
    })
    await startPage(create).recommender
    expect(create.mock.calls).toEqual([
      [
        {
          bundle: '/shop/manifest.json',
          consent: 'granted',
          scorer: 'wasm',
          worker: 'https://cdn.test/v1/windowshop.worker.js',
          integrity: '',
        },
      ],
    ])
  })

  test('without a word starts carefully: no consent, no forced scorer', async () => {
    const { create } = createTarget()
    placeTag({ 'data-bundle': '/b.json', 'data-consent': 'yes please', 'data-scorer': 'quantum' })
    await startPage(create).recommender
    expect(create.mock.calls[0]![0]).toMatchObject({ consent: 'unknown', scorer: 'auto' })
  })

  test('may be told by a queued start, for tag managers that drop attributes', async () => {
    const { create, tracked } = createTarget()
    const stub = installStub()
    stub('track', { kind: 'view_item', item: 'a' })
    const hydrate = () => []
    stub('start', { bundle: '/gtm.json', consent: 'granted', capture: 'off', hydrate })
    await startPage(create).recommender
    expect(create.mock.calls[0]![0]).toMatchObject({ bundle: '/gtm.json', consent: 'granted', hydrate })
    await events()
    expect(tracked).toEqual([{ kind: 'view_item', item: 'a' }])
    expect(scope.dataLayer).toBeUndefined()
  })

  test('runs commands from before and after the load, each once and in order', async () => {
    const { create, tracked } = createTarget()
    const stub = installStub()
    const early = vi.fn()
    stub('track', 1, early)
    stub('track', 2)
    startPage(create)
    const result = (scope.windowshop as Command)('track', 3)
    expect(await result).toEqual({ stored: 'memory' })
    expect(tracked).toEqual([1, 2, 3])
    expect(early.mock.calls).toEqual([[{ stored: 'memory' }]])
    expect(await (scope.windowshop as Command)('fly')).toMatchObject({ refused: 'call-refused' })
  })

  test('has one instance, however often the tag stands, and reads each event once', async () => {
    const { create, tracked } = createTarget()
    const first = startPage(create)
    const command = scope.windowshop
    const second = startPage(create)
    expect(second).toBe(first)
    expect(scope.windowshop).toBe(command)
    scope.dataLayer!.push({ event: 'view_item', ecommerce: { items: [{ item_id: 'a' }] } })
    await events()
    expect(create).toHaveBeenCalledTimes(1)
    expect(tracked).toHaveLength(1)
  })

  test('may turn the reading of its events off', async () => {
    const { create } = createTarget()
    placeTag({ 'data-bundle': '/b.json', 'data-capture': 'off' })
    await startPage(create).recommender
    expect(scope.dataLayer).toBeUndefined()
  })

  test('may hold its data layer under another name', async () => {
    const { create, tracked } = createTarget()
    placeTag({ 'data-bundle': '/b.json', 'data-layer-name': 'shopLayer' })
    const layer = ((scope as Record<string, unknown>)['shopLayer'] = [
      { event: 'view_item', ecommerce: { items: [{ item_id: 'a' }] } },
    ])
    await startPage(create).recommender
    await events()
    expect(tracked).toEqual(layer.slice(0, 1))
    delete (scope as Record<string, unknown>)['shopLayer']
  })

  test('never sees an exception: a start that fails is a coded answer to every command', async () => {
    const rejections = vi.fn()
    addEventListener('unhandledrejection', rejections)
    const failing = startPage(() => {
      throw new TypeError('no worker here')
    })
    await expect(failing.recommender).rejects.toThrow('no worker here')
    expect(await (scope.windowshop as Command)('status')).toMatchObject({ reason: 'no worker here' })
    await events()
    removeEventListener('unhandledrejection', rejections)
    expect(rejections).not.toHaveBeenCalled()
  })

  test('may hold something else under the name, such as an element of that id', async () => {
    const { create } = createTarget()
    document.body.insertAdjacentHTML('beforeend', '<div id="windowshop"></div>')
    await startPage(create).recommender
    expect(await (scope.windowshop as Command)('status')).toEqual({ consent: 'unknown' })
    document.querySelector('#windowshop')!.remove()
  })
})
