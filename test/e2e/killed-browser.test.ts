import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { chromium, type Page } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { chromiumFlags, ensureChromium } from '../../scripts/browser.ts'
import { serve, type StaticServer } from '../../src/builder/serve.ts'
import { between, seededRandom } from '../support/seed.ts'

const root = join(import.meta.dirname, '../..')
const kills = 5

let server: StaticServer
let folder: string
let living: ChildProcess | undefined

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'windowshop-killed-'))
  await writeFile(
    join(folder, 'index.html'),
    `<!doctype html><html lang="en"><title>A shop</title><link rel="icon" href="data:,">
    <script src="windowshop.core.js" data-bundle="/bundle/manifest.json" data-consent="granted"></script>`,
  )
  server = await serve({
    mounts: { '/': [folder, join(root, 'dist')], '/bundle/': join(root, '.demo/bundle') },
    port: 0,
  })
})

afterAll(async () => {
  await kill()
  await server.close()
  await rm(folder, { recursive: true, force: true, maxRetries: 5 })
})

type Command = (...words: unknown[]) => Promise<unknown>

interface StoredEvent {
  readonly seq: number
  readonly item: string
}

/** Opens the shop in a browser of its own process group, always with the same profile. */
async function open(): Promise<Page> {
  const flags = [`--user-data-dir=${join(folder, 'profile')}`, '--remote-debugging-port=0', '--headless']
  const stdio = ['ignore', 'ignore', 'pipe'] as const
  living = spawn(ensureChromium(), [...chromiumFlags, ...flags, 'about:blank'], { detached: true, stdio: [...stdio] })
  for await (const line of createInterface({ input: living.stderr! })) {
    const endpoint = /DevTools listening on (ws:\S+)/.exec(line)?.[1]
    if (!endpoint) continue
    living.stderr!.resume()
    const browser = await chromium.connectOverCDP(endpoint)
    const page = await browser.contexts()[0]!.newPage()
    await page.goto(server.url)
    return page
  }
  throw new Error('the browser did not start')
}

/** Kills all processes of the browser at once. */
async function kill(): Promise<void> {
  if (!living?.pid || living.exitCode !== null || living.signalCode) return
  const gone = once(living, 'exit')
  process.kill(-living.pid, 'SIGKILL')
  await gone
}

/** Tracks without end, in bursts, and tells of every item whose event was acknowledged as on disk. */
function trackWithoutEnd(page: Page, name: string): Promise<void> {
  return page.evaluate(async (prefix) => {
    const { windowshop, acknowledge } = window as unknown as {
      windowshop: Command
      acknowledge: (item: string) => void
    }
    for (let n = 0; ;) {
      for (const end = n + 1 + ((n * 7) % 12); n < end; n++) {
        const item = `${prefix}-${n}`
        void windowshop('track', { kind: 'view_item', item }).then((result) => {
          if ((result as { stored?: string }).stored === 'disk') acknowledge(item)
        })
      }
      await new Promise((resolve) => setTimeout(resolve, n % 3))
    }
  }, name)
}

function storedEvents(page: Page): Promise<StoredEvent[]> {
  return page.evaluate(
    () => (window as unknown as { windowshop: Command }).windowshop('profile', 'events') as Promise<StoredEvent[]>,
  )
}

test('whenever the browser is killed, what it has acknowledged as on disk is there exactly once', async () => {
  const random = seededRandom('killed browser')
  const acknowledged: string[] = []
  for (let run = 0; run < kills; run++) {
    const page = await open()
    const before = acknowledged.length
    await page.exposeFunction('acknowledge', (item: string) => acknowledged.push(item))
    trackWithoutEnd(page, `visit-${run}`).catch(() => undefined)
    await expect.poll(() => acknowledged.length, { timeout: 20_000, interval: 5 }).toBeGreaterThan(before)
    await new Promise((resolve) => setTimeout(resolve, between(random, 0, 700)))
    await kill()

    const stored = await storedEvents(await open())
    await kill()
    const items = stored.map(({ item }) => item)
    expect(new Set(items).size).toBe(items.length)
    expect(items).toEqual(expect.arrayContaining(acknowledged))
    expect(stored.every(({ seq }, i) => i === 0 || seq > stored[i - 1]!.seq)).toBe(true)
  }
  console.info(`${acknowledged.length} events were acknowledged in ${kills} visits`)
})
