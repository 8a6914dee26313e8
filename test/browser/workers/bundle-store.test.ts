import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { serveBundle, serveFiles, unserveFile, type ServedBundle } from '../../support/serve-files.ts'
import { createRandom } from '../../../src/core/random.ts'
import { addDeltas } from '../../../src/builder/delta/add-deltas.ts'
import { updateSize } from '../../../src/builder/delta/update-size.ts'
import { parseManifest, type Manifest } from '../../../src/bundle/manifest.ts'
import { openBundle } from '../../../src/bundle/open-bundle.ts'
import { decodeTensors, encodeTensors } from '../../../src/bundle/safetensors.ts'
import { forgetBundles, openBundleStore, type BundleStore } from '../../../workers/bundle-store.ts'
import { randomPackInput } from '../../support/random-bundle.ts'
import { freshProfile, until } from './fresh-profile.ts'
import { openTab } from './open-recommender.ts'

beforeEach(freshProfile)
afterEach(freshProfile)

const loadKeeper = () => import('../../../workers/late.ts')
const storeOf = ({ manifestUrl }: ServedBundle, consent = true): BundleStore =>
  openBundleStore({ url: manifestUrl, mayKeep: () => consent, loadKeeper })
const allTiers = ['head', 'table', 'display'] as const
const manifestOf = ({ files }: ServedBundle): Manifest =>
  parseManifest(new TextDecoder().decode(files.get('manifest.json')))
/** Another bundle of the same shop, with other titles. */
const nextVersion = (folder: string) => {
  const titles = randomPackInput({ items: 60, random: createRandom(1) }).titles.map((title) => `${title} (new)`)
  return serveBundle({ titles }, folder)
}
/** The next version by deltas from the first one; the whole files that they lead to are not even there. */
const serveDeltas = async (served: ServedBundle) => {
  const next = await nextVersion(served.folder)
  const opened = (bundle: ServedBundle) => {
    const manifest = manifestOf(bundle)
    const files = bundle.files as Map<string, Uint8Array<ArrayBuffer>>
    return { manifest, files, bundle: openBundle(manifest, files) }
  }
  const { manifest, files } = await addDeltas(opened(next), opened(served))
  await serveFiles(served.folder, files)
  expect(manifest.deltas!.length).toBeGreaterThan(0)
  for (const { to } of manifest.deltas!) await unserveFile(served.folder, to)
  return { manifest, files }
}
const cachedNames = async () => {
  const [name] = await caches.keys()
  const keys = name ? await (await caches.open(name)).keys() : []
  return keys.map(({ url }) => url.split('/').at(-1)!).sort()
}

describe('a file that is not what the manifest says', () => {
  const faults: [string, string, (bytes: Uint8Array) => Uint8Array][] = [
    ['cut short', 'bundle-length', (bytes) => bytes.slice(0, bytes.length - 1)],
    ['empty', 'bundle-length', () => new Uint8Array()],
    ['longer', 'bundle-length', (bytes) => new Uint8Array(bytes.length + 1)],
    ['an endless stream', 'bundle-length', (bytes) => new Uint8Array(bytes.length + 1_000_000)],
    ['changed by one bit', 'bundle-hash', (bytes) => bytes.map((byte, i) => (i === 40 ? byte ^ 1 : byte))],
    ['an HTML page of the same length', 'bundle-hash', (bytes) => bytes.map((_, i) => '<html>'.charCodeAt(i % 6))],
    ['an HTML page', 'bundle-length', () => new TextEncoder().encode('<!doctype html><title>Not found</title>')],
  ]
  test.each(faults)('%s is refused with %s, and a retry after the repair heals', async (_, code, break_) => {
    const served = await serveBundle()
    const manifest = manifestOf(served)
    const { url } = manifest.files.at(-1)!
    await serveFiles(served.folder, new Map([[url, break_(served.files.get(url)!)]]))
    const store = storeOf(served)
    await expect(store.files(manifest, allTiers)).rejects.toMatchObject({ code })
    expect(await cachedNames()).not.toContain(url)
    await serveFiles(served.folder, new Map([[url, served.files.get(url)!]]))
    expect((await store.files(manifest, allTiers)).get(url)).toEqual(served.files.get(url))
  })
})

describe('a manifest', () => {
  test.each([
    ['an HTML page', 'bundle-malformed', '<!doctype html>'],
    ['of another format', 'bundle-version', '{"format":"windowshop/2"}'],
    ['with a path out of its folder', 'bundle-malformed', '{"format":"windowshop/1","files":[{"url":"../secret"}]}'],
  ])('that is %s is refused with %s', async (_, code, text) => {
    const served = await serveBundle()
    await serveFiles(served.folder, new Map([['manifest.json', new TextEncoder().encode(text)]]))
    await expect(storeOf(served).published()).rejects.toMatchObject({ code })
  })

  test('that the server does not have is unreachable, or not a manifest', async () => {
    const store = openBundleStore({ url: 'http://127.0.0.1:9/manifest.json', mayKeep: () => false, loadKeeper })
    await expect(store.published()).rejects.toMatchObject({ code: 'bundle-unreachable' })
  })
})

