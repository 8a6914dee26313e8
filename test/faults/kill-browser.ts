import { appendFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { startKillable, type KillableBrowser } from '../support/killable-browser.ts'
import { between } from '../support/seed.ts'
import { command, openFaultShop } from './fault-shop.ts'
import type { FaultRow } from './fault-row.ts'

interface StoredEvent {
  readonly seq: number
  readonly item: string
}

/**
 * A shopper's browser dies in the middle of writing, again and again, with one profile. Every second death leaves half
 * a record in the browser's journal, as one in forty does by itself: what that harms shows two starts later.
 */
export const killBrowser: FaultRow = {
  id: 'kill-browser',
  kind: 'fault',
  fault: 'the browser is killed while it writes',
  holds: 'what was acknowledged is there exactly once, in order',
  runs: { test: 2, ci: 20, release: 200 },

  async open() {
    const shop = await openFaultShop()
    let profiles = 0
    let profile = join(shop.folder, 'profile-0')
    let acknowledged: string[] = []
    let living: KillableBrowser | undefined

    async function visit<T>(work: (page: Page) => Promise<T>): Promise<T> {
      living = await startKillable(profile)
      try {
        await living.page.goto(shop.server.url)
        return await work(living.page)
      } finally {
        await living.kill()
      }
    }

    async function check(page: Page): Promise<void> {
      const stored = await command<StoredEvent[]>(page, 'profile', 'events')
      const items = new Set(stored.map(({ item }) => item))
      const lost = acknowledged.filter((item) => !items.has(item))
      if (lost.length > 0) throw new Error(`${lost.length} of ${acknowledged.length} events lost, from ${lost[0]} on`)
      if (items.size !== stored.length) throw new Error(`${stored.length - items.size} events doubled`)
      if (stored.some(({ seq }, i) => i > 0 && seq <= stored[i - 1]!.seq)) throw new Error('events out of order')
    }

    return {
      async run(random, n) {
        const before = acknowledged.length
        try {
          await visit(async (page) => {
            await check(page)
            await page.exposeFunction('acknowledge', (item: string) => void acknowledged.push(item))
            trackWithoutEnd(page, `visit-${n}`).catch(() => undefined)
            for (const end = Date.now() + 20_000; acknowledged.length === before; await pause(5)) {
              if (Date.now() > end) throw new Error('nothing was acknowledged in 20 s')
            }
            await pause(between(random, 0, 700))
          })
          if (n % 2 === 1) await tearJournal(profile)
          await visit(async (page) => {
            await check(page)
            const item = `between-${n}`
            const { stored } = await command<{ stored?: string }>(page, 'track', { kind: 'view_item', item })
            if (stored === 'disk') acknowledged.push(item)
          })
          await visit(check)
        } catch (error) {
          acknowledged = []
          profile = join(shop.folder, `profile-${++profiles}`)
          throw error
        }
        return acknowledged.length - before
      },
      async close() {
        await living?.kill()
        await shop.close()
      },
    }
  },
}

/** Tracks without end, in bursts, and tells of every item whose event was acknowledged as on disk. */
function trackWithoutEnd(page: Page, name: string): Promise<void> {
  return page.evaluate(async (prefix) => {
    const { windowshop, acknowledge } = window as unknown as {
      windowshop(...words: unknown[]): Promise<{ stored?: string }>
      acknowledge(item: string): void
    }
    for (let n = 0; ;) {
      for (const end = n + 1 + ((n * 7) % 12); n < end; n++) {
        const item = `${prefix}-${n}`
        void windowshop('track', { kind: 'view_item', item }).then(({ stored }) => {
          if (stored === 'disk') acknowledge(item)
        })
      }
      await new Promise((resolve) => setTimeout(resolve, n % 3))
    }
  }, name)
}

/** Puts the head of a record without its body at the end of the origin's LevelDB journal, where the browser keeps one. */
async function tearJournal(profile: string): Promise<void> {
  const databases = join(profile, 'Default/IndexedDB')
  const store = (await readdir(databases)).find((name) => name.endsWith('.leveldb'))
  if (!store) return
  const journal = (await readdir(join(databases, store)))
    .filter((name) => name.endsWith('.log'))
    .sort()
    .at(-1)
  if (!journal) throw new Error('LevelDB has no journal')
  const head = [0xab, 0xcd, 0xef, 0x01, 200, 0, 1]
  await appendFile(join(databases, store, journal), Buffer.from(head))
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
