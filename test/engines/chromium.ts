import { chromium } from 'playwright'
import { chromiumFlags, ensureChromium } from '../../scripts/browser.ts'
import type { Engine } from './engine.ts'

/** Chromium, through its own protocol: what the other engines are compared with. */
export async function openChromium(): Promise<Engine> {
  const args = [...chromiumFlags.filter((flag) => !/webgpu/i.test(flag)), '--disable-gpu']
  const browser = await chromium.launch({ executablePath: ensureChromium(), args })
  const context = await browser.newContext()
  return {
    version: `Chromium ${browser.version()}`,
    async tab() {
      const page = await context.newPage()
      return {
        goto: async (address) => void (await page.goto(address)),
        reload: async () => void (await page.reload()),
        close: () => page.close(),
        evaluate: (run, ...args) => page.evaluate(`(${String(run)})(...${JSON.stringify(args)})`),
      }
    },
    close: () => browser.close(),
  }
}
