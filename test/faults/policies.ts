import { join } from 'node:path'
import { serve, type StaticServer } from '../../src/builder/serve.ts'
import type { FaultRow } from './fault-row.ts'
import type { Lab } from './lab/open-lab.ts'
import { openShelves, shelvesPage } from './lab/open-shelves.ts'

const root = join(import.meta.dirname, '../..')
const strictWorker = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'"

interface Policy {
  readonly name: string
  readonly page: (cdn: string) => string
  /** Of the worker file's own response. */
  readonly worker?: string
  /** Scripts and bundle are on another origin. */
  readonly elsewhere?: boolean
  /** Where nothing can work: the shop's own HTML has to stay. */
  readonly refuses?: boolean
}

const policies: readonly Policy[] = [
  {
    name: 'strict',
    page: () => "default-src 'none'; script-src 'self'; worker-src 'self'; img-src 'self'; base-uri 'none'",
    worker: strictWorker,
  },
  {
    name: 'Trusted Types',
    page: () => "script-src 'self'; worker-src 'self'; require-trusted-types-for 'script'; trusted-types windowshop",
    worker: strictWorker,
  },
  {
    name: "no 'wasm-unsafe-eval'",
    page: () => "script-src 'self'; worker-src 'self'",
    worker: "default-src 'none'; script-src 'self'; connect-src 'self'",
  },
  {
    name: 'blob:',
    page: (cdn) =>
      `script-src ${cdn} blob: 'wasm-unsafe-eval'; worker-src blob:; connect-src ${cdn}; img-src ${cdn} 'self'`,
    elsewhere: true,
  },
  { name: 'no worker', page: () => "script-src 'self'; worker-src 'none'", refuses: true },
  {
    name: 'no blob: for a worker from elsewhere',
    page: (cdn) => `script-src ${cdn}; worker-src 'self'`,
    elsewhere: true,
    refuses: true,
  },
]

/** A shop's Content Security Policy allows just enough, or too little. */
export const contentPolicies: FaultRow = {
  id: 'policies',
  kind: 'privacy',
  fault: 'a strict Content Security Policy, `blob:`, Trusted Types, no `unsafe-eval`',
  holds: 'works, or leaves the own HTML with a code',
  runs: { test: 6, ci: 12, release: 60 },

  async open() {
    const cdn = await serve({
      mounts: { '/': join(root, 'dist'), '/bundle/': join(root, '.demo/bundle') },
      port: 0,
      crossOrigin: true,
    })
    const { origin } = new URL(cdn.url)
    const lab = await openShelves({
      files: {
        'own.html': shelvesPage(),
        'elsewhere.html': shelvesPage({ scripts: cdn.url, bundle: `${cdn.url}bundle/manifest.json` }),
      },
      headers: (path): Record<string, string> => {
        const text = path.endsWith('.html')
          ? current.page(origin)
          : path === '/windowshop.worker.js'
            ? current.worker
            : undefined
        return text ? { 'Content-Security-Policy': text } : {}
      },
    })
    let current = policies[0]!
    return {
      async run(_random, n) {
        current = policies[n % policies.length]!
        return visit(lab, current)
      },
      async close() {
        await lab.close()
        await (cdn satisfies StaticServer).close()
      },
    }
  },
}

async function visit(lab: Lab, { name, elsewhere, refuses }: Policy): Promise<number> {
  const context = await lab.browser.newContext({ locale: 'en' })
  try {
    const page = await context.newPage()
    const thrown: string[] = []
    page.on('pageerror', (error) => thrown.push(error.message))
    const response = await page.goto(`${lab.shop.server.url}${elsewhere ? 'elsewhere' : 'own'}.html`)
    const sent = response?.headers()['content-security-policy']
    if (!refuses) await page.locator('windowshop-shelf a.link').first().waitFor()
    const shelf = await page.evaluate(async () => {
      const { windowshop } = globalThis as unknown as {
        windowshop(...words: unknown[]): Promise<{ fallback?: string }>
      }
      return windowshop('recommend', { placement: 'for-you' })
    })
    if (refuses && !shelf.fallback) throw new Error(`${name}: there is a shelf`)
    if (!refuses && shelf.fallback) throw new Error(`${name}: ${shelf.fallback}`)
    if (refuses && !(await page.getByText('Our own picks').isVisible()))
      throw new Error(`${name}: the own HTML is gone`)
    if (thrown.length > 0) throw new Error(`${name}: ${thrown[0]}`)
    return sent ? 1 : 0
  } finally {
    await context.close()
  }
}
