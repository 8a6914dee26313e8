/** What a shopper's events met on their way to a full disk. */
export interface FilledStorage {
  /** Queries of the searches of which it was said that they are on disk. */
  readonly acknowledged: string[]
  /** Why the rest is not. */
  readonly refused: string | undefined
  /** Length of the list after that, or why there is none. */
  readonly shown: number | string
}

/** Runs in the page: fills the origin's storage but for so many KiB, and those with events. */
export async function fillStorage(left: number): Promise<FilledStorage> {
  // First of all: Chromium's database takes what was free when it was opened to be free for half a minute.
  const cache = await caches.open('filler')
  for (let size = 1 << 20, n = 0; size >= left * 1024; n++)
    await cache.put(`/filler-${n}`, new Response(new Uint8Array(size))).catch(() => (size /= 4))
  const { recommender } = await globalThis.lab.open('full')
  const shelf = async () => {
    const answer = await recommender.recommend({ placement: 'for-you' })
    return 'items' in answer ? answer.items.length : answer.fallback
  }
  await shelf()
  // Words that no database can compress.
  const noise = (length: number) =>
    Array.from(crypto.getRandomValues(new Uint16Array(length)), (n) => String.fromCharCode(97 + (n % 26))).join('')
  const acknowledged: string[] = []
  let refused: string | undefined
  for (let n = 0; n < 80 && !refused; n++) {
    const events = Array.from({ length: 128 }, (_, i) => ({
      kind: 'search',
      query: `${n}-${i}-${noise(180)}`,
      category: noise(390),
    }))
    const results = await Promise.all(events.map((event) => recommender.track(event)))
    events.forEach(({ query }, i) => {
      if ('stored' in results[i]! && results[i].stored === 'disk') acknowledged.push(query)
    })
    if (results.some((said) => !('stored' in said) || said.stored !== 'disk'))
      refused = (await recommender.status()).storage.reason ?? 'no reason'
  }
  return { acknowledged, refused, shown: await shelf() }
}
