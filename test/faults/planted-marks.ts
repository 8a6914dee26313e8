import { command } from './fault-shop.ts'
import type { FaultRow } from './fault-row.ts'
import { openShelves, shelvesPath } from './lab/open-shelves.ts'
import { warm } from './silent-journey.ts'

/** Marks of 128 bits in everything that an event says; then every place is searched that others can read. */
export const plantedMarks: FaultRow = {
  id: 'planted-marks',
  kind: 'privacy',
  fault: 'events carry marks of 128 bits',
  holds: 'none in requests, data layer, console, errors, cookies, other storage, or the page outside the shelves',
  runs: { test: 1, ci: 10, release: 50 },

  async open() {
    const lab = await openShelves()
    const { server } = lab.shop
    return {
      async run(random) {
        const context = await lab.browser.newContext({ locale: 'en' })
        try {
          const mark = () =>
            Array.from({ length: 4 }, () =>
              Math.floor(random() * 2 ** 32)
                .toString(16)
                .padStart(8, '0'),
            ).join('')
          const marks = { item: mark(), order: mark(), query: mark(), category: mark(), placement: mark() }
          const heard: string[] = []
          context.on('request', (request) =>
            heard.push(request.url(), JSON.stringify(request.headers()), request.postData() ?? ''),
          )
          context.on('console', (message) => heard.push(message.text()))
          context.on('weberror', (error) => heard.push(String(error.error())))
          const before = server.requests.length
          const page = await context.newPage()
          await page.goto(`${server.url}${shelvesPath}`)
          await warm(page)
          const { item, order, query, category, placement } = marks
          await command(page, 'track', { kind: 'view_item', item, category, placement })
          await command(page, 'track', { kind: 'purchase', item, order })
          await command(page, 'track', { kind: 'search', query })
          // Answers that are errors say what they got, and only to who asked.
          await command(page, 'recommend', { placement: 'similar', item })
          await command(page, 'track', { kind: item, item })
          await page.reload()
          await warm(page)
          const kept = JSON.stringify(await command<unknown[]>(page, 'profile', 'events'))
          heard.push(...(await page.evaluate(readable)))
          heard.push(...server.requests.slice(before).map((request) => JSON.stringify(request)))
          heard.push(JSON.stringify(await context.cookies()))
          for (const [name, value] of Object.entries(marks)) {
            const where = heard.find((text) => text.includes(value))
            if (where) throw new Error(`the mark of ${name} is in ${where.slice(0, 200)}`)
          }
          return Object.values(marks).filter((value) => kept.includes(value)).length
        } finally {
          await context.close()
        }
      },
      close: () => lab.close(),
    }
  },
}

/** What any script of the page could read, but for the event log itself. */
async function readable(): Promise<string[]> {
  const cached: string[] = []
  for (const name of await caches.keys()) {
    const cache = await caches.open(name)
    for (const request of await cache.keys())
      cached.push(request.url, (await (await cache.match(request))?.text()) ?? '')
  }
  const { dataLayer } = globalThis as { dataLayer?: unknown[] }
  return [
    ...cached,
    document.documentElement.outerHTML,
    document.cookie,
    document.title,
    location.href,
    window.name,
    JSON.stringify(history.state),
    JSON.stringify({ ...localStorage, ...sessionStorage }),
    JSON.stringify(dataLayer ?? []),
    JSON.stringify(performance.getEntries()),
  ]
}
