import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { launch } from 'puppeteer-core'
import type { Engine, EngineOptions } from './engine.ts'
import { ensureProgram } from './ensure-program.ts'

/** Firefox, through WebDriver BiDi. */
export async function openFirefox({ profile, quota }: EngineOptions = {}): Promise<Engine & { kill(): Promise<void> }> {
  const browser = await launch({
    browser: 'firefox',
    executablePath: ensureProgram('firefox'),
    headless: true,
    ...(profile !== undefined && { userDataDir: profile }),
    ...(quota !== undefined && { extraPrefsFirefox: { 'dom.quotaManager.temporaryStorage.fixedLimit': quota } }),
  })
  return {
    version: (await browser.version()).replace('/', ' '),
    async tab() {
      const page = await browser.newPage()
      return {
        goto: async (address) => void (await page.goto(address)),
        reload: async () => void (await page.reload()),
        close: () => page.close(),
        evaluate: (run, ...args) => page.evaluate(`(${String(run)})(...${JSON.stringify(args)})`) as Promise<never>,
      }
    },
    close: () => browser.close(),
    async kill() {
      const child = browser.process()!
      const gone = once(child, 'exit')
      child.kill('SIGKILL')
      await gone
      // Puppeteer gives the profile back the settings that it had, in its own time.
      while (profile && existsSync(join(profile, 'user.js.puppeteer'))) await setTimeout(50)
    },
  }
}
