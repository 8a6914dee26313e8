import type { FaultRow } from './fault-row.ts'
import type { Visit } from './lab/open-lab.ts'
import { openVisits } from './lab/open-visits.ts'

/** The network goes before, during or after the first load of a shop that has the service worker. */
export const offline: FaultRow = {
  id: 'offline',
  kind: 'fault',
  fault: 'the network goes before, during, after the first load',
  holds: 'the same list from the cache; a first visit falls back with a code and is whole later',
  runs: { test: 3, ci: 10, release: 60 },

  open: () => openVisits([before, during, after]),
}

/** What a shelf shows; its fallback where it shows nothing. */
async function shelf({ page }: Visit, name: string): Promise<string> {
  return page.evaluate(async (called) => {
    const { recommender } = await globalThis.lab.open(called, { worker: '/windowshop.worker.js' })
    const answer = await recommender.recommend({ placement: 'for-you' })
    recommender.close()
    return 'items' in answer ? answer.items.map(({ card }) => card.id).join() : `fallback ${answer.fallback}`
  }, name)
}

async function before(visit: Visit): Promise<number> {
  await visit.context.setOffline(true)
  const without = await shelf(visit, 'offline')
  await visit.context.setOffline(false)
  const later = await shelf(visit, 'online')
  if (!without.startsWith('fallback ')) throw new Error(`offline, yet ${without}`)
  if (later.startsWith('fallback')) throw new Error(`online again, yet ${later}`)
  return 1
}

async function during(visit: Visit): Promise<number> {
  const { page, context } = visit
  let cut = 0
  // The head comes, the rest does not.
  await context.route('**/bundle/*', async (route) => {
    if (/(table|display)/.test(route.request().url())) {
      cut++
      return route.abort('internetdisconnected')
    }
    return route.continue()
  })
  const head = await page.evaluate(async () => {
    const { recommender } = await globalThis.lab.open('cut', { worker: '/windowshop.worker.js' })
    const answer = await recommender.recommend({ placement: 'for-you' })
    while (!(await recommender.status()).problem) await new Promise((resolve) => setTimeout(resolve, 20))
    recommender.close()
    return 'items' in answer ? 'items' : `fallback ${answer.fallback}`
  })
  await context.unroute('**/bundle/*')
  const whole = await shelf(visit, 'whole')
  if (head.startsWith('fallback')) throw new Error(`the head was there, yet ${head}`)
  if (whole.startsWith('fallback')) throw new Error(`healed, yet ${whole}`)
  const coverage = await page.evaluate(async () => {
    const { recommender } = await globalThis.lab.open('later', { worker: '/windowshop.worker.js' })
    await recommender.recommend({ placement: 'for-you' })
    for (let n = 0; n < 100 && (await recommender.status()).coverage < 1; n++)
      await new Promise((resolve) => setTimeout(resolve, 50))
    return (await recommender.status()).coverage
  })
  if (coverage < 1) throw new Error(`healed, yet ${coverage} of the items`)
  return cut
}

async function after(visit: Visit): Promise<number> {
  const { page, context } = visit
  const online = await page.evaluate(async () => {
    await navigator.serviceWorker.register('/windowshop-sw.js?bundle=/bundle/')
    const { active } = await navigator.serviceWorker.ready
    const { recommender } = await globalThis.lab.open('first', { worker: '/windowshop.worker.js' })
    await recommender.track({ kind: 'view_item', item: 'FH-1' })
    const ask = async () => {
      const answer = await recommender.recommend({ placement: 'trending' })
      return 'items' in answer ? answer.items.map(({ card }) => card.id).join() : ''
    }
    while ((await recommender.status()).coverage < 1) await new Promise((resolve) => setTimeout(resolve, 50))
    const shown = await ask()
    const urls = performance.getEntriesByType('resource').map(({ name }) => name)
    active!.postMessage({ windowshop: 'keep', urls: [location.href, ...urls, '/windowshop.worker.js', '/inspect.js'] })
    return shown
  })
  // The service worker keeps what it was told of in its own time.
  const missing = await page.evaluate(async () => {
    const paths = ['/lab.html', '/windowshop.worker.js', '/inspect.js', '/bundle/manifest.json']
    const absent = async () => {
      const kept = await Promise.all(paths.map((path) => caches.match(path, { ignoreVary: true })))
      return paths.filter((_, i) => !kept[i])
    }
    for (let n = 0; n < 200 && (await absent()).length > 0; n++)
      await new Promise((resolve) => setTimeout(resolve, 100))
    return (await absent()).join()
  })
  if (missing) throw new Error(`not kept: ${missing}`)
  await context.setOffline(true)
  await page.reload()
  await page.waitForFunction(() => 'lab' in globalThis)
  const cached = await page.evaluate(async () => {
    const { recommender } = await globalThis.lab.open('again', { worker: '/windowshop.worker.js' })
    await recommender.recommend({ placement: 'trending' })
    for (let n = 0; n < 100 && (await recommender.status()).coverage < 1; n++)
      await new Promise((resolve) => setTimeout(resolve, 50))
    const answer = await recommender.recommend({ placement: 'trending' })
    return 'items' in answer ? answer.items.map(({ card }) => card.id).join() : `fallback ${answer.fallback}`
  })
  await context.setOffline(false)
  if (cached !== online) throw new Error(`offline ${cached}, online ${online}`)
  return 1
}