describe('the kept bundle', () => {
  test('is complete before its manifest is, and what an older one had beyond it goes', async () => {
    const served = await serveBundle()
    const store = storeOf(served)
    const first = await store.published()
    const files = await store.files(first, allTiers)
    expect(await store.kept()).toBeUndefined()
    await store.keep(first, files)
    expect(await store.kept()).toEqual(first)
    const second = await nextVersion(served.folder)
    const newer = await store.published()
    expect(newer.bundle).not.toBe(first.bundle)
    await store.keep(newer, await store.files(newer, allTiers))
    const listed = manifestOf(second).files.map(({ url }) => url)
    expect(await cachedNames()).toEqual(['manifest.json', ...listed].sort())
  })

  test('becomes the next one by deltas where they lead there, else by whole files', async () => {
    const served = await serveBundle()
    const store = storeOf(served)
    const first = await store.published()
    await store.keep(first, await store.files(first, allTiers))
    const { manifest, files } = await serveDeltas(served)

    const before = store.received
    const got = await store.files(manifest, allTiers)
    for (const { url } of manifest.files) expect(got.get(url)).toEqual(files.get(url))
    const { bytes, again } = updateSize({ manifest, files }, first)
    const fixed = files.get('manifest.json')!.length + files.get('availability.safetensors')!.length
    expect(store.received - before).toBe(again - fixed)
    expect(again).toBeLessThan(bytes)

    // A delta that is damaged, or a kept file: the whole file is fetched instead.
    const [delta] = manifest.deltas!
    await serveFiles(served.folder, new Map([[delta!.url, files.get(delta!.url)!.map((byte) => byte ^ 1)]]))
    await serveFiles(served.folder, new Map(manifest.deltas!.map(({ to }) => [to, files.get(to)!])))
    expect((await store.files(manifest, allTiers)).get(delta!.to)).toEqual(files.get(delta!.to))
    // Deltas that turn in a circle lead nowhere, and end.
    const circle = [
      { ...delta!, from: 'a.b', to: delta!.to },
      { ...delta!, from: delta!.to, to: 'a.b' },
    ]
    expect((await store.files({ ...manifest, deltas: circle }, allTiers)).get(delta!.to)).toEqual(files.get(delta!.to))
  })

  test('is none where Cache Storage throws at the first look, and everything comes from the network', async () => {
    const served = await serveBundle()
    let looks = 0
    const get = () => {
      looks++
      throw new DOMException('injected', 'SecurityError')
    }
    const whole = Object.getOwnPropertyDescriptor(globalThis, 'caches')!
    Object.defineProperty(globalThis, 'caches', { configurable: true, get })
    try {
      const store = storeOf(served)
      const manifest = await store.published()
      const files = await store.files(manifest, allTiers)
      for (const { url } of manifest.files) expect(files.get(url)).toEqual(served.files.get(url))
      await store.keep(manifest, files)
      expect(await store.kept()).toBeUndefined()
      expect(looks).toBeGreaterThan(0)
    } finally {
      Object.defineProperty(globalThis, 'caches', whole)
    }
  })

  test('is not written without consent', async () => {
    const served = await serveBundle()
    const store = storeOf(served, false)
    const manifest = await store.published()
    await store.keep(manifest, await store.files(manifest, allTiers))
    expect(await caches.keys()).toEqual([])
  })

  test.each<[string, StorageEstimate, boolean]>([
    ['has no room', { quota: 3_000_000, usage: 2_500_000 }, false],
    ['has room', { quota: 3_000_000, usage: 100_000 }, true],
    ['tells nothing', {}, true],
  ])('is asked for room before the download: where the browser %s', async (_, estimate, fits) => {
    const served = await serveBundle()
    const store = storeOf(served)
    const manifest = await store.published()
    const asked = vi.spyOn(navigator.storage, 'estimate').mockResolvedValue(estimate)
    try {
      const others = manifest.files.filter(({ tier }) => tier !== 'head').map(({ url }) => url)
      expect(others.length).toBeGreaterThan(0)
      const files = await store.files(manifest, allTiers)
      for (const { url } of manifest.files) expect(files.get(url)).toEqual(served.files.get(url))
      expect((await cachedNames()).filter((name) => others.includes(name)).length).toBe(fits ? others.length : 0)
      const keeping = store.keep(manifest, files)
      const got = estimate.quota! - estimate.usage!
      if (fits) await keeping
      else await expect(keeping).rejects.toMatchObject({ code: 'storage-full', details: { got } })
      expect(await store.kept()).toEqual(fits ? manifest : undefined)
      expect(asked).toHaveBeenCalled()
    } finally {
      asked.mockRestore()
    }
  })

  test('whose files are all there needs no room', async () => {
    const served = await serveBundle()
    const store = storeOf(served)
    const manifest = await store.published()
    const files = await store.files(manifest, allTiers)
    await store.keep(manifest, files)
    const asked = vi.spyOn(navigator.storage, 'estimate').mockResolvedValue({ quota: 10, usage: 10 })
    try {
      await store.keep(manifest, files)
      expect(await store.kept()).toEqual(manifest)
    } finally {
      asked.mockRestore()
    }
  })

  test('that does not fit is not kept, and the failure says that the storage is full', async () => {
    const served = await serveBundle()
    const store = storeOf(served)
    const manifest = await store.published()
    const files = await store.files(manifest, allTiers)
    const { put } = Cache.prototype
    Cache.prototype.put = async () => {
      throw new DOMException('injected', 'QuotaExceededError')
    }
    try {
      await expect(store.keep(manifest, files)).rejects.toMatchObject({ code: 'storage-full' })
    } finally {
      Cache.prototype.put = put
    }
    expect(await store.kept()).toBeUndefined()
  })

  test('that was damaged in a cache that cannot even delete comes from the network', async () => {
    const served = await serveBundle()
    const store = storeOf(served)
    const manifest = await store.published()
    const { url } = manifest.files[0]!
    const { match, delete: remove } = Cache.prototype
    Cache.prototype.match = async () => new Response('broken')
    Cache.prototype.delete = async () => {
      throw new DOMException('injected', 'UnknownError')
    }
    try {
      expect((await store.files(manifest, allTiers)).get(url)).toEqual(served.files.get(url))
    } finally {
      Object.assign(Cache.prototype, { match, delete: remove })
    }
  })

  test('that was damaged on disk is fetched anew', async () => {
    const served = await serveBundle()
    const store = storeOf(served)
    const manifest = await store.published()
    await store.keep(manifest, await store.files(manifest, allTiers))
    const { url } = manifest.files[0]!
    const [name] = await caches.keys()
    await (await caches.open(name!)).put(new URL(url, served.manifestUrl), new Response('broken'))
    expect((await store.files(manifest, allTiers)).get(url)).toEqual(served.files.get(url))
  })
})

