import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { command, eventsOf, keptBy, openShopPages, pageKinds, tagWith, type ShopPages } from './shop-pages.ts'

const root = join(import.meta.dirname, '../..')
const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

let shop: ShopPages
beforeAll(async () => {
  shop = await openShopPages({ browserArgs: ['--enable-features=BackForwardCache'] })
})
afterAll(() => shop.close())

const shelf = '<windowshop-shelf placement="for-you" limit="4"></windowshop-shelf>'
const filled = (page: Page) => page.locator('windowshop-shelf a.link').first().waitFor()
const patience = { timeout: 15_000 }

/** The tag and the shelf that the README, and the page of docs/, have a shop paste, with this host's address of the bundle. */
async function printedLines(kind: string): Promise<string> {
  const readme = await readFile(join(root, 'README.md'), 'utf8')
  const [, block] = /^\*\*4\. Add the tag[^]*?```html\n([^]*?)```/m.exec(readme)!
  expect(await readFile(join(root, 'docs', `${kind}.md`), 'utf8')).toContain(`\`\`\`html\n${block!}\`\`\``)
  return block!.replace('/windowshop/manifest.json', '/bundle/manifest.json')
}

describe('the lines that the README and the pages of docs/ print', () => {
  test.each(pageKinds)('fill four shelves of an untouched page: %s', async (kind) => {
    const lines = await printedLines(kind)
    const [tag, first] = [
      /<script.*<\/script>\n<style>.*<\/style>/.exec(lines)![0],
      /<windowshop-shelf[^]*<\/windowshop-shelf>/.exec(lines)![0],
    ]
    const others = ['trending', 'new', 'similar'].map(
      (name) =>
        `<windowshop-shelf placement="${name}" item="${shop.other}" limit="4"></windowshop-shelf><p>Words between shelves</p>`,
    )
    const page = await shop.open(kind, tag, `<main>${first}${others.join('')}</main>`)
    await page.evaluate(() => {
      const scope = globalThis as { shifts?: number }
      scope.shifts = 0
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) scope.shifts! += (entry as unknown as { value: number }).value
      }).observe({ type: 'layout-shift', buffered: true })
    })
    const counts = () =>
      page
        .locator('windowshop-shelf')
        .evaluateAll((shelves) => shelves.map(({ shadowRoot }) => shadowRoot!.querySelectorAll('li .link').length))
    await expect.poll(counts, patience).toEqual([8, 4, 4, 4])
    const addresses = await page
      .locator('windowshop-shelf a.link')
      .evaluateAll((links) => links.map((link) => link.getAttribute('href')))
    expect(new Set(addresses).size).toBe(20)
    await page.waitForTimeout(500)
    expect(await page.evaluate(() => (globalThis as { shifts?: number }).shifts)).toBe(0)
    await page.addScriptTag({ path: axe })
    const violations = await page.evaluate(async () => {
      const { axe } = window as unknown as { axe: { run(selector: string): Promise<{ violations: { id: string }[] }> } }
      return (await axe.run('windowshop-shelf')).violations.map(({ id }) => id)
    })
    expect(violations).toEqual([])
    await page.context().close()
  })
})

