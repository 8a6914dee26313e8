import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { AxeResults } from 'axe-core'
import { chromium, type Browser } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { chromiumFlags, ensureChromium } from '../../scripts/browser.ts'
import { forecastDemand } from '../../src/builder/forecast/forecast-demand.ts'
import { silent } from '../../src/builder/progress.ts'
import { renderForecast } from '../../src/builder/report/render-forecast.ts'
import { renderReport } from '../../src/builder/report/render-report.ts'
import { createRandom } from '../../src/core/random.ts'
import { randomEvaluation } from '../support/random-evaluation.ts'
import { salesLog } from '../support/sales-log.ts'

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

let browser: Browser
let folder: string
/** Addresses of a comparison of models, and of a forecast. */
let urls: readonly [string, string]
beforeAll(async () => {
  browser = await chromium.launch({ executablePath: ensureChromium(), args: chromiumFlags })
  folder = await mkdtemp(join(tmpdir(), 'windowshop-report-'))
  const random = createRandom(1)
  const pages = [
    renderReport(randomEvaluation(['windowshop', 'popular', 'als', 'fm', 'markov'], random)),
    renderForecast(
      'log.csv',
      forecastDemand({
        log: salesLog(30, 40, (item) => Math.floor(item * random())),
        catalogue: undefined,
        seed: 1,
        progress: silent,
      }),
    ),
  ]
  const [first, second] = await Promise.all(
    pages.map(async (page, at) => {
      const file = join(folder, `report-${at}.html`)
      await writeFile(file, page)
      return pathToFileURL(file).href
    }),
  )
  urls = [first!, second!]
})
afterAll(async () => {
  await browser.close()
  await rm(folder, { recursive: true })
})

for (const [colorScheme, width] of [
  ['light', 1440],
  ['dark', 390],
  ['light', 320],
] as const) {
  test(`a report fetches nothing, fits, and has nothing for axe to find, ${colorScheme}, ${width} px wide`, async () => {
    for (const url of urls) {
      const page = await browser.newPage({ colorScheme, viewport: { width, height: 900 } })
      const requests: string[] = []
      page.on('request', (request) => requests.push(request.url()))
      await page.goto(url)
      expect(requests).toEqual([url])
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
      await page.addScriptTag({ path: axe })
      const results = await page.evaluate(() => {
        return (globalThis as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run()
      })
      expect(results.violations.map(({ id, nodes }) => ({ id, html: nodes[0]?.html }))).toEqual([])
      await page.close()
    }
  })
}

test('the keyboard changes what is compared', async () => {
  const page = await browser.newPage()
  await page.goto(urls[0])
  const shown = () => page.locator('.panel:visible').getAttribute('class')
  expect(await shown()).toContain('recall')
  await page.getByRole('radio', { name: 'Found' }).focus()
  await page.keyboard.press('ArrowRight')
  expect(await shown()).toContain('ndcg')
  await page.keyboard.press('ArrowRight')
  expect(await shown()).toContain('hit')
  await page.close()
})
