/**
 * The service worker of a shop that wants its shelves offline, after a reload too. A shop registers it, or copies the
 * routes into its own; Windowshop registers nothing by itself:
 *
 *   navigator.serviceWorker.register('/windowshop-sw.js?bundle=/windowshop/&data=/catalogue.json')
 *
 * `bundle` is the bundle's folder (`/windowshop/` when absent); `data`, any number of times, a path that the shop's pages
 * are drawn from. It keeps same-origin GETs of those two, pages, scripts, styles, fonts and pictures, and nothing else.
 * What was loaded before it took over is kept when the page posts `{ windowshop: 'keep', urls: [...] }` to it.
 */
import { clientsClaim } from 'workbox-core'
import type { WorkboxPlugin } from 'workbox-core/types.js'
import { registerRoute } from 'workbox-routing'
import { CacheFirst, NetworkFirst, StaleWhileRevalidate, type Strategy } from 'workbox-strategies'
import { resourceKind, type KeptPaths, type ResourceKind } from './resource-kind.ts'
import { isWhole } from './whole-body.ts'

interface ServiceWorkerScope {
  readonly location: Location
  skipWaiting(): Promise<void>
  addEventListener(type: 'message', listener: (event: KeepMessage) => void): void
}
interface KeepMessage extends MessageEvent<{ windowshop?: unknown; urls?: unknown } | null> {
  waitUntil(done: Promise<unknown>): void
}

const scope = globalThis as unknown as ServiceWorkerScope
const query = new URL(scope.location.href).searchParams
const paths: KeptPaths = { bundle: query.get('bundle') ?? '/windowshop/', data: query.getAll('data') }

/** Keeps whole bodies only, and of each cache the newest `entries`. */
function keeping(entries: number): WorkboxPlugin {
  return {
    cacheWillUpdate: async ({ request, response }) =>
      (await isWhole(new URL(request.url), response)) ? response : null,
    cacheDidUpdate: async ({ cacheName }) => {
      const cache = await caches.open(cacheName)
      const keys = await cache.keys()
      await Promise.all(keys.slice(0, Math.max(0, keys.length - entries)).map((key) => cache.delete(key)))
    },
  }
}

const strategies: Record<ResourceKind, Strategy> = {
  page: new NetworkFirst({
    cacheName: 'windowshop-pages',
    networkTimeoutSeconds: 4,
    matchOptions: { ignoreSearch: true, ignoreVary: true },
    plugins: [keeping(50)],
  }),
  immutable: new CacheFirst({ cacheName: 'windowshop-immutable', plugins: [keeping(500)] }),
  changing: new NetworkFirst({
    cacheName: 'windowshop-changing',
    networkTimeoutSeconds: 4,
    matchOptions: { ignoreVary: true },
    plugins: [keeping(100)],
  }),
  picture: new StaleWhileRevalidate({ cacheName: 'windowshop-pictures', plugins: [keeping(300)] }),
}

for (const kind of Object.keys(strategies) as ResourceKind[]) {
  registerRoute(
    ({ url, request, sameOrigin }) =>
      sameOrigin &&
      // A caller that wants fresh bytes, because the last ones were broken, gets them from the network.
      request.cache !== 'reload' &&
      request.cache !== 'no-store' &&
      !request.headers.has('range') &&
      resourceKind({ url, mode: request.mode, destination: request.destination }, paths) === kind,
    strategies[kind],
  )
}

scope.addEventListener('message', (event) => {
  const message = event.data
  if (message?.windowshop !== 'keep' || !Array.isArray(message.urls)) return
  event.waitUntil(Promise.all(message.urls.slice(0, 1000).map((url) => keep(String(url)))))
})

async function keep(address: string): Promise<void> {
  const url = new URL(address, scope.location.href)
  const kind = url.origin === scope.location.origin && resourceKind({ url, mode: '', destination: '' }, paths)
  if (!kind) return
  url.hash = ''
  const cache = await caches.open(strategies[kind].cacheName)
  if (await cache.match(url, { ignoreVary: true })) return
  const response = await fetch(url).catch(() => undefined)
  if (response && (await isWhole(url, response))) await cache.put(url, response)
}

void scope.skipWaiting()
clientsClaim()
