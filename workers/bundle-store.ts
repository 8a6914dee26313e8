import { limits, parseManifest, type Manifest, type ManifestFile } from '../src/bundle/manifest.ts'
import { decodeTensors } from '../src/bundle/safetensors.ts'
import { verifyFile } from '../src/bundle/verify-file.ts'
import { WindowshopError } from '../src/errors.ts'
import type { DownloadNews } from '../src/protocol.ts'
import { download } from './download.ts'
import type { LateParts } from './load-late.ts'
import { asStorageError } from './storage-error.ts'
import { withinDeadline } from './within-deadline.ts'

const cachePrefix = 'windowshop:'
const parallel = 6
/** A kept availability file is good for the next pages of a visit: they need not wait for a round trip. */
const freshMs = 5 * 60_000
/** Where an older one is kept, the new one may take this long. */
const patienceMs = 1500
/** Tells when a file was kept, in milliseconds since the epoch. */
const keptHeader = 'windowshop-kept'

export interface BundleStore {
  /** The kept manifest, undefined when there is none that can be read. */
  kept(): Promise<Manifest | undefined>
  /** The published manifest; throws a coded error. */
  published(): Promise<Manifest>
  /** Verified files of these tiers, by name: from the kept ones, else from the network. Throws a coded error. */
  files(manifest: Manifest, tiers: readonly ManifestFile['tier'][]): Promise<Map<string, Uint8Array>>
  /** The availability file, for the kept bundle maybe a kept one of the last minutes; undefined when there is none. */
  availability(manifest: Manifest, kept: boolean): Promise<Uint8Array | undefined>
  /** The file of rules, likewise. */
  rules(manifest: Manifest, kept: boolean): Promise<Uint8Array | undefined>
  /** Makes the bundle the kept one: files first, manifest last; then what it does not list goes. Throws a coded error. */
  keep(manifest: Manifest, files: ReadonlyMap<string, Uint8Array>): Promise<void>
  /** What `remember` was given last, on whatever page; undefined where nothing is kept. */
  recall(): Promise<unknown>
  /** Keeps a value of JSON beside the bundle, as long as there is consent. */
  remember(value: unknown): Promise<void>
  /** Bytes of the bundle that came over the network or the HTTP cache. */
  readonly received: number
}

export interface BundleStoreOptions {
  /** Absolute URL of the manifest. */
  readonly url: string
  /** Whether files may be kept in Cache Storage now: with consent only. */
  readonly mayKeep: () => boolean
  /** Fetches what keeps a bundle and makes its files of older ones: the first shelf does not wait for it. */
  readonly loadKeeper: () => Promise<Pick<LateParts, 'keepBundle' | 'followDeltas' | 'hasRoom'>>
  /** Told how far the download of a listed file is, in bytes. */
  readonly progress?: ((news: DownloadNews) => void) | undefined
  /** Milliseconds since the epoch; `Date.now` by default. */
  readonly now?: () => number
}

