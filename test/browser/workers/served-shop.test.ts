import { afterEach, describe, expect, test } from 'vitest'
import { packBundle } from '../../../src/bundle/pack.ts'
import { createFold } from '../../../src/core/fold.ts'
import { createRandom } from '../../../src/core/random.ts'
import type { ShelfAnswer } from '../../../src/core/shelf.ts'
import { answerPage } from '../../../src/pipeline/answer-page.ts'
import type { BundleStore } from '../../../workers/bundle-store.ts'
import { writeModel } from '../../../src/models/write-model.ts'
import { ServedShop, type ServedShopOptions } from '../../../workers/served-shop.ts'
import { randomEncoder } from '../../models/random-encoder.ts'
import { randomPackInput } from '../../support/random-bundle.ts'
import { until } from './fresh-profile.ts'

const { manifest, files } = await packBundle(randomPackInput({ items: 500, random: createRandom(3) }))
const now = Date.UTC(2026, 5, 1)
let loads = 0
const loadScorers = () => {
  loads++
  return import('../../../src/scoring/late-scorers.ts')
}

/** A shop whose files are at hand. */
function shopOf(
  scorer: 'webgpu' | 'wasm' | 'auto',
  options: Partial<ServedShopOptions> = {},
  packed: Awaited<ReturnType<typeof packBundle>> = { manifest, files },
  kept: Partial<BundleStore> = {},
): ServedShop {
  const store = {
    kept: async () => undefined,
    published: async () => packed.manifest,
    files: async () => packed.files,
    availability: async () => undefined,
    rules: async () => undefined,
    keep: async () => undefined,
    recall: async () => undefined,
    remember: async () => undefined,
    received: 0,
    ...kept,
  }
  return new ServedShop({
    store,
    scorer,
    loadScorers,
    loadLate: () => import('../../../workers/late.ts'),
    headOnly: false,
    changed: () => undefined,
    ...options,
  })
}

const devices: GPUDevice[] = []
const { requestDevice } = GPUAdapter.prototype
afterEach(() => {
  GPUAdapter.prototype.requestDevice = requestDevice
})

test('when the GPU is lost, the very same request is answered by another scorer, with the same shelf', async () => {
  GPUAdapter.prototype.requestDevice = async function (...values) {
    const device = await requestDevice.apply(this, values)
    devices.push(device)
    return device
  }
  const fold = createFold()
  fold.append([{ seq: 1, id: 'e', profile: 'default', time: now, kind: 'view_item', item: 'item-7' }])
  const shelf = async (served: ServedShop): Promise<ShelfAnswer> => {
    const [answer] = await served.answer(served.current!, (shop) =>
      answerPage(shop, fold, [{ placement: 'for-you' }], now),
    )
    return answer!
  }
  const [served, reference] = [shopOf('webgpu'), shopOf('wasm')]
  await reference.load()
  await until(() => loads === 1)
  await served.load()
  await until(() => served.scorerStatus?.name === 'webgpu', 30_000)
  const expected = await shelf(reference)
  expect(await shelf(served)).toEqual(expected)
  for (const device of devices) device.destroy()
  expect(await shelf(served)).toEqual(expected)
  expect(served.scorerStatus).toMatchObject({ name: 'wasm', reason: expect.stringContaining('device-lost') })
  // It is tried again after five seconds, and nothing is fetched for that.
  await until(() => served.scorerStatus?.name === 'webgpu', 30_000)
  expect(await shelf(served)).toEqual(expected)
  expect(loads).toBe(2)
})

test('a request under way finishes on the shop that it began with', async () => {
  const served = shopOf('wasm')
  await served.load()
  const first = served.current!
  let finish = () => {}
  const answer = served.answer(first, async (shop) => {
    await new Promise<void>((resolve) => (finish = resolve))
    return answerPage(shop, createFold(), [{ placement: 'trending' }], now)
  })
  await until(() => served.current !== first)
  finish()
  expect(await answer).toMatchObject([{ placement: 'trending' }])
})

