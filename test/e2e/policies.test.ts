import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { chromiumFlags, ensureChromium } from '../../scripts/browser.ts'
import { serve, type StaticServer } from '../../src/builder/serve.ts'

const root = join(import.meta.dirname, '../..')
const bundle = join(root, '.demo/bundle')
const pictures = join(root, '.demo/pictures')

let browser: Browser
let folder: string
const servers: StaticServer[] = []

beforeAll(async () => {
  browser = await chromium.launch({ executablePath: ensureChromium(), args: chromiumFlags })
  folder = await mkdtemp(join(tmpdir(), 'windowshop-policies-'))
})
afterAll(async () => {
  await browser.close()
  await Promise.all(servers.map((server) => server.close()))
  await rm(folder, { recursive: true })
})

/** The policies that the README prints: the page's, the worker file's, and the page's for scripts of another origin. */
async function publishedPolicies(): Promise<string[]> {
  const readme = await readFile(join(root, 'README.md'), 'utf8')
  return [...readme.matchAll(/^```\n(.*script-src.*)\n```$/gm)].map(([, policy]) => policy!)
}

async function open(options: Parameters<typeof serve>[0]): Promise<StaticServer> {
  const server = await serve({ ...options, port: 0 })
  servers.push(server)
  return server
}

/** Writes the shop's page: the tag and a shelf, with scripts and bundle at the given address. */
function writePage(scripts: string): Promise<void> {
  return writeFile(
    join(folder, 'index.html'),
    `<!doctype html><html lang="en"><title>Shop</title>
    <script async src="${scripts}windowshop.js" data-bundle="${scripts}bundle/manifest.json"></script>
    <windowshop-shelf placement="for-you" limit="4"><p>Our own picks</p></windowshop-shelf>`,
  )
}

/** Opens the page; resolves with what the browser has to object to, once all of Windowshop runs. */
async function visit(page: StaticServer, scripts: string) {
  await writePage(scripts)
  const tab = await browser.newPage()
  await tab.addInitScript(() => {
    const seen = ((globalThis as { violations?: string[] }).violations = [] as string[])
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      seen.push(`${violatedDirective} ${blockedURI}`),
    )
  })
  await tab.goto(page.url)
  await tab.locator('windowshop-shelf a.link').first().waitFor()
  const scorer = () =>
    tab.evaluate(async () => {
      const { windowshop } = window as unknown as {
        windowshop: (command: string) => Promise<{ scorer: { name: string; measured: object } }>
      }
      return (await windowshop('status')).scorer
    })
  // Measured: the late scorers have been let in, too.
  await expect.poll(async () => Object.keys((await scorer()).measured), { timeout: 10_000 }).toContain('wasm')
  const violations = await tab.evaluate(() => (globalThis as { violations?: string[] }).violations)
  await tab.close()
  return violations
}

test('the policies for scripts on the own origin let everything work, exactly as printed', async () => {
  const [page, worker] = await publishedPolicies()
  const server = await open({
    mounts: { '/': [folder, join(root, 'dist')], '/bundle/': bundle, '/pictures/': pictures },
    headers: (path) => ({
      ...(path === '/' && { 'Content-Security-Policy': page! }),
      ...(path === '/windowshop.worker.js' && { 'Content-Security-Policy': worker! }),
    }),
  })
  expect(await visit(server, '/')).toEqual([])
})

test('the policy for scripts on another origin lets everything work, exactly as printed', async () => {
  const [, , policy] = await publishedPolicies()
  const cdn = await open({ mounts: { '/': join(root, 'dist'), '/bundle/': bundle }, crossOrigin: true })
  const server = await open({
    mounts: { '/': folder, '/pictures/': pictures },
    headers: () => ({ 'Content-Security-Policy': policy!.replaceAll('https://cdn.example', new URL(cdn.url).origin) }),
  })
  expect(await visit(server, cdn.url)).toEqual([])
})

test('a policy that allows nothing of it keeps the own HTML, without an error', async () => {
  const server = await open({
    mounts: { '/': [folder, join(root, 'dist')], '/bundle/': bundle },
    headers: (path) => (path === '/' ? { 'Content-Security-Policy': "script-src 'self'; worker-src 'none'" } : {}),
  })
  await writePage('/')
  const tab = await browser.newPage()
  const errors: string[] = []
  tab.on('pageerror', (error) => errors.push(error.message))
  await tab.goto(server.url)
  await expect.poll(() => tab.evaluate(() => customElements.get('windowshop-shelf') !== undefined)).toBe(true)
  await tab.waitForTimeout(1500)
  expect(await tab.getByText('Our own picks').isVisible()).toBe(true)
  expect(errors).toEqual([])
  await tab.close()
})
