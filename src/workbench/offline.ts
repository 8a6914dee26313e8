/**
 * Registers the service-worker recipe for this shop, and has it keep what this page loaded before it took over, so that
 * the first visit is enough for an offline reload.
 */
export async function keepOffline({ bundle, data }: { bundle: string; data: readonly string[] }): Promise<void> {
  if (!('serviceWorker' in navigator)) return
  const query = new URLSearchParams({ bundle: new URL('./', new URL(bundle, location.href)).pathname })
  for (const path of data) query.append('data', new URL(path, location.href).pathname)
  try {
    await navigator.serviceWorker.register(`windowshop-sw.js?${query}`)
    const { active } = await navigator.serviceWorker.ready
    const loaded = performance.getEntriesByType('resource').map(({ name }) => name)
    active?.postMessage({ windowshop: 'keep', urls: [location.href, ...loaded] }, { transfer: [] })
  } catch {
    // A development server, or a browser without service workers: the page works online.
  }
}

/** Removes the service worker and all that it kept. */
export async function forgetOffline(): Promise<void> {
  if (!('serviceWorker' in navigator)) return
  const registrations = await navigator.serviceWorker.getRegistrations()
  await Promise.all(registrations.map((registration) => registration.unregister()))
  const kept = ['pages', 'immutable', 'changing', 'pictures'].map((name) => `windowshop-${name}`)
  await Promise.all(kept.map((name) => caches.delete(name)))
}
