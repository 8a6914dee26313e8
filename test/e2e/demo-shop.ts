import { join } from 'node:path'
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright'
import { chromiumFlags, findChromium } from '../../scripts/browser.ts'
import { serve, type StaticServer } from '../../src/builder/serve.ts'

const root = join(import.meta.dirname, '../..')

export interface DemoShopOptions {
  /** False: a browser without WebGPU. */
  readonly gpu?: boolean
}

/** The built workbench on the sample shop, as `npm run demo` serves it, and a browser to visit it. */
export interface DemoShop {
  readonly server: StaticServer
  readonly browser: Browser
  /** A new visitor: a browser profile of its own, and a page at the workbench with these options in its address. */
  visit(options?: Readonly<Record<string, string>>): Promise<{ context: BrowserContext; page: Page }>
  close(): Promise<void>
}

/** Serves the shop that the suite's setup has made, and starts a browser. */
export async function openDemoShop({ gpu = true }: DemoShopOptions = {}): Promise<DemoShop> {
  const server = await serve({
    mounts: {
      '/': [join(root, 'dist/workbench'), join(root, '.demo')],
      // The same shop, as one that has pasted the tag.
      '/windowshop/': [join(root, 'dist'), join(root, '.demo/bundle')],
    },
    port: 0,
  })
  const args = gpu ? chromiumFlags : [...chromiumFlags.filter((flag) => !/webgpu/i.test(flag)), '--disable-gpu']
  const executablePath = findChromium()
  const browser = await chromium.launch({ ...(executablePath && { executablePath }), args })
  return {
    server,
    browser,
    async visit(options = {}) {
      const context = await browser.newContext({ locale: 'en', viewport: { width: 1440, height: 900 } })
      const page = await context.newPage()
      await page.goto(`${server.url}?${new URLSearchParams(options)}`)
      return { context, page }
    },
    async close() {
      await browser.close()
      await server.close()
    },
  }
}
