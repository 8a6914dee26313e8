import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { startPage as start } from '../../../src/page/start-page.ts'
import type { TrackResult } from '../../../src/protocol.ts'
import type { PageRecommender, StartOptions } from '../../../src/page/start-page.ts'

type Command = ((...values: unknown[]) => unknown) & { q?: unknown[] }
const scope = globalThis as { windowshop?: Command | Element; dataLayer?: unknown[] }

function createTarget() {
  const tracked: unknown[] = []
  const target = {
    track: (event: unknown) => {
      tracked.push(event)
      return Promise.resolve<TrackResult>({ stored: 'memory' })
    },
    cards: () => Promise.resolve([]),
    status: () => Promise.resolve({ consent: 'unknown' }),
    profile: {},
  }
  const create = vi.fn((_options: StartOptions) => Promise.resolve(target))
  return { create, tracked, target }
}

const late = {
  withLiveCards: vi.fn(),
  startExtras: vi.fn(() => Promise.resolve()),
  diagnose: vi.fn(() => Promise.resolve({ ok: true })),
}
const loadExtras = vi.fn((_worker: string) => Promise.resolve(late))

function startPage<R extends PageRecommender>(create: (options: StartOptions) => Promise<R>) {
  return start(create, loadExtras)
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

beforeEach(() => {
  vi.stubGlobal('__WORKER_INTEGRITY__', '')
  vi.clearAllMocks()
})

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
      'data-settings': '{"diversity":0.4}',
      'data-account': 'c-1',
    })
    await startPage(create).recommender
    expect(create.mock.calls).toMatchObject([
      [
        {
          bundle: '/shop/manifest.json',
          consent: 'granted',
          globalPrivacyControl: 'deny',
          scorer: 'wasm',
          worker: 'https://cdn.test/v1/windowshop.worker.js',
          integrity: '',
          settings: '{"diversity":0.4}',
          account: 'c-1',
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
    const settings = { diversity: 0.4 }
    stub('start', { bundle: '/gtm.json', consent: 'granted', capture: 'off', hydrate, settings })
    await startPage(create).recommender
    expect(create.mock.calls[0]![0]).toMatchObject({ bundle: '/gtm.json', consent: 'granted', hydrate, settings })
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
    const failing = startPage(async () => {
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

  test('gets the rest once the first shelf may stand, from beside the worker, and hands its events over', async () => {
    const { create, tracked } = createTarget()
    placeTag({ src: 'https://cdn.test/v1/windowshop.js', 'data-bundle': '/b.json', 'data-report': 'select' })
    const instance = startPage(create)
    dispatchEvent(new Event('shopify:product:view'))
    scope.dataLayer!.push({ event: 'view_item', ecommerce: { items: [{ item_id: 'a' }] } })
    await expect.poll(() => late.startExtras.mock.calls).toEqual([[instance]])
    expect(loadExtras.mock.calls).toEqual([['https://cdn.test/v1/windowshop.worker.js']])
    expect(instance.options.given).toMatchObject({ report: 'select' })
    expect(instance.ears.heard).toMatchObject([{ source: 'data-layer' }])
    expect(instance.ears.early.map(({ type }) => type)).toEqual(['shopify:product:view'])
    expect(tracked).toHaveLength(1)

    const hear = vi.fn(() => Promise.resolve<TrackResult>({ refused: 'duplicate' }))
    instance.ears.hear = hear
    expect(await (scope.windowshop as Command)('track', { kind: 'view_item', item: 'a' })).toEqual({
      refused: 'duplicate',
    })
    scope.dataLayer!.push({ event: 'view_item', ecommerce: { items: [{ item_id: 'a' }] } })
    await expect.poll(() => hear.mock.calls.map(([source]: unknown[]) => source)).toEqual(['own', 'data-layer'])
    expect(tracked).toHaveLength(1)
  })

  test('works without the rest, where that cannot be had', async () => {
    const { create, tracked } = createTarget()
    const rejections = vi.fn()
    addEventListener('unhandledrejection', rejections)
    const failing = vi.fn(() => Promise.reject(new TypeError('blocked')))
    await start(create, failing).recommender
    await (scope.windowshop as Command)('track', { kind: 'view_item', item: 'a' })
    expect(tracked).toHaveLength(1)
    expect(await (scope.windowshop as Command)('doctor')).toMatchObject({ reason: 'blocked' })
    await events()
    removeEventListener('unhandledrejection', rejections)
    expect(rejections).not.toHaveBeenCalled()
  })

  test('that asks a consent platform begins with the rest, and lets the first shelf wait for its answer', async () => {
    const { create } = createTarget()
    let answer = () => {}
    late.startExtras.mockReturnValueOnce(new Promise<void>((resolve) => (answer = resolve)))
    placeTag({ 'data-bundle': '/b.json', 'data-consent': 'tcf google' })
    await startPage(create).recommender
    expect(create.mock.calls[0]![0]).toMatchObject({ consent: 'unknown' })
    const known = vi.fn()
    void create.mock.calls[0]![0].wait!.then(known)
    await events()
    expect(known).not.toHaveBeenCalled()
    answer()
    await expect.poll(() => known.mock.calls.length).toBe(1)
    expect(late.startExtras).toHaveBeenCalledTimes(1)
  })

  test('has a doctor', async () => {
    const { create } = createTarget()
    const instance = startPage(create)
    expect(await (scope.windowshop as unknown as { doctor(): Promise<unknown> }).doctor()).toEqual({ ok: true })
    expect(late.diagnose.mock.calls).toEqual([[instance]])
  })

  test('that is rendered ahead of a visit records nothing until the visit comes', async () => {
    const { create, tracked } = createTarget()
    const prerendering = vi.spyOn(document as { prerendering?: boolean } & Document, 'prerendering', 'get')
    prerendering.mockReturnValue(true)
    await startPage(create).recommender
    scope.dataLayer!.push({ event: 'view_item', ecommerce: { items: [{ item_id: 'a' }] } })
    await events()
    expect(tracked).toEqual([])
    prerendering.mockReturnValue(false)
    document.dispatchEvent(new Event('prerenderingchange'))
    await expect.poll(() => tracked.length).toBe(1)
    prerendering.mockRestore()
  })
})
