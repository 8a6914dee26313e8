import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { chromium, type Browser } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { chromiumFlags, ensureChromium } from '../../scripts/browser.ts'
import { serve, type StaticServer } from '../../src/builder/serve.ts'
import { parseManifest } from '../../src/bundle/manifest.ts'
import { openBundle } from '../../src/bundle/open-bundle.ts'
import { dataFile } from './data-file.ts'

const root = join(import.meta.dirname, '../..')
const columns =
  'user=CustomerID,item=StockCode,time=InvoiceDate,quantity=Quantity,name=Description,price=UnitPrice,order=InvoiceNo'

let folder: string
let server: StaticServer
let browser: Browser

beforeAll(async () => {
  const events = dataFile('online-retail/online_retail.csv.gz')
  folder = await mkdtemp(join(tmpdir(), 'windowshop-online-retail-'))
  const options = [
    '--events',
    events,
    '--map',
    columns,
    '--shop',
    'Online Retail',
    '--currency',
    'GBP',
    '--locale',
    'en-GB',
  ]
  await promisify(execFile)(process.execPath, [join(root, 'dist/cli.js'), 'build', ...options, '--out', folder])
  server = await serve({ mounts: { '/': join(root, 'dist/workbench'), '/online-retail/': folder }, port: 0 })
  browser = await chromium.launch({ executablePath: ensureChromium(), args: chromiumFlags })
})

afterAll(async () => {
  await browser?.close()
  await server?.close()
  if (folder) await rm(folder, { recursive: true })
})

test("a real shop's bundle, built by the command line, serves its shelves to the same page", async () => {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  await page.goto(`${server.url}?bundle=/online-retail/manifest.json#/item/22423`)
  const shelf = page.locator('windowshop-shelf[placement="bought-together"]')
  await shelf.locator('a.link').first().waitFor()
  const shown = await shelf.locator('a.link [part=title]').allTextContents()

  const names = [
    'manifest.json',
    ...parseManifest(await readFile(join(folder, 'manifest.json'), 'utf8')).files.map(({ url }) => url),
  ]
  const files = new Map(
    await Promise.all(names.map(async (name) => [name, new Uint8Array(await readFile(join(folder, name)))] as const)),
  )
  const bundle = openBundle(parseManifest(new TextDecoder().decode(files.get('manifest.json'))), files)
  const neighbours = Array.from(bundle.neighbours(bundle.rowOf('22423')!).rows, (row) => bundle.card(row).title)
  expect(shown.length).toBeGreaterThanOrEqual(4)
  expect(neighbours.slice(0, 20)).toEqual(expect.arrayContaining(shown))

  const forYou = page.locator('windowshop-shelf[placement="for-you"]')
  await page.goto(`${server.url}?bundle=/online-retail/manifest.json#/`)
  await forYou.locator('a.link').first().waitFor()
  expect(await forYou.locator('a.link').count()).toBe(8)
  expect(errors).toEqual([])
})
