import { createHash } from 'node:crypto'
import { appendFile, copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser, type Page } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { chromiumFlags, ensureChromium } from '../../scripts/browser.ts'
import { serve, type StaticServer } from '../../src/builder/serve.ts'

const root = join(import.meta.dirname, '../..')

let cdn: StaticServer
let blog: StaticServer
let browser: Browser
let folder: string

beforeAll(async () => {
  cdn = await serve({
    mounts: { '/': join(root, 'dist'), '/bundle/': join(root, '.demo/bundle') },
    port: 0,
    crossOrigin: true,
  })
  folder = await mkdtemp(join(tmpdir(), 'windowshop-blog-'))
  blog = await serve({ mounts: { '/': folder, '/pictures/': join(root, '.demo/pictures') }, port: 0 })
  browser = await chromium.launch({ executablePath: ensureChromium(), args: chromiumFlags })
})

afterAll(async () => {
  await browser.close()
  await Promise.all([cdn.close(), blog.close()])
  await rm(folder, { recursive: true })
})

/** A page that is not ours: somebody's blog, with its own styles, that has pasted the lines of the README. */
async function openBlog(tag: string): Promise<{ page: Page; errors: string[] }> {
  await writeFile(
    join(folder, 'index.html'),
    `<!doctype html><html lang="en"><title>A blog</title><link rel="icon" href="data:,">
    <style>* { font-family: cursive !important; box-sizing: content-box } a { display: none } li { list-style: square; float: left }</style>
    <h1>Camping</h1><script>window.dataLayer = [{ event: 'page_view' }]</script>${tag}
    <windowshop-shelf placement="for-you" limit="6"><p id="own">Our own picks</p></windowshop-shelf>`,
  )
  const page = await browser.newPage()
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text())
  })
  await page.goto(blog.url)
  return { page, errors }
}

const cards = (page: Page) =>
  page.locator('windowshop-shelf a.link').evaluateAll((links) => links.map((link) => link.textContent?.trim()))

test('the built script, from another origin, fills a shelf of a page that is not ours and follows its data layer', async () => {
  const tag = `<script async src="${cdn.url}windowshop.js" data-bundle="${cdn.url}bundle/manifest.json" data-consent="granted"></script>`
  const { page, errors } = await openBlog(tag)
  await page.locator('windowshop-shelf a.link').first().waitFor()
  const before = await cards(page)
  expect(before).toHaveLength(6)
  expect(await page.locator('#own').isVisible()).toBe(false)

  const item = await page.evaluate(async () => {
    const command = (
      window as unknown as { windowshop: (...words: unknown[]) => Promise<{ items: { card: { id: string } }[] }> }
    ).windowshop
    const shelf = await command('recommend', { placement: 'for-you', limit: 20 })
    const { id } = shelf.items[19]!.card
    ;(window as unknown as { dataLayer: unknown[] }).dataLayer.push({
      event: 'view_item',
      ecommerce: { items: [{ item_id: id }] },
    })
    return id
  })
  await expect.poll(() => cards(page)).not.toEqual(before)
  const stored = await page.evaluate(async () => {
    const { windowshop } = window as unknown as {
      windowshop: (...words: unknown[]) => Promise<{ storage: { kind: string; events: number } }>
    }
    return (await windowshop('status')).storage
  })
  expect(stored).toMatchObject({ kind: 'disk', events: 1 })
  expect(item).toBeTruthy()
  // The late scorers come from the other origin, too: verified, and run from a copy.
  const measured = () =>
    page.evaluate(async () => {
      const { windowshop } = window as unknown as {
        windowshop: (...words: unknown[]) => Promise<{ scorer: { measured: { wasm?: number } } }>
      }
      return (await windowshop('status')).scorer.measured.wasm
    })
  await expect.poll(measured, { timeout: 10_000 }).toBeGreaterThan(0)
  const copied = cdn.requests.filter(({ url }) => /windowshop\.(worker|scorers)\.js/.test(url))
  expect(copied.length).toBe(2)
  for (const { headers } of copied) expect(headers.referer ?? headers.cookie).toBeUndefined()
  expect(errors).toEqual([])
  await page.close()
})

test("without its files the page keeps the shop's own HTML, and no error reaches it", async () => {
  const { page, errors } = await openBlog(
    `<script async src="${cdn.url}windowshop.js" data-bundle="${cdn.url}bundle/nothing.json"></script>`,
  )
  await page.waitForFunction(() => customElements.get('windowshop-shelf') !== undefined)
  await page.waitForTimeout(1500)
  expect(await page.locator('#own').isVisible()).toBe(true)
  expect(errors.filter((text) => !text.includes('404'))).toEqual([])
  await page.close()
})

/** A script's hash, as a tag's `integrity` wants it. */
async function integrityOf(file: string): Promise<string> {
  return `sha384-${createHash('sha384')
    .update(await readFile(join(root, 'dist', file)))
    .digest('base64')}`
}

test('a tag with an integrity runs what has it, and vouches for the files that follow', async () => {
  const attributes = `crossorigin="anonymous" integrity="${await integrityOf('windowshop.js')}"`
  const tag = (origin: string) =>
    `<script async src="${origin}windowshop.js" ${attributes} data-bundle="${cdn.url}bundle/manifest.json"></script>`
  const { page, errors } = await openBlog(tag(cdn.url))
  await page.locator('windowshop-shelf a.link').first().waitFor()
  expect(errors).toEqual([])
  await page.close()

  const altered = await mkdtemp(join(tmpdir(), 'windowshop-altered-'))
  for (const file of ['windowshop.js', 'windowshop.worker.js', 'windowshop.scorers.js', 'windowshop.extras.js'])
    await copyFile(join(root, 'dist', file), join(altered, file))
  await appendFile(join(altered, 'windowshop.extras.js'), ';globalThis.stolen = true')
  const other = await serve({ mounts: { '/': altered }, port: 0, crossOrigin: true })
  // Extras that somebody has changed do not run; shelves do without.
  const second = await openBlog(tag(other.url))
  await second.page.locator('windowshop-shelf a.link').first().waitFor()
  await expect.poll(() => other.requests.some(({ url }) => url.includes('extras'))).toBe(true)
  const doctor = () =>
    second.page.evaluate(() =>
      (window as unknown as { windowshop(name: string): Promise<object> }).windowshop('doctor'),
    )
  expect(await doctor()).toMatchObject({ refused: 'request-malformed' })
  expect(await second.page.evaluate(() => 'stolen' in globalThis)).toBe(false)
  await second.page.close()

  // A worker that somebody has changed does not run: the shop's own HTML stays. Nor does a changed script.
  await appendFile(join(altered, 'windowshop.worker.js'), ';globalThis.stolen = true')
  const third = await openBlog(tag(other.url))
  await third.page.waitForFunction(() => customElements.get('windowshop-shelf') !== undefined)
  await third.page.waitForTimeout(1000)
  expect(await third.page.locator('#own').isVisible()).toBe(true)
  await third.page.close()
  await appendFile(join(altered, 'windowshop.js'), ';')
  const fourth = await openBlog(tag(other.url))
  await fourth.page.waitForTimeout(500)
  expect(await fourth.page.evaluate(() => 'windowshop' in globalThis)).toBe(false)
  await fourth.page.close()
  await other.close()
  await rm(altered, { recursive: true })
})
