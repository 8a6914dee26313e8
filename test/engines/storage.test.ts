import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { openFaultShop, type FaultShop } from '../faults/fault-shop.ts'
import { holdOldSchema, letGoOfOldSchema } from '../faults/lab/hold-old-schema.ts'
import { faultyWorker, labFiles } from '../faults/lab/open-lab.ts'
import type { WorkerFaultState } from '../faults/lab/worker-faults.ts'
import { fillStorage } from '../faults/lab/fill-storage.ts'
import { checkLog, readLog, storageErrors, useLog } from '../faults/lab/use-log.ts'
import { between, seededRandom } from '../support/seed.ts'
import type { Engine, EngineTab } from './engine.ts'
import { engines } from './engines.ts'
import { openFirefox } from './firefox.ts'

let shop: FaultShop
beforeAll(async () => {
  shop = await openFaultShop({ files: await labFiles() })
})
afterAll(() => shop.close())

describe.each(Object.keys(engines))('what goes wrong with storage in %s', (name) => {
  let engine: Engine
  let tab: EngineTab
  beforeAll(async () => {
    engine = await engines[name]!()
    tab = await openTab(engine)
  })
  afterAll(() => engine?.close())

  it('an operation that fails loses nothing that was acknowledged', async () => {
    await forget(tab)
    await tab.evaluate(useLog, faultyWorker())
    const { operations } = await tab.evaluate(tell)
    await tab.evaluate(leave, 'faulty')
    const random = seededRandom(name)
    let seen = 0
    for (let n = 0; n < 12; n++) {
      const faults = {
        failAt: between(random, 1, operations),
        error: storageErrors[n % storageErrors.length]!,
        when: n % 2 ? ('late' as const) : ('now' as const),
      }
      await forget(tab)
      const used = await tab.evaluate(useLog, faultyWorker(faults))
      const state = await tab.evaluate(tell)
      await tab.evaluate(leave, 'faulty')
      checkLog(used, await tab.evaluate(readLog))
      expect(state.errors, JSON.stringify(faults)).toEqual([])
      seen += state.seen
    }
    expect(seen).toBeGreaterThan(0)
  })

  it('a browser that has forgotten the shop sees a first visit, without an error', async () => {
    await forget(tab)
    const first = await tab.evaluate(openShelf, faultyWorker())
    expect(first).toMatchObject({ events: 0, storage: 'disk' })
    expect(first.shown.length).toBeGreaterThan(0)
    await tab.evaluate(track, 'shopper', first.shown.slice(0, 3))
    await tab.evaluate(leave, 'shopper')
    expect((await tab.evaluate(openShelf, faultyWorker())).events).toBe(3)
    await tab.evaluate(leave, 'shopper')
    await forget(tab)
    expect(await tab.evaluate(openShelf, faultyWorker())).toEqual(first)
    expect((await tab.evaluate(tell)).errors).toEqual([])
    await tab.evaluate(leave, 'shopper')
  })

  it('an event in one tab is in the other, and erasing in one empties both', async () => {
    await forget(tab)
    const other = await openTab(engine)
    onTestFinished(() => other.close())
    for (const each of [tab, other]) await each.evaluate(openShelf, faultyWorker())
    expect(await tab.evaluate(track, 'shopper', ['a', 'b'])).toEqual(['disk', 'disk'])
    await expect.poll(() => other.evaluate(items, 'shopper')).toEqual(['a', 'b'])
    await other.evaluate(() => globalThis.lab.of('shopper').recommender.profile.erase())
    await expect.poll(() => tab.evaluate(items, 'shopper')).toEqual([])
    for (const each of [tab, other]) await each.evaluate(leave, 'shopper')
    expect(await tab.evaluate(readLog)).toEqual([])
  })

  it('while a tab with an older build holds the database, events wait in memory; then they go to disk', async () => {
    await forget(tab)
    const other = await openTab(engine)
    onTestFinished(() => other.close())
    await other.evaluate(holdOldSchema)
    const { shown } = await tab.evaluate(openShelf, faultyWorker({ newer: 1 }))
    expect(shown.length).toBeGreaterThan(0)
    expect(await tab.evaluate(track, 'shopper', ['during'])).toEqual(['memory'])
    const reason = () =>
      tab.evaluate(async () => (await globalThis.lab.of('shopper').recommender.status()).storage.reason)
    await expect.poll(reason).toBe('storage-blocked')
    await other.evaluate(letGoOfOldSchema)
    await expect.poll(() => tab.evaluate(track, 'shopper', ['later'])).toEqual(['disk'])
    expect(await tab.evaluate(items, 'shopper')).toEqual(expect.arrayContaining(['before', 'during', 'later']))
    await tab.evaluate(leave, 'shopper')
  })

  it.each(['indexedDB:absent', 'indexedDB:throwing', 'caches:absent', 'caches:throwing,indexedDB:absent'])(
    'a browser with %s serves shelves, and says where events are',
    async (lacks) => {
      await forget(tab)
      const opened = await tab.evaluate(openShelf, faultyWorker({ lacks }))
      const state = await tab.evaluate(tell)
      await tab.evaluate(leave, 'shopper')
      expect(opened.shown.length).toBeGreaterThan(0)
      expect(opened.storage).toBe(lacks.includes('indexedDB') ? 'memory' : 'disk')
      expect(state.seen).toBeGreaterThan(0)
      expect(state.errors).toEqual([])
    },
  )
})