describe('consent by a platform', () => {
  const gtag = 'window.dataLayer = window.dataLayer || []; function gtag() { dataLayer.push(arguments) }'
  const page = (attributes: string, script = '') =>
    `<!doctype html><html lang="en"><title>Shop</title><script>${script}</script>${tagWith(attributes)}${shelf}`

  test('keeps nothing until it is granted, all of both tabs from then on, and nothing after it is withdrawn', async () => {
    const denied = `${gtag}; gtag('consent', 'default', { personalization_storage: 'denied', analytics_storage: 'denied', wait_for_update: 50 })`
    await shop.write('google.html', page('data-consent="google"', denied))
    const first = await shop.visit('google.html')
    const second = await first.context().newPage()
    await second.goto(first.url())
    const update = (tab: Page, state: string) =>
      tab.evaluate(
        (said) =>
          (window as unknown as { gtag(...values: unknown[]): void }).gtag('consent', 'update', {
            personalization_storage: said,
          }),
        state,
      )
    for (const tab of [first, second]) {
      await filled(tab)
      await command(tab, 'track', { kind: 'view_item', item: shop.other })
    }
    expect(await keptBy(first)).toEqual([])
    for (const tab of [first, second]) await update(tab, 'granted')
    await expect.poll(async () => (await eventsOf(first)).length, patience).toBe(2)
    expect(await keptBy(second)).toContain('database windowshop')
    await update(second, 'denied')
    await expect.poll(() => keptBy(first), patience).toEqual([])
    await expect.poll(() => eventsOf(first), patience).toEqual([])
    await first.context().close()
  })

  test('that has granted before lets the first shelf begin with the history', async () => {
    const granted = `window.__tcfapi = (command, version, tell) => setTimeout(() => tell({ eventStatus: 'tcloaded', gdprApplies: true, purpose: { consents: { 1: true } } }, true), 50)`
    await shop.write('tcf.html', page('data-consent="tcf"', granted))
    const tab = await shop.visit('tcf.html')
    await filled(tab)
    const before = await tab
      .locator('windowshop-shelf a.link')
      .evaluateAll((links) => links.map((link) => link.textContent))
    await command(tab, 'track', { kind: 'add_to_cart', item: shop.other })
    const cards = () =>
      tab.locator('windowshop-shelf a.link').evaluateAll((links) => links.map((link) => link.textContent))
    await expect.poll(cards, patience).not.toEqual(before)
    const after = await cards()
    const lists: string[] = []
    await tab.exposeFunction('listed', (list: string) => lists.push(list))
    await tab.addInitScript(() => {
      document.addEventListener('windowshop:show', (event) => {
        const { items } = (event.target as unknown as { shown: { items: { title: string }[] } }).shown
        if (items.length > 0)
          (window as unknown as { listed(list: string): void }).listed(items.map(({ title }) => title).join())
      })
    })
    await tab.reload()
    await filled(tab)
    expect((await cards()).length).toBe(after.length)
    await tab.waitForTimeout(500)
    expect(new Set(lists).size).toBe(1)
    await tab.context().close()
  })

  test('does not count with Global Privacy Control, unless the shop has decided so', async () => {
    const control = `Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => true })`
    await shop.write('gpc.html', page('data-consent="granted"', control))
    const tab = await shop.visit('gpc.html')
    await filled(tab)
    await command(tab, 'track', { kind: 'view_item', item: shop.other })
    await command(tab, 'consent', 'granted')
    expect(await eventsOf(tab)).toHaveLength(1)
    expect(await command(tab, 'status')).toMatchObject({ consent: 'denied', storage: { kind: 'memory' } })
    expect(await keptBy(tab)).toEqual([])
    await shop.write('gpc.html', page('data-consent="granted" data-gpc="ignore"', control))
    await tab.reload()
    await filled(tab)
    expect(await command(tab, 'status')).toMatchObject({ consent: 'granted', storage: { kind: 'disk' } })
    await tab.context().close()
  })
})

describe('a page', () => {
  const markup = (id: string) => `{"@context":"https://schema.org","@type":"Product","sku":"${id}"}`
  const html = (id: string, more = '') =>
    `<!doctype html><html lang="en"><title>${id}</title><script type="application/ld+json" id="item">${markup(id)}</script>${tagWith('data-consent="granted"')}${shelf}${more}`

  test('that changes its address without a load shows another item, each looked at once', async () => {
    await shop.write('spa.html', html(shop.other))
    const tab = await shop.visit('spa.html')
    await expect.poll(() => eventsOf(tab), patience).toHaveLength(1)
    const [first] = await eventsOf(tab)
    await tab.evaluate((text) => {
      history.pushState(null, '', '/spa.html?item=2')
      document.querySelector('#item')!.textContent = text
    }, markup(shop.item))
    await expect.poll(() => eventsOf(tab), patience).toHaveLength(2)
    await tab.evaluate((text) => {
      document.querySelector('#item')!.textContent = text
      history.back()
    }, markup(shop.other))
    await expect.poll(() => eventsOf(tab), patience).toHaveLength(3)
    expect((await eventsOf(tab))[2]).toBe(first)
    // A jump within the page is no other page.
    await tab.evaluate(() => void (location.hash = 'reviews'))
    await tab.waitForTimeout(1500)
    expect(await eventsOf(tab)).toHaveLength(3)
    await tab.context().close()
  })

  test('that comes back from the back-forward cache goes on, and knows what happened meanwhile', async () => {
    await shop.write('back.html', html(shop.other))
    await shop.write('next.html', html(shop.item))
    const tab = await shop.visit('back.html')
    await expect.poll(() => eventsOf(tab), patience).toHaveLength(1)
    await tab.evaluate(() => {
      addEventListener('pageshow', ({ persisted }) => void ((globalThis as { back?: boolean }).back = persisted))
    })
    await tab.goto(`${shop.server.url}next.html`)
    await expect.poll(() => eventsOf(tab), patience).toHaveLength(2)
    await tab.evaluate(() => history.back())
    await expect
      .poll(() => tab.evaluate(() => (globalThis as { back?: boolean }).back).catch(() => undefined), patience)
      .toBe(true)
    await expect.poll(() => eventsOf(tab), patience).toHaveLength(2)
    await command(tab, 'track', { kind: 'add_to_cart', item: shop.other })
    expect((await eventsOf(tab)).at(-1)).toBe(`add_to_cart ${shop.other}`)
    await tab.context().close()
  })

  test('that the browser renders ahead counts as a look when the shopper comes, and not before', async () => {
    await shop.write('ahead.html', html(shop.item))
    const rules = JSON.stringify({ prerender: [{ source: 'list', urls: ['/ahead.html'], eagerness: 'immediate' }] })
    await shop.write(
      'from.html',
      html(shop.other, `<script type="speculationrules">${rules}</script><a href="/ahead.html">On</a>`),
    )
    const tab = await shop.visit('from.html')
    await expect.poll(() => eventsOf(tab), patience).toHaveLength(1)
    await expect
      .poll(
        () => shop.server.requests.some(({ url, headers }) => url === '/ahead.html' && headers['sec-purpose']),
        patience,
      )
      .toBe(true)
    await tab.waitForTimeout(3000)
    expect(await eventsOf(tab)).toHaveLength(1)
    await tab.click('a[href="/ahead.html"]')
    await tab.waitForURL('**/ahead.html')
    await expect.poll(() => eventsOf(tab), patience).toHaveLength(2)
    await tab.context().close()
  })

  test('may stand in a frame of the same origin, and keeps its own HTML in a sandbox that has none', async () => {
    await shop.write(
      'inner.html',
      html(shop.other).replace('></windowshop-shelf>', '>Our own picks</windowshop-shelf>'),
    )
    await shop.write(
      'frames.html',
      `<!doctype html><html lang="en"><title>Frames</title><iframe src="/inner.html"></iframe><iframe sandbox="allow-scripts" src="/inner.html"></iframe>`,
    )
    const tab = await shop.visit('frames.html')
    const [, same, sandboxed] = tab.frames()
    await same!.locator('windowshop-shelf a.link').first().waitFor()
    await sandboxed!.waitForFunction(() => customElements.get('windowshop-shelf') !== undefined)
    await expect.poll(() => sandboxed!.getByText('Our own picks').isVisible(), patience).toBe(true)
    await tab.context().close()
  })
})

