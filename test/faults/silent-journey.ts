import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page, Request } from 'playwright'
import { command } from './fault-shop.ts'
import type { FaultRow } from './fault-row.ts'
import { openShelves, shelvesPath } from './lab/open-shelves.ts'

const root = join(import.meta.dirname, '../..')

/** A shopper's whole journey, watched by the browser, by the server, and by a resolver that knows the shop alone. */
export const silentJourney: FaultRow = {
  id: 'silent-journey',
  kind: 'privacy',
  fault: 'a whole journey is watched from outside: browser, server, resolver',
  holds: 'GETs of listed files alone, none but pictures after warm-up; no query, body or cookie',
  runs: { test: 1, ci: 5, release: 20 },

  async open() {
    const lab = await openShelves()
    const { server } = lab.shop
    const manifest = JSON.parse(await readFile(join(root, '.demo/bundle/manifest.json'), 'utf8')) as {
      files: { url: string }[]
      availability: { url: string }
    }
    const listed = new Set([
      `/${shelvesPath}`,
      ...[
        'windowshop.js',
        ...['worker', 'scorers', 'late', 'extras', 'models', 'tensorflow'].map((part) => `windowshop.${part}.js`),
      ].map((name) => `/${name}`),
      ...['manifest.json', manifest.availability.url, ...manifest.files.map(({ url }) => url)].map(
        (name) => `/bundle/${name}`,
      ),
    ])
    return {
      async run() {
        const context = await lab.browser.newContext({ locale: 'en' })
        try {
          const seen: Request[] = []
          context.on('request', (request) => seen.push(request))
          const before = server.requests.length
          const page = await context.newPage()
          await page.goto(`${server.url}${shelvesPath}`)
          await warm(page)
          for (const request of seen) await checkRequest(request, listed, new URL(server.url).origin)
          for (const { method, url, headers } of server.requests.slice(before)) {
            const strange = method !== 'GET' || headers.cookie || headers['content-length'] || url.includes('?')
            if (strange) throw new Error(`the server got ${method} ${url}`)
          }
          const [asked, served] = [seen.length, server.requests.length]
          await live(page)
          const later = [
            ...seen.slice(asked).map((request) => request.url()),
            ...server.requests.slice(served).map(({ url }) => url),
          ]
          const loud = later.find((url) => !new URL(url, server.url).pathname.startsWith('/pictures/'))
          if (loud) throw new Error(`after warm-up ${loud} was asked for`)
          return asked
        } finally {
          await context.close()
        }
      },
      close: () => lab.close(),
    }
  },
}

/** Until all of the bundle and the late scorers are there. */
export async function warm(page: Page): Promise<void> {
  await page.locator('windowshop-shelf a.link').first().waitFor()
  const warmed = await page.evaluate(async () => {
    const { windowshop } = globalThis as unknown as {
      windowshop(name: string): Promise<{ coverage: number; scorer?: { measured: object } }>
    }
    for (let n = 0; n < 600; n++) {
      const { coverage, scorer } = await windowshop('status')
      if (coverage === 1 && Object.keys(scorer?.measured ?? {}).length > 0) return true
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    return false
  })
  if (!warmed) throw new Error('not warm after half a minute')
  // What comes when the page is idle: extras, and what they bring.
  await page.waitForLoadState('networkidle')
  await page.waitForTimeout(1500)
}

/** Everything that the page's command offers. */
async function live(page: Page): Promise<void> {
  const items = await page.evaluate(async () => {
    const shelf = document.querySelector('windowshop-shelf')!.shadowRoot!
    return [...shelf.querySelectorAll('li')].map((card) => card.querySelector('.title')!.textContent)
  })
  if (items.length === 0) throw new Error('an empty shelf')
  const [shelf] = await command<[{ items: { card: { id: string } }[] }]>(page, 'page', [
    { placement: 'trending', limit: 12 },
  ])
  for (const { card } of shelf.items) await command(page, 'track', { kind: 'view_item', item: card.id })
  await command(page, 'track', { kind: 'search', query: 'lamp' })
  await command(page, 'track', { kind: 'purchase', item: shelf.items[0]!.card.id, order: '1' })
  await command(page, 'recommend', { placement: 'for-you', reasons: 3 })
  await command(
    page,
    'rerank',
    shelf.items.map(({ card }) => card.id),
  )
  await command(page, 'profile', 'export')
  await command(page, 'profile', 'erase')
  await command(page, 'consent', 'denied')
  await page.waitForTimeout(300)
}

async function checkRequest(request: Request, listed: ReadonlySet<string>, shop: string): Promise<void> {
  const url = new URL(request.url())
  if (url.protocol === 'data:') return
  const headers = await request.allHeaders()
  const allowed = listed.has(url.pathname) || url.pathname.startsWith('/pictures/')
  if (url.origin !== shop || !allowed || url.search) throw new Error(`${request.url()} is not listed`)
  if (request.method() !== 'GET' || request.postData() !== null) throw new Error(`${request.method()} ${request.url()}`)
  if (headers['cookie']) throw new Error(`a cookie for ${request.url()}`)
}
