import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser, type Page } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { chromiumFlags, ensureChromium } from '../../scripts/browser.ts'
import { serve, type StaticServer } from '../../src/builder/serve.ts'

const root = join(import.meta.dirname, '../..')

let browser: Browser
let folder: string
let server: StaticServer
/** A variant that has a row of its own, another one of the same row, and an item of another row. */
let item: string
let variant: string
let other: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'windowshop-capture-'))
  await writeFile(join(folder, 'jquery.js'), await readFile(join(root, 'node_modules/jquery/dist/jquery.min.js')))
  server = await serve({ mounts: { '/': [folder, join(root, 'dist'), join(root, '.demo')] }, port: 0 })
  browser = await chromium.launch({ executablePath: ensureChromium(), args: chromiumFlags })
  const csv = await readFile(join(root, '.demo/catalogue.csv'), 'utf8')
  const lines = csv.trim().split('\n').slice(1)
  const groupOf = (line: string) => line.split(',').at(-1)!
  const idOf = (line: string) => line.split(',')[0]!
  const at = lines.findIndex((line, i) => groupOf(line) === groupOf(lines[i + 1] ?? ''))
  item = idOf(lines[at]!)
  variant = idOf(lines[at + 1]!)
  other = idOf(lines.find((line) => groupOf(line) !== groupOf(lines[at]!))!)
})
afterAll(async () => {
  await browser.close()
  await server.close()
  await rm(folder, { recursive: true })
})

const errors: string[] = []

/** Opens a recorded page with the README's lines in it, and waits until all of Windowshop is there. */
async function open(name: string, attributes = ''): Promise<Page> {
  const tag = `<script async src="/windowshop.js" data-bundle="/bundle/manifest.json" ${attributes}></script>`
  const shelf = '<windowshop-shelf placement="for-you" limit="4"></windowshop-shelf>'
  const values: Record<string, string> = { tag, shelf, item, variant, other, title: 'Glenhollow Gloves' }
  const text = await readFile(join(import.meta.dirname, 'pages', `${name}.html`), 'utf8')
  await writeFile(
    join(folder, `${name}.html`),
    text.replaceAll(/\{\{(\w+)\}\}/g, (_, key: string) => values[key]!),
  )
  const page = await browser.newPage()
  page.on('pageerror', (error) => errors.push(error.message))
  await page.goto(`${server.url}${name}.html`)
  await page.locator('windowshop-shelf a.link').first().waitFor()
  return page
}

const log = (page: Page) =>
  page.evaluate(async () => {
    const { windowshop } = window as unknown as {
      windowshop: (...words: string[]) => Promise<{ kind: string; item?: string; context?: { quantity?: number } }[]>
    }
    const events = await windowshop('profile', 'events')
    return events.map(({ kind, item }) => `${kind} ${item ?? ''}`.trim())
  })

/** The events, once there are as many as expected and a moment more has brought no other. */
async function settled(page: Page, count: number): Promise<string[]> {
  await expect.poll(() => log(page).then((events) => events.length), { timeout: 10_000 }).toBeGreaterThanOrEqual(count)
  await page.waitForTimeout(1500)
  return log(page)
}

/** The row's own id: that of the variant which the card shows. */
const rowId = (page: Page, id: string) =>
  page.evaluate(async (wanted) => {
    const { windowshop } = window as unknown as {
      windowshop: (...words: unknown[]) => Promise<{ id: string }[]>
    }
    return (await windowshop('cards', [wanted]))[0]!.id
  }, id)

test('a page with GA4 in Google Tag Manager tells each event once, whatever else its markup says', async () => {
  const page = await open('ga4-gtm')
  await page.click('#add')
  await page.click('#wish')
  await page.click('#add')
  expect(await settled(page, 4)).toEqual([
    `view_item ${item}`,
    `add_to_cart ${item}`,
    `add_to_wishlist ${other}`,
    `add_to_cart ${item}`,
  ])
  await page.close()
})

test("a Shopify theme tells what its page shows and what its cart has taken, by its variants' numbers", async () => {
  const page = await open('shopify')
  const id = await rowId(page, item)
  await settled(page, 1)
  await page.click('#add')
  await page.click('#fail')
  await page.click('#remove')
  expect(await settled(page, 3)).toEqual([`view_item ${id}`, `add_to_cart ${id}`, `remove_from_cart ${id}`])
  await page.close()
})

test('WooCommerce tells with jQuery what is added to the cart and removed from it; its blocks say it once more', async () => {
  const page = await open('woocommerce')
  const id = await rowId(page, item)
  await page.waitForTimeout(500)
  await page.click('#add')
  await page.click('#remove')
  expect(await settled(page, 2)).toEqual([`add_to_cart ${id}`, `remove_from_cart ${id}`])
  await page.close()
})

test('Segment tells what was called before its script, and after it, once', async () => {
  const page = await open('segment')
  const id = await rowId(page, item)
  expect(await settled(page, 1)).toEqual([`view_item ${id}`])
  await page.click('#load')
  await page.click('#add')
  await page.click('#buy')
  expect(await settled(page, 4)).toEqual([
    `view_item ${id}`,
    `add_to_cart ${id}`,
    `purchase ${id}`,
    `purchase ${await rowId(page, other)}`,
  ])
  await page.close()
})

test('a page without any events is a look at the item that its markup names', async () => {
  const page = await open('json-ld')
  expect(await settled(page, 1)).toEqual([`view_item ${await rowId(page, item)}`])
  await page.close()
})

test('adapters that are switched off hear nothing', async () => {
  const page = await open('json-ld', 'data-capture="data-layer"')
  await page.waitForTimeout(2000)
  expect(await log(page)).toEqual([])
  await page.close()
})

test('nothing of it is an error of the page', () => {
  expect(errors).toEqual([])
})
