/**
 * The service worker of a shop that wants its shelves offline, after a reload too. A shop registers it, or copies the
 * routes into its own; Windowshop registers nothing by itself:
 *
 *   navigator.serviceWorker.register('/windowshop-sw.js?bundle=/windowshop/&data=/catalogue.json')
 *
 * `bundle` is the bundle's folder (`/windowshop/` when absent); `data`, any number of times, a path that the shop's pages
 * are drawn from. It keeps same-origin GETs of those two, pages, scripts, styles, fonts and pictures, and nothing else.
 * What was loaded before it took over is kept when the page posts `{ windowshop: 'keep', urls: [...] }` to it.
 *
 * A new version waits until the pages of the one before are closed: one that took over in the middle of a navigation
 * would leave it without an answer (Chromium 156).
 *
 * To forget, unregister it and delete the caches `windowshop-...`, the pages' first: the worker goes on to serve open
 * pages until they are left, and writes nothing more without that cache.
 */
import { clientsClaim } from 'workbox-core'
import { registerRoute } from 'workbox-routing'
import { CacheFirst, NetworkFirst, StaleWhileRevalidate, type Strategy } from 'workbox-strategies'
import { cacheNames, keeping, mayKeep, permit, tidying } from './caching-plugins.ts'
import { resourceKind, type KeptPaths, type ResourceKind } from './resource-kind.ts'
import { isWhole } from './whole-body.ts'

interface ServiceWorkerScope {
  readonly location: Location
  addEventListener(type: 'install', listener: (event: Lasting) => void): void
  addEventListener(type: 'message', listener: (event: Lasting & MessageEvent<Message | null>) => void): void
}
interface Lasting {
  waitUntil(done: Promise<unknown>): void
}
interface Message {
  readonly windowshop?: unknown
  readonly urls?: unknown
}

const scope = globalThis as unknown as ServiceWorkerScope
const query = new URL(scope.location.href).searchParams
const paths: KeptPaths = { bundle: query.get('bundle') ?? '/windowshop/', data: query.getAll('data') }

const strategies: Record<ResourceKind, Strategy> = {
  page: new NetworkFirst({
    cacheName: cacheNames.page,
    networkTimeoutSeconds: 4,
    matchOptions: { ignoreSearch: true, ignoreVary: true },
    plugins: [keeping(50)],
  }),
  immutable: new CacheFirst({ cacheName: cacheNames.immutable, plugins: [keeping(500)] }),
  changing: new NetworkFirst({
    cacheName: cacheNames.changing,
    networkTimeoutSeconds: 4,
    matchOptions: { ignoreVary: true },
    plugins: [keeping(100), tidying(paths.bundle)],
  }),
  picture: new StaleWhileRevalidate({ cacheName: cacheNames.picture, plugins: [keeping(300)] }),
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

scope.addEventListener('install', (event) => event.waitUntil(permit()))
scope.addEventListener('message', (event) => {
  const message = event.data
  if (message?.windowshop === 'keep' && Array.isArray(message.urls)) event.waitUntil(keepAll(message.urls))
})

async function keepAll(addresses: readonly unknown[]): Promise<void> {
  await permit()
  await Promise.all(addresses.slice(0, 1000).map((address) => keep(String(address))))
}

async function keep(address: string): Promise<void> {
  const url = new URL(address, scope.location.href)
  const kind = url.origin === scope.location.origin && resourceKind({ url, mode: '', destination: '' }, paths)
  if (!kind) return
  url.hash = ''
  const cacheName = cacheNames[kind]
  if (await caches.match(url, { cacheName, ignoreVary: true })) return
  const response = await fetch(url).catch(() => undefined)
  if (!response || !(await isWhole(url, response)) || !(await mayKeep())) return
  const cache = await caches.open(cacheName)
  await cache.put(url, response)
}

clientsClaim()