describe('the served bundle', () => {
  const title = async (tab: Awaited<ReturnType<typeof openTab>>) => (await tab.recommender.cards(['item-40']))[0]?.title
  const keep = async (served: ServedBundle) => {
    const tab = await openTab({ bundle: served.manifestUrl })
    await until(async () => (await cachedNames()).includes('manifest.json'))
    tab.recommender.close()
  }

  test('comes from the kept one when the server is gone', async () => {
    const served = await serveBundle()
    await keep(served)
    for (const name of served.files.keys()) await unserveFile(served.folder, name)
    const tab = await openTab({ bundle: served.manifestUrl })
    expect(await tab.recommender.recommend({ placement: 'trending' })).toMatchObject({ placement: 'trending' })
    await until(async () => (await tab.recommender.status()).coverage === 1)
    await until(async () => (await tab.recommender.status()).problem !== undefined)
    expect(await title(tab)).toContain('Item 40')
  })

  test('stays the previous one while the new one is broken, with the code told, and changes once it is whole', async () => {
    const served = await serveBundle()
    await keep(served)
    const next = await nextVersion(served.folder)
    const shard = manifestOf(next).files.find(({ tier }) => tier === 'display')!.url
    await serveFiles(served.folder, new Map([[shard, next.files.get(shard)!.map((byte) => byte ^ 1)]]))
    const broken = await openTab({ bundle: served.manifestUrl })
    await until(async () => (await broken.recommender.status()).problem?.code === 'bundle-hash')
    expect((await broken.recommender.status()).bundle?.id).toBe(manifestOf(served).bundle)
    expect(await title(broken)).not.toContain('(new)')
    broken.recommender.close()
    await serveFiles(served.folder, new Map([[shard, next.files.get(shard)!]]))
    const healed = await openTab({ bundle: served.manifestUrl })
    await until(async () => (await title(healed))?.includes('(new)'))
    expect((await healed.recommender.status()).problem).toBeUndefined()
  })

  test('becomes the next one on a page that has kept it, by the deltas alone', async () => {
    const served = await serveBundle()
    await keep(served)
    const { manifest, files } = await serveDeltas(served)
    const { recommender } = await openTab({ bundle: served.manifestUrl })
    await until(async () => (await recommender.status()).bundle?.id === manifest.bundle)
    await until(async () => (await recommender.status()).coverage === 1)
    expect((await recommender.cards(['item-40']))[0]?.title).toContain('(new)')
    expect((await recommender.status()).problem).toBeUndefined()
    const { again } = updateSize({ manifest, files }, manifestOf(served))
    // Pages read the availability once for the kept bundle, and once for the next.
    const received = again + files.get('availability.safetensors')!.length
    await until(async () => (await recommender.status()).transfer.received === received)
  })

  test('is none at all when the first one is broken: the shelf falls back with the code', async () => {
    const served = await serveBundle()
    const shard = manifestOf(served).files.find(({ tier }) => tier === 'head')!.url
    await serveFiles(served.folder, new Map([[shard, new Uint8Array(8)]]))
    const { recommender } = await openTab({ bundle: served.manifestUrl })
    expect(await recommender.recommend({ placement: 'trending' })).toEqual({ fallback: 'bundle-length' })
    expect((await recommender.status()).problem?.code).toBe('bundle-length')
    expect(await recommender.track({ kind: 'view_item', item: 'item-1' })).toEqual({ stored: 'disk' })
  })

  test('asks its server what is sold out, but not on the next pages of a visit', async () => {
    const served = await serveBundle({ unavailable: new Uint32Array([1, 0]) })
    const manifest = manifestOf(served)
    const { url } = manifest.availability!
    const minute = 60_000
    let time = 1000 * minute
    const at = async (minutes: number, kept: boolean) => {
      time = (1000 + minutes) * minute
      const store = openBundleStore({ url: served.manifestUrl, mayKeep: () => true, loadKeeper, now: () => time })
      return nameOf((await store.availability(manifest, kept))!)
    }
    const nameOf = (bytes: Uint8Array) => decodeTensors(bytes, url).metadata['name']
    const publish = (name: string) => serveFiles(served.folder, new Map([[url, encodeTensors({}, { name })]]))
    const keptIs = (name: string) =>
      until(async () => {
        const [cache] = await caches.keys()
        const response = await (await caches.open(cache!)).match(new URL(url, served.manifestUrl).href)
        return response && nameOf(new Uint8Array(await response.arrayBuffer())) === name
      })

    await publish('first')
    expect(await at(0, true)).toBe('first')
    await keptIs('first')
    await publish('second')
    expect(await at(1, true)).toBe('first')
    await keptIs('second')
    await publish('third')
    expect(await at(2, false)).toBe('third')
    await keptIs('third')
    await publish('fourth')
    expect(await at(60, true)).toBe('fourth')
    await keptIs('fourth')
    await publish('fifth')
    expect(await at(59, true)).toBe('fifth')
    await keptIs('fifth')
    await serveFiles(served.folder, new Map([[url, new TextEncoder().encode('<!doctype html><title>Sorry</title>')]]))
    expect(await at(120, true)).toBe('fifth')
    await keptIs('fifth')
  })

  test('goes on without an availability file that is broken or missing', async () => {
    const served = await serveBundle({ unavailable: new Uint32Array([1, 0]) })
    const { availability } = manifestOf(served)
    expect(availability).toBeDefined()
    await serveFiles(served.folder, new Map([[availability!.url, new TextEncoder().encode('<html>')]]))
    const { recommender } = await openTab({ bundle: served.manifestUrl })
    expect(await recommender.recommend({ placement: 'trending' })).toMatchObject({ placement: 'trending' })
  })
})

describe('a note beside the bundle', () => {
  test('outlives the page and other bundles’ files, and is gone with the consent', async () => {
    const served = await serveBundle()
    const store = storeOf(served)
    expect(await store.recall()).toBe(undefined)
    await store.remember({ chosen: 'wasm' })
    const manifest = manifestOf(served)
    await store.keep(manifest, await store.files(manifest, allTiers))
    expect(await storeOf(served).recall()).toEqual({ chosen: 'wasm' })
    await forgetBundles()
    expect(await store.recall()).toBe(undefined)
  })

  test('is neither read nor written without consent', async () => {
    const served = await serveBundle()
    await storeOf(served).remember(1)
    expect(await storeOf(served, false).recall()).toBe(undefined)
    await storeOf(served, false).remember(2)
    expect(await storeOf(served).recall()).toBe(1)
    await forgetBundles()
    await storeOf(served, false).remember(3)
    expect(await caches.keys()).toEqual([])
  })

  test('that is written while the consent goes is not kept', async () => {
    const served = await serveBundle()
    let asked = 0
    const store = openBundleStore({ url: served.manifestUrl, mayKeep: () => asked++ === 0, loadKeeper })
    await store.remember(1)
    expect(await caches.keys()).toEqual([])
  })
})
