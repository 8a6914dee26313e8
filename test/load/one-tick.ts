import type { Page } from 'playwright'
import type { Visit } from '../faults/lab/open-lab.ts'
import { openShelves, shelvesPath } from '../faults/lab/open-shelves.ts'
import type { FaultRow } from '../faults/fault-row.ts'
import { longestTask, ownTask, type Tasks } from './lab/longest-task.ts'

/** Milliseconds of processor time; the browser calls a task that is longer a long one. */
const mostMs = 50

/** A loop of the page that knows no measure. */
export const oneTick: FaultRow = {
  id: 'one-tick',
  kind: 'load',
  fault: '100,000 events in one tick',
  holds:
    'a bounded queue, one shared `overloaded`; each acknowledged event is there once; beside four shelves no task over 50 ms but the caller’s own',
  runs: { test: 1, ci: 3, release: 20 },

  async open() {
    const lab = await openShelves()
    return {
      async run() {
        const visit = await lab.visit()
        try {
          const refused = await checkQueue(visit)
          const page = await visit.context.newPage()
          await openShop(page, `${lab.shop.server.url}${shelvesPath}`)
          const tasks = await longestTask(lab.browser, page, () => page.evaluate(trackWithoutEnd, ownTask))
          console.error(`  ${describe(tasks)}`)
          if (tasks.longest > mostMs) throw new Error(describe(tasks))
          return refused
        } finally {
          await visit.close()
        }
      },
      close: () => lab.close(),
    }
  },
}

function describe({ count, longest }: Tasks): string {
  return `the longest of ${count} tasks took ${longest.toFixed(1)} ms`
}

/** Resolves with the number of events that were refused. */
async function checkQueue({ page }: Visit): Promise<number> {
  const result = await page.evaluate(async () => {
    const { recommender } = await globalThis.lab.open('shopper')
    await recommender.recommend({ placement: 'for-you' })
    const said = Array.from({ length: 100_000 }, (_, i) => recommender.track({ kind: 'view_item', item: `item-${i}` }))
    const answers = await Promise.all(said)
    const refused = answers.filter((answer) => 'refused' in answer)
    const shared = new Set(said.slice(-1000)).size
    const acknowledged = answers.filter((answer) => 'stored' in answer && answer.stored === 'disk').length
    const stored = (await recommender.profile.events()).length
    const later = await recommender.track({ kind: 'view_item', item: 'later' })
    recommender.close()
    const codes = [...new Set(refused.map((answer) => 'refused' in answer && answer.refused))]
    return { refused: refused.length, codes, shared, acknowledged, stored, later }
  })
  if (result.codes.join() !== 'overloaded') throw new Error(`refused with ${result.codes.join()}`)
  if (result.shared !== 1) throw new Error(`${result.shared} answers for the same refusal`)
  if (result.stored !== result.acknowledged)
    throw new Error(`${result.stored} stored, ${result.acknowledged} acknowledged`)
  if (!('stored' in result.later)) throw new Error(`afterwards ${JSON.stringify(result.later)}`)
  return result.refused
}

type Command = (...words: unknown[]) => Promise<{ readonly coverage: number; readonly items: readonly unknown[] }>

/** Opens the shop's page, until all its items are there. */
async function openShop(page: Page, address: string): Promise<void> {
  await page.goto(address)
  await page.waitForFunction(async () => {
    const { windowshop } = globalThis as unknown as { windowshop?: Command }
    return (await windowshop?.('status'))?.coverage === 1
  })
}

/** Runs in the page: tracks in one task, and lets the shelves follow. */
async function trackWithoutEnd(mark: string): Promise<void> {
  const { windowshop } = globalThis as unknown as { windowshop: Command }
  const { items } = await windowshop('recommend', { placement: 'trending', limit: 100 })
  const ids = (items as readonly { card: { id: string } }[]).map(({ card }) => card.id)
  await new Promise((resolve) => setTimeout(resolve))
  performance.mark(mark)
  let answered: Promise<unknown> = Promise.resolve()
  for (let i = 0; i < 100_000; i++) answered = windowshop('track', { kind: 'view_item', item: ids[i % ids.length] })
  await answered
  // The shelves have followed when the worker has answered twice: they ask as soon as they hear of the events.
  for (let n = 0; n < 2; n++) await windowshop('recommend', { placement: 'for-you' })
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 100)))
}
