const cacheName = 'windowshop-workbench'
const folder = 'dropped/'
/** Address of a dropped bundle's manifest. */
export const droppedBundle = `${folder}manifest.json`

type Files = ReadonlyMap<string, Uint8Array<ArrayBuffer>>

/** Keeps a bundle's files in this browser, in the place of those dropped before, so that the page can be loaded with them. */
export async function keepDropped(files: Files): Promise<void> {
  await caches.delete(cacheName)
  // What the recommender kept of the one before.
  await caches.delete(`windowshop:${new URL(droppedBundle, location.href).href}`)
  const cache = await caches.open(cacheName)
  for (const [name, bytes] of files) await cache.put(new URL(folder + name, location.href), new Response(bytes))
}

/** The files of a dropped bundle by absolute URL; none for any other. */
export async function loadDropped(bundle: string): Promise<Files> {
  const files = new Map<string, Uint8Array<ArrayBuffer>>()
  if (bundle !== droppedBundle) return files
  const cache = await caches.open(cacheName)
  for (const request of await cache.keys()) {
    const response = await cache.match(request)
    if (response) files.set(request.url, new Uint8Array(await response.arrayBuffer()))
  }
  return files
}
