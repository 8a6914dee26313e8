import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser, type Page } from 'playwright'
import { chromiumFlags, ensureChromium } from '../../scripts/browser.ts'
import { serve, type StaticServer } from '../../src/builder/serve.ts'

const root = join(import.meta.dirname, '../..')

/** Recorded pages of shop systems, in test/e2e/pages. */
export const pageKinds = ['ga4-gtm', 'shopify', 'woocommerce', 'segment', 'json-ld'] as const

/** A host with pages of shops, the built scripts and the sample shop's bundle. */
export interface ShopPages {
  readonly browser: Browser
  readonly server: StaticServer
  /** Where pages are written. */
  readonly folder: string
  /** A variant that has a row of its own, another one of the same row, and an item of another row. */
  readonly item: string
  readonly variant: string
  readonly other: string
  /** Exceptions of all pages, and what they wrote to the console as errors. */
  readonly errors: string[]
  /** Opens a recorded page with this tag and these shelves in it. */
  open(kind: (typeof pageKinds)[number], tag: string, shelf: string): Promise<Page>
  write(name: string, html: string): Promise<void>
  /** Opens a page that was written. */
  visit(name: string): Promise<Page>
  close(): Promise<void>
}

/** The tag with these attributes more. */
export function tagWith(attributes = ''): string {
  return `<script async src="/windowshop.js" data-bundle="/bundle/manifest.json" ${attributes}></script>`
}

export async function openShopPages(more: { readonly browserArgs?: readonly string[] } = {}): Promise<ShopPages> {
  const folder = await mkdtemp(join(tmpdir(), 'windowshop-pages-'))
  await writeFile(join(folder, 'jquery.js'), await readFile(join(root, 'node_modules/jquery/dist/jquery.min.js')))
  await writeFile(join(folder, 'favicon.ico'), '')
  const mounts = { '/': [folder, join(root, 'dist'), join(root, '.demo')] }
  const server = await serve({ mounts, port: 0, crossOrigin: true })
  const browser = await chromium.launch({
    executablePath: ensureChromium(),
    args: [...chromiumFlags, ...(more.browserArgs ?? [])],
    ...(more.browserArgs && { ignoreDefaultArgs: ['--disable-back-forward-cache'] }),
  })
  const ids = await sampleIds()
  const errors: string[] = []
  const write = (name: string, html: string) => writeFile(join(folder, name), html)
  const visit = async (name: string) => {
    const page = await (await browser.newContext()).newPage()
    page.on('pageerror', (error) => errors.push(error.message))
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()))
    await page.goto(`${server.url}${name}`)
    return page
  }
  return {
    browser,
    server,
    folder,
    ...ids,
    errors,
    write,
    visit,
    async open(kind, tag, shelf) {
      const values: Record<string, string> = { ...ids, tag, shelf, title: 'Glenhollow Gloves' }
      const text = await readFile(join(import.meta.dirname, 'pages', `${kind}.html`), 'utf8')
      await write(
        `${kind}.html`,
        text.replaceAll(/\{\{(\w+)\}\}/g, (_, key: string) => values[key]!),
      )
      return visit(`${kind}.html`)
    },
    async close() {
      await browser.close()
      await server.close()
      await rm(folder, { recursive: true })
    },
  }
}

async function sampleIds(): Promise<{ item: string; variant: string; other: string }> {
  const csv = await readFile(join(root, '.demo/catalogue.csv'), 'utf8')
  const lines = csv.trim().split('\n').slice(1)
  const groupOf = (line: string) => line.split(',').at(-1)!
  const idOf = (line: string) => line.split(',')[0]!
  const at = lines.findIndex((line, i) => groupOf(line) === groupOf(lines[i + 1] ?? ''))
  return {
    item: idOf(lines[at]!),
    variant: idOf(lines[at + 1]!),
    other: idOf(lines.find((line) => groupOf(line) !== groupOf(lines[at]!))!),
  }
}

/** Gives the page's `windowshop` a command. */
export function command<T>(page: Page, ...words: readonly unknown[]): Promise<T> {
  return page.evaluate(
    (given) => (window as unknown as { windowshop(...values: unknown[]): Promise<unknown> }).windowshop(...given),
    [...words],
  ) as Promise<T>
}

/** The event log in words: kind and item. */
export async function eventsOf(page: Page): Promise<string[]> {
  const events = await command<{ kind: string; item?: string }[]>(page, 'profile', 'events')
  return events.map(({ kind, item }) => `${kind} ${item ?? ''}`.trim())
}

/** Everything that the page's origin keeps in the browser, by the browser's own account. */
export function keptBy(page: Page): Promise<string[]> {
  return page.evaluate(async () => [
    ...(await indexedDB.databases()).map(({ name }) => `database ${name}`),
    ...(await caches.keys()).map((name) => `cache ${name}`),
    ...Object.keys(localStorage).map((name) => `local ${name}`),
    ...Object.keys(sessionStorage).map((name) => `session ${name}`),
    ...(document.cookie ? [`cookie ${document.cookie}`] : []),
  ])
}
