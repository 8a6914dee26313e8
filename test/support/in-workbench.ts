// Run in the page of the workbench, so each stands alone: it is sent as its text.

export interface StoredEvent {
  readonly kind: string
  readonly item?: string
}

/** The event log, read from IndexedDB itself. */
export async function storedEvents(): Promise<StoredEvent[]> {
  const settle = <T>(request: IDBRequest<T>) =>
    new Promise<T>((resolve, reject) => {
      request.addEventListener('success', () => resolve(request.result))
      request.addEventListener('error', () => reject(request.error!))
    })
  const found: StoredEvent[] = []
  for (const { name } of await indexedDB.databases()) {
    if (!name?.startsWith('windowshop')) continue
    const database = await settle(indexedDB.open(name))
    if (database.objectStoreNames.contains('events'))
      found.push(...((await settle(database.transaction('events').objectStore('events').getAll())) as StoredEvent[]))
    database.close()
  }
  return found
}

/** The first item in stock of each department of the shop's catalogue. */
export async function firstInStock(departments: readonly string[]): Promise<string[]> {
  const response = await fetch('catalogue.json')
  const { items } = (await response.json()) as { items: { id: string; category: string; stock: number }[] }
  return departments.map((name) => {
    const item = items.find(({ category, stock }) => category.endsWith(name) && stock > 5)
    if (!item) throw new Error(`no item in stock in ${name}`)
    return item.id
  })
}

/** Of the page, its scripts and its data, what the service worker has not kept yet. */
export async function notKeptOffline(): Promise<string[]> {
  if (!navigator.serviceWorker.controller) return ['a service worker']
  const resources = performance.getEntriesByType('resource').map(({ name }) => name)
  const needed = [location.href, ...resources.filter((url) => /\.(js|css|json)$/.test(new URL(url).pathname))]
  const kept = await Promise.all(needed.map((url) => caches.match(url, { ignoreVary: true, ignoreSearch: true })))
  return needed.filter((_, i) => !kept[i])
}
