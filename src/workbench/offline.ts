import type { Shell } from '../lab/start-shell.ts'
import { workerFiles } from './worker-files.ts'

/**
 * Registers the service-worker recipe for all that is below this page, and has it keep what this page loaded before it took over, so that
 * the first visit is enough for an offline reload.
 */
export async function keepOffline(shell: Pick<Shell, 'report'>): Promise<void> {
  if (!('serviceWorker' in navigator)) return
  // The same address for every bundle that is opened here: another one would be another worker, which has to wait.
  const query = new URLSearchParams({ bundle: new URL('./', location.href).pathname })
  try {
    await navigator.serviceWorker.register(`windowshop-sw.js?${query}`)
    const { active } = await navigator.serviceWorker.ready
    const loaded = performance.getEntriesByType('resource').map(({ name }) => name)
    // What the worker has fetched does not stand in the page's list.
    const { files = [] } = (await shell.report()) ?? {}
    const urls = new Set([location.href, ...loaded, ...Object.values(workerFiles), ...files.map(({ url }) => url)])
    active?.postMessage({ windowshop: 'keep', urls: [...urls] }, { transfer: [] })
  } catch {
    // A development server, or a browser without service workers: the page works online.
  }
}

/** Removes the service worker and all that it kept. */
export async function forgetOffline(): Promise<void> {
  if (!('serviceWorker' in navigator)) return
  const registrations = await navigator.serviceWorker.getRegistrations()
  await Promise.all(registrations.map((registration) => registration.unregister()))
  // Without the cache of pages, the worker writes into none of the others.
  await caches.delete('windowshop-pages')
  await Promise.all(['immutable', 'changing', 'pictures'].map((name) => caches.delete(`windowshop-${name}`)))
}
