import type { FaultRow } from '../faults/fault-row.ts'
import { openBundleHost } from '../faults/lab/bundle-host.ts'
import { buildVersion, publish } from '../faults/lab/bundle-shop.ts'
import { openLab } from '../faults/lab/open-lab.ts'

const counts = [1, 2, 4, 8, 16]
const eventsPerTab = 1000

/** Tabs of one shopper that all write at once. */
export const manyTabs: FaultRow = {
  id: 'many-tabs',
  kind: 'load',
  fault: '1, 2, 4, 8, 16 tabs with 1,000 events each',
  holds: 'the exact count; every tab shows what a replay of the log shows; one download',
  runs: { test: 2, ci: 'all', release: 'all' },

  async open() {
    const lab = await openLab()
    const host = await openBundleHost()
    const version = await buildVersion('tabs')
    return {
      all: counts.length,
      async run(_random, n) {
        const path = `/tabs-${n}/`
        publish(host, path, version)
        const bundle = `${host.url}${path}manifest.json`
        const visit = await lab.visit()
        try {
          const tabs = [visit.page]
          while (tabs.length < counts[n]!) tabs.push(await visit.tab())
          const asked = host.requests.length
          const said = await Promise.all(
            tabs.map((tab, t) =>
              tab.evaluate(
                async ({ address, name, count }) => {
                  const { recommender } = await globalThis.lab.open('tab', { bundle: address })
                  let acknowledged = 0
                  for (let i = 0; i < count; i += 50) {
                    const burst = Array.from({ length: 50 }, (_, j) =>
                      recommender.track({ kind: 'view_item', item: `item-${(name * 50 + i + j) % 400}` }),
                    )
                    for (const result of await Promise.all(burst))
                      if ('stored' in result && result.stored === 'disk') acknowledged++
                  }
                  return acknowledged
                },
                { address: bundle, name: t, count: eventsPerTab },
              ),
            ),
          )
          const wanted = tabs.length * eventsPerTab
          const question = (name: Asked['name']): Asked => ({ name, address: bundle, total: wanted })
          const shelves = await Promise.all(tabs.map((tab) => tab.evaluate(readShelf, question('tab'))))
          const replay = await visit.page.evaluate(readShelf, question('replay'))
          if (said.some((count) => count !== eventsPerTab)) throw new Error(`acknowledged ${said.join()}`)
          for (const [t, { events, shelf }] of [...shelves, replay].entries()) {
            if (events !== wanted) throw new Error(`tab ${t} knows ${events} of ${wanted} events`)
            if (shelf !== replay.shelf) throw new Error(`tab ${t} shows ${shelf}, a replay ${replay.shelf}`)
          }
          const files = host.requests.slice(asked).filter((url) => !/manifest\.json|availability/.test(url))
          if (new Set(files).size < files.length) throw new Error(`downloaded twice: ${files.join()}`)
          return tabs.length
        } finally {
          await visit.close()
        }
      },
      async close() {
        await lab.close()
        await host.close()
      },
    }
  },
}

interface Asked {
  readonly name: 'tab' | 'replay'
  readonly address: string
  readonly total: number
}

/** What a tab shows once it knows of all events; `replay` is a new one. */
async function readShelf({ name, address, total }: Asked): Promise<{ events: number; shelf: string }> {
  const { recommender } =
    name === 'tab' ? globalThis.lab.of(name) : await globalThis.lab.open(name, { bundle: address })
  const ready = async () => {
    const { storage, coverage } = await recommender.status()
    return storage.events >= total && coverage === 1
  }
  for (let n = 0; n < 500 && !(await ready()); n++) await new Promise((resolve) => setTimeout(resolve, 20))
  const answer = await recommender.recommend({ placement: 'because-you-viewed', limit: 20 })
  const { storage } = await recommender.status()
  const shelf =
    'items' in answer ? answer.items.map(({ card, score }) => `${card.id} ${score}`).join() : answer.fallback
  return { events: storage.events, shelf }
}