/** The bundle's files on the network and, with consent, in Cache Storage: one cache for one manifest's URL. */
export function openBundleStore({
  url,
  mayKeep,
  loadKeeper,
  progress,
  now = Date.now,
}: BundleStoreOptions): BundleStore {
  const at = (name: string) => new URL(name, url).href
  const note = at('windowshop-note')
  let received = 0

  /** Cache Storage may be missing, denied or full: then there is no cache, and everything comes from the network. */
  async function cache(): Promise<Cache | undefined> {
    try {
      return mayKeep() ? await globalThis.caches?.open(cachePrefix + url) : undefined
    } catch {
      return undefined
    }
  }

  async function match(address: string): Promise<Response | undefined> {
    return (await cache())?.match(address, { ignoreVary: true }).catch(() => undefined)
  }

  async function fromCache(address: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const response = await match(address)
    return response && new Uint8Array(await response.arrayBuffer())
  }

  async function fetchBytes(address: string, maxBytes: number, mode?: RequestCache): Promise<Uint8Array<ArrayBuffer>> {
    // How large a file is that changes in place, nobody knows.
    const heard = (loaded: number) =>
      mode === 'no-cache' || progress?.({ file: address.split('/').at(-1)!, loaded, total: maxBytes })
    const bytes = await download(address, { maxBytes, heard, ...(mode && { cache: mode }) })
    received += bytes.length
    return bytes
  }

  /** Whether a file may be kept, by the browser's estimate. The head is small, and the first shelf waits for it: it is not asked for. */
  async function mayFit({ tier }: ManifestFile, { files }: Manifest): Promise<boolean> {
    const store = tier !== 'head' && (await cache())
    return !store || (await loadKeeper()).hasRoom(store, { files, at })
  }

  /** A file made of an older one that is kept; a first visit has none, and does not wait for what would make it. */
  async function fromOlder(name: string, { deltas }: Manifest): Promise<Uint8Array<ArrayBuffer> | undefined> {
    if (deltas && (await match(url)))
      return (await loadKeeper()).followDeltas(name, { deltas, at, read: fromCache, fetch: fetchBytes })
    return undefined
  }

  /** Kept as soon as it is verified: what is cut goes on with the next file, and another tab need not fetch it. */
  async function verifiedFile(entry: ManifestFile, manifest: Manifest): Promise<Uint8Array> {
    const address = at(entry.url)
    const sources = [
      () => fromCache(address),
      () => fromOlder(entry.url, manifest),
      () => fetchBytes(address, entry.bytes),
      // A body that was cut may lie in the HTTP cache as if it were whole.
      () => fetchBytes(address, entry.bytes, 'reload'),
    ]
    let failure: unknown
    let fits = true
    for (const [i, source] of sources.entries()) {
      if (i === 1) fits = await mayFit(entry, manifest).catch(() => true)
      try {
        const bytes = await source()
        if (!bytes) continue
        await verifyFile(entry, bytes)
        if (i > 0 && fits) await (await cache())?.put(address, new Response(bytes)).catch(() => undefined)
        return bytes
      } catch (error) {
        failure = error
        await (await cache())?.delete(address).catch(() => undefined)
      }
    }
    throw failure
  }

  /** A file that changes in place. */
  async function changing(
    name: string | undefined,
    { kept, check }: { kept: boolean; check: (bytes: Uint8Array, where: string) => unknown },
  ): Promise<Uint8Array | undefined> {
    if (!name) return undefined
    const address = at(name)
    const fresh = fetchBytes(address, limits.shardBytes, 'no-cache').then((bytes) => {
      // A host's page of regrets, with status 200, must not take the place of the file that is kept.
      check(bytes, address)
      cache()
        .then((store) => store?.put(address, new Response(bytes, { headers: { [keptHeader]: `${now()}` } })))
        .catch(() => undefined)
      return bytes
    })
    fresh.catch(() => undefined)
    try {
      const response = await match(address)
      if (!response) return await fresh
      const age = now() - Number(response.headers.get(keptHeader))
      const known = new Uint8Array(await response.arrayBuffer())
      if (kept && age >= 0 && age < freshMs) return known
      return await withinDeadline(fresh, patienceMs, new WindowshopError('timeout')).catch(() => known)
    } catch {
      return undefined
    }
  }

  return {
    async kept() {
      try {
        const bytes = await fromCache(url)
        return bytes && parseManifest(textOf(bytes))
      } catch {
        return undefined
      }
    },

    async published() {
      const bytes = await fetchBytes(url, limits.manifestBytes, 'no-cache')
      return parseManifest(textOf(bytes))
    },

    async files(manifest, tiers) {
      const wanted = manifest.files.filter(({ tier }) => tiers.includes(tier))
      const files = new Map<string, Uint8Array>()
      const queue = wanted.values()
      const work = async () => {
        for (const entry of queue) {
          const load = () => verifiedFile(entry, manifest)
          files.set(entry.url, await (mayKeep() ? inOneTab(at(entry.url), load) : load()))
        }
      }
      await Promise.all(Array.from({ length: parallel }, work))
      return files
    },

    availability: ({ availability }, kept) => changing(availability?.url, { kept, check: decodeTensors }),
    rules: ({ rules }, kept) => changing(rules?.url, { kept, check: (bytes) => JSON.parse(textOf(bytes)) as unknown }),

    async keep(manifest, files) {
      const store = await cache()
      if (!store) return
      const { keepBundle } = await loadKeeper()
      const keeping = { url, note, manifest, files, mayKeep, forget: forgetBundles }
      await inOneTab('keep', () => keepBundle(store, keeping)).catch((error: unknown) => {
        throw asStorageError(error, cachePrefix + url)
      })
    },

    async recall() {
      return (await match(note))?.json().catch(() => undefined)
    },

    async remember(value) {
      const store = await cache()
      if (!store) return
      await store.put(note, new Response(JSON.stringify(value))).catch(() => undefined)
      // Consent may have gone meanwhile.
      if (!mayKeep()) await forgetBundles()
    },

    get received() {
      return received
    },
  }
}

const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes)

/** Removes every kept bundle; throws when Cache Storage does. */
export async function forgetBundles(): Promise<void> {
  for (const name of (await globalThis.caches?.keys()) ?? []) {
    if (name.startsWith(cachePrefix)) await caches.delete(name)
  }
}

/** After this long a tab that holds the lock is taken for frozen, and no longer waited for. */
const lockMs = 5000

/** Two tabs must not fetch the same file, nor collect each other's garbage. */
async function inOneTab<T>(name: string, work: () => Promise<T>): Promise<T> {
  const { locks } = navigator as { locks?: LockManager }
  if (!locks) return work()
  let working: Promise<T> | undefined
  const start = () => (working = work())
  await locks.request(`windowshop:${name}`, { signal: AbortSignal.timeout(lockMs) }, start).catch(() => undefined)
  return working ?? start()
}