describe('what goes wrong with Firefox itself', () => {
  it('killed while it writes, it keeps what was acknowledged, once and in order', async () => {
    const profile = await temporaryFolder()
    const acknowledged: string[] = []
    for (let life = 0; life < 3; life++) {
      const engine = await openFirefox({ profile })
      const tab = await openTab(engine)
      expect((await tab.evaluate(readLog)).filter((item) => acknowledged.includes(item))).toEqual(acknowledged)
      await tab.evaluate(openShelf, faultyWorker())
      const names = Array.from({ length: 200 }, (_, n) => `${life}-${n}`)
      expect(new Set(await tab.evaluate(track, 'shopper', names))).toEqual(new Set(['disk']))
      acknowledged.push(...names)
      // More of them are on their way when it dies.
      await tab.evaluate(
        (many) => {
          for (const item of many) void globalThis.lab.of('shopper').recommender.track({ kind: 'view_item', item })
        },
        Array.from({ length: 200 }, (_, n) => `dying-${life}-${n}`),
      )
      await engine.kill()
    }
    const engine = await openFirefox({ profile })
    const kept = await (await openTab(engine)).evaluate(readLog)
    await engine.close()
    expect(new Set(kept).size).toBe(kept.length)
    expect(kept.filter((item) => acknowledged.includes(item))).toEqual(acknowledged)
  })

  it('with a full quota it acknowledges nothing that is not on disk, and goes on to suggest', async () => {
    const engine = await openFirefox({ quota: 8 * 1024 })
    onTestFinished(() => engine.close())
    const tab = await openTab(engine)
    const { acknowledged, refused, shown } = await tab.evaluate(fillStorage, 200)
    expect(refused).toBe('storage-full')
    expect(shown).toBeGreaterThan(0)
    const queries = await tab.evaluate(async () => {
      const { recommender } = await globalThis.lab.open('reader', { bundle: '/none.json' })
      return (await recommender.profile.events()).map((event) => event.context?.query ?? '')
    })
    expect(queries).toEqual(expect.arrayContaining(acknowledged))
    expect(new Set(queries).size).toBe(queries.length)
  })
})

async function openTab(engine: Engine): Promise<EngineTab> {
  const tab = await engine.tab()
  await tab.goto(`${shop.server.url}lab.html`)
  // WebKit may take the page for loaded before its modules have run.
  while (!(await tab.evaluate(() => 'lab' in globalThis))) await setTimeout(50)
  return tab
}

/** Runs in the page: what the worker tells of its faults. */
function tell(): Promise<WorkerFaultState> {
  return new Promise((resolve) => {
    const channel = new BroadcastChannel('faults')
    channel.addEventListener('message', ({ data }) => {
      channel.close()
      resolve(data as WorkerFaultState)
    })
    channel.postMessage('tell')
  })
}

/** Runs in the page: a recommender on the sample shop's bundle, and what it shows and knows. */
async function openShelf(worker: string) {
  const { recommender } = await globalThis.lab.open('shopper', { worker })
  const answer = await recommender.recommend({ placement: 'for-you' })
  const { storage } = await recommender.status()
  return {
    shown: 'items' in answer ? answer.items.map(({ card }) => card.id) : [],
    events: (await recommender.profile.events()).length,
    storage: storage.kind,
  }
}

/** Runs in the page: where the event of each of these items was stored. */
async function track(name: string, viewed: readonly string[]): Promise<string[]> {
  const { recommender } = globalThis.lab.of(name)
  const said = await Promise.all(viewed.map((item) => recommender.track({ kind: 'view_item', item })))
  return said.map((one) => ('stored' in one ? one.stored : one.refused))
}

/** Runs in the page: the items of the log, as this recommender knows them. */
async function items(name: string): Promise<string[]> {
  return (await globalThis.lab.of(name).recommender.profile.events()).map(({ item }) => item!)
}

/** Runs in the page. */
function leave(name: string): void {
  globalThis.lab.of(name).recommender.close()
}

/** Wipes the origin, as a browser does. */
async function forget(tab: EngineTab): Promise<void> {
  await tab.evaluate(async () => {
    for (const { name } of await indexedDB.databases())
      await new Promise((resolve, reject) => {
        const request = indexedDB.deleteDatabase(name!)
        request.addEventListener('success', resolve)
        request.addEventListener('error', () => reject(request.error!))
        request.addEventListener('blocked', () => reject(new Error('held open')))
      })
    for (const name of await caches.keys()) await caches.delete(name)
  })
}

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'windowshop-engine-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }))
  return folder
}