describe('the doctor', () => {
  interface Diagnosis {
    readonly ok: boolean
    readonly text: string
    readonly findings: readonly { readonly level: string; readonly says: string; readonly advice?: string }[]
  }

  test('says of a page that is well what it sees there', async () => {
    const page = await shop.open('ga4-gtm', tagWith('data-consent="granted"'), shelf)
    await filled(page)
    await expect.poll(() => eventsOf(page), patience).toHaveLength(1)
    await page.waitForTimeout(1000)
    const { ok, text } = await page.evaluate(() =>
      (window as unknown as { windowshop: { doctor(): Promise<Diagnosis> } }).windowshop.doctor(),
    )
    expect(text).toContain('data-layer: 1 events')
    expect(text).toContain('The bundle knows 2 of the 2 items that this page names (100 %).')
    expect(text).toContain('The history is kept on this device: 1 events.')
    expect(text).toContain('The shelf "for-you" shows 4 items.')
    expect(text).toContain('The Content Security Policy has forbidden nothing of Windowshop.')
    expect(ok, text).toBe(true)
    await page.context().close()
  })

  test('says of one that is not what to do about it', async () => {
    await shop.write(
      'ill.html',
      `<!doctype html><html lang="en"><title>Ill</title><meta http-equiv="Content-Security-Policy" content="worker-src 'none'">
      <script>window.dataLayer = [{ event: 'view_item', ecommerce: { items: [{ item_id: 'nobody-knows-me' }] } }]</script>
      ${tagWith('data-consent="tcf"')}<windowshop-shelf placement="cart"></windowshop-shelf>`,
    )
    const before = shop.errors.length
    const page = await shop.visit('ill.html')
    await page.waitForFunction(() => 'doctor' in ((window as { windowshop?: object }).windowshop ?? {}))
    const diagnose = async () => {
      const { ok, findings } = await command<Diagnosis>(page, 'doctor')
      return { ok, problems: findings.filter(({ level }) => level === 'problem') }
    }
    // The browser tells of what a policy forbids when it comes to it.
    await expect
      .poll(async () => (await diagnose()).problems.map(({ says }) => says).join('\n'), { timeout: 20_000 })
      .toMatch(/worker does not answer[^]*tcf has not answered[^]*forbids .*windowshop\.worker\.js \(worker-src\)/)
    const { ok, problems } = await diagnose()
    expect(ok).toBe(false)
    for (const { advice } of problems) expect(advice).toBeTruthy()
    shop.errors.length = before
    await page.context().close()
  })
})

test('no page has seen an error of ours', () => {
  expect(shop.errors).toEqual([])
})
