import { randomBytes } from 'node:crypto'
import type { BrowserContext } from 'playwright'
import { command } from './fault-shop.ts'
import type { FaultRow } from './fault-row.ts'
import type { Lab } from './lab/open-lab.ts'
import { openShelves, shelvesPath } from './lab/open-shelves.ts'
import { warm } from './silent-journey.ts'

/** A first visitor and one with a thousand events ask the host for the same, byte for byte. */
export const twoShoppers: FaultRow = {
  id: 'two-shoppers',
  kind: 'privacy',
  fault: 'two shoppers, of no event and of 1,000, with the same cache',
  holds: 'their requests are the same to the byte, but for pictures',
  runs: { test: 1, ci: 5, release: 20 },

  async open() {
    const lab = await openShelves()
    return {
      async run() {
        const shoppers = await Promise.all([1, 2].map(() => lab.browser.newContext({ locale: 'en' })))
        try {
          const [stranger, regular] = shoppers as [BrowserContext, BrowserContext]
          await visit(lab, stranger, 0)
          await visit(lab, regular, 1000)
          // With files that are kept, and then with none.
          for (const cache of ['warm', 'cold']) {
            if (cache === 'cold') for (const shopper of shoppers) await clearFiles(lab, shopper)
            const [left, right] = [await visit(lab, stranger, 0), await visit(lab, regular, 0)]
            if (left !== right) throw new Error(`with a ${cache} cache: ${firstDifference(left, right)}`)
            if (!left) throw new Error(`with a ${cache} cache nothing was asked for`)
          }
          return 1
        } finally {
          for (const shopper of shoppers) await shopper.close()
        }
      },
      close: () => lab.close(),
    }
  },
}

/** A visit's requests as the server got them, headers and all, pictures left out; sorted, as several are under way at once. */
async function visit(lab: Lab, context: BrowserContext, events: number): Promise<string> {
  const { server } = lab.shop
  const before = server.requests.length
  const page = await context.newPage()
  await page.goto(`${server.url}${shelvesPath}`)
  await warm(page)
  if (events > 0) {
    const [shelf] = await command<[{ items: { card: { id: string } }[] }]>(page, 'page', [
      { placement: 'trending', limit: 100 },
    ])
    const log = Array.from({ length: events }, (_, i) => ({
      id: randomBytes(16).toString('hex'),
      time: Date.now() - i * 60_000,
      kind: 'view_item',
      item: shelf.items[i % shelf.items.length]!.card.id,
    }))
    await command(page, 'profile', 'import', JSON.stringify({ format: 'windowshop-log/1', events: log }))
    const kept = await command<unknown[]>(page, 'profile', 'events')
    if (kept.length < events) throw new Error(`${kept.length} of ${events} events were imported`)
  }
  // What came last is written to the browser's cache a moment later.
  await page.waitForTimeout(1000)
  await page.close()
  return server.requests
    .slice(before)
    .filter(({ url }) => !url.startsWith('/pictures/'))
    .map(({ method, url, headers }) => `${method} ${url} ${JSON.stringify(headers)}`)
    .sort()
    .join('\n')
}

/** Takes the bundle's files out of both caches; the events stay. */
async function clearFiles(lab: Lab, context: BrowserContext): Promise<void> {
  const page = await context.newPage()
  const cdp = await context.newCDPSession(page)
  await cdp.send('Network.clearBrowserCache')
  const { origin } = new URL(lab.shop.server.url)
  await cdp.send('Storage.clearDataForOrigin', { origin, storageTypes: 'cache_storage' })
  await page.close()
}

function firstDifference(left: string, right: string): string {
  const [a, b] = [left, right].map((text) => text.split('\n'))
  const at = a!.findIndex((line, i) => line !== b![i])
  return `${a![at] ?? 'nothing more'} and ${b![at] ?? 'nothing more'}`
}
