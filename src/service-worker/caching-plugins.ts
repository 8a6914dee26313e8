import type { WorkboxPlugin } from 'workbox-core/types.js'
import type { ResourceKind } from './resource-kind.ts'
import { unlistedFiles } from './unlisted-files.ts'
import { isWhole } from './whole-body.ts'

export const cacheNames = {
  page: 'windowshop-pages',
  immutable: 'windowshop-immutable',
  changing: 'windowshop-changing',
  picture: 'windowshop-pictures',
} as const satisfies Record<ResourceKind, string>

/** An unregistered worker serves open pages on; while the cache of pages is missing it writes nothing. */
export async function mayKeep(): Promise<boolean> {
  return caches.has(cacheNames.page)
}

export async function permit(): Promise<void> {
  await caches.open(cacheNames.page)
}

/** Keeps whole bodies only, and of each cache the newest `entries`. */
export function keeping(entries: number): WorkboxPlugin {
  return {
    cacheWillUpdate: async ({ request, response }) =>
      (await isWhole(new URL(request.url), response)) && (await mayKeep()) ? response : null,
    cacheDidUpdate: async ({ cacheName }) => {
      // Everything was deleted while this was being written.
      if (!(await mayKeep())) return void (await caches.delete(cacheName))
      const cache = await caches.open(cacheName)
      const keys = await cache.keys()
      await Promise.all(keys.slice(0, Math.max(0, keys.length - entries)).map((key) => cache.delete(key)))
    },
  }
}

/** A new manifest at or below the path `bundle` takes the files of earlier bundles in its folder out of the cache. */
export function tidying(bundle: string): WorkboxPlugin {
  return {
    cacheDidUpdate: async ({ request, newResponse }) => {
      const folder = /^(.*\/)manifest\.json$/.exec(new URL(request.url).pathname)?.[1]
      if (!folder?.startsWith(bundle) || !(await mayKeep())) return
      const manifest: unknown = await newResponse
        .clone()
        .json()
        .catch(() => undefined)
      const cache = await caches.open(cacheNames.immutable)
      const addresses = (await cache.keys()).map(({ url }) => url)
      const old = unlistedFiles(manifest, addresses, folder)
      await Promise.all(old.map((address) => cache.delete(address, { ignoreVary: true })))
    },
  }
}