test('a choice is measured once for a table, an adapter and a browser; another of them is measured anew', async () => {
  let held: unknown
  const writes: unknown[] = []
  const memory: Partial<BundleStore> = {
    recall: async () => held,
    remember: async (value) => void writes.push((held = JSON.parse(JSON.stringify(value)) as unknown)),
  }
  const visit = async (): Promise<ServedShop> => {
    const served = shopOf('auto', {}, undefined, memory)
    await served.load()
    await until(() => served.timings['choose'] !== undefined && served.scorerStatus?.measured.wasm !== undefined)
    return served
  }
  const first = await visit()
  expect(first.scorerStatus).toMatchObject({ name: 'wasm', adapter: expect.any(String) })
  await until(() => writes.length === 1)

  let devices = 0
  GPUAdapter.prototype.requestDevice = function (...values) {
    devices++
    return requestDevice.apply(this, values)
  }
  expect((await visit()).scorerStatus).toEqual(first.scorerStatus)
  expect({ devices, writes: writes.length }).toEqual({ devices: 0, writes: 1 })

  const right = held as { of: string; status: object }
  for (const other of [
    { ...right, of: `${right.of}1` },
    { ...right, status: { ...right.status, adapter: 'another one' } },
    { ...right, status: { ...right.status, name: 'constructor' } },
    'nonsense',
    null,
  ]) {
    held = other
    const before = writes.length
    await visit()
    await until(() => writes.length === before + 1)
    expect(held).toMatchObject({ of: right.of, status: { name: 'wasm', adapter: first.scorerStatus!.adapter } })
  }
  expect(devices).toBe(5)
})

describe('an encoder', () => {
  const random = createRandom(5)
  const { weights, shape } = randomEncoder(random, 16)
  const ship = (kind: 'windowshop' | 'foreign') =>
    packBundle({
      ...randomPackInput({ items: 300, random: createRandom(6) }),
      encoder: { kind, length: shape.length, ...writeModel(weights, shape) },
    })
  const scorers = new URL('/workers/windowshop.scorers.js', location.href).href
  const late = { scorers, loadModels: () => import('../../../workers/late-models.ts') }
  const shelf = async (served: ServedShop): Promise<readonly { id: string; score: number }[]> => {
    const fold = createFold()
    const event = (seq: number, item: string, kind: 'view_item' | 'add_to_cart') => ({ seq, id: item, item, kind })
    fold.append(
      [event(1, 'item-7', 'view_item'), event(2, 'item-90', 'add_to_cart'), event(3, 'item-20', 'view_item')].map(
        (each) => ({ ...each, profile: 'default', time: now - 1000 }),
      ),
    )
    const [answer] = await served.answer(served.current!, (shop) =>
      answerPage(shop, fold, [{ placement: 'for-you' }], now),
    )
    return 'items' in answer! ? answer.items.map(({ card, score }) => ({ id: card.id, score })) : []
  }

  test('weighs the session when it is there, and tells no one to ask again', async () => {
    let changes = 0
    const served = shopOf('wasm', { ...late, changed: () => changes++ }, await ship('windowshop'))
    await served.load()
    const before = changes
    await until(() => served.tiers.models)
    expect(changes).toBe(before)
    const without = shopOf('wasm', {}, await ship('windowshop'))
    await without.load()
    expect(await shelf(served)).not.toEqual(await shelf(without))
  })

  test('that is not ours runs in TensorFlow.js, to the same shelf', async () => {
    const [own, foreign] = [shopOf('wasm', late, await ship('windowshop')), shopOf('wasm', late, await ship('foreign'))]
    await own.load()
    await foreign.load()
    await until(() => own.tiers.models && foreign.tiers.models, 30_000)
    const [expected, got] = [await shelf(own), await shelf(foreign)]
    expect(got.map(({ id }) => id)).toEqual(expected.map(({ id }) => id))
    for (const [i, { score }] of got.entries()) expect(score).toBeCloseTo(expected[i]!.score, 4)
  })

  test('that is broken, or whose script does not come, leaves the session to the age of its events', async () => {
    const packed = await ship('windowshop')
    const broken = { ...packed, files: new Map(packed.files) }
    broken.files.set(packed.manifest.encoder!.model, new TextEncoder().encode('{"format":"graph-model"}'))
    const without = shopOf('wasm', {}, packed)
    await without.load()
    const expected = await shelf(without)
    const gone = { ...late, loadModels: () => Promise.reject(new Error('404')) }
    for (const [served, code] of [
      [shopOf('wasm', late, broken), 'bundle-malformed'],
      [shopOf('wasm', gone, packed), 'bundle-malformed'],
    ] as const) {
      await served.load()
      await until(() => served.problem !== undefined)
      expect(served.problem).toMatchObject({ code })
      expect(served.tiers).toMatchObject({ table: true, models: false })
      expect(await shelf(served)).toEqual(expected)
    }
  })
})
