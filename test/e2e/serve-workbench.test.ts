import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright'
import { expect, it } from 'vitest'
import { chromiumFlags, findChromium } from '../../scripts/browser.ts'
import { serveWorkbench } from '../../src/builder/serve-workbench.ts'

const root = join(import.meta.dirname, '../..')

it('the workbench is served on a shop’s own bundle, and loads anew when that is rebuilt', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'windowshop-serve-'))
  await expect(serveWorkbench(folder)).rejects.toMatchObject({ code: 'input-missing' })
  await cp(join(root, '.demo/bundle'), folder, { recursive: true })
  const server = await serveWorkbench(folder, { port: 0, workbench: join(root, 'dist/workbench') })
  const executablePath = findChromium()
  const browser = await chromium.launch({ ...(executablePath && { executablePath }), args: chromiumFlags })
  try {
    const page = await browser.newPage()
    await page.goto(server.page)
    await page.waitForSelector('[data-list="you"] li')
    const asked = () =>
      server.requests.filter(({ method, url }) => method === 'HEAD' && url.includes('manifest')).length
    await expect.poll(asked, { timeout: 20_000 }).toBeGreaterThan(0)
    const opened = await page.evaluate(() => performance.timeOrigin)

    const manifest = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')) as object
    await writeFile(join(folder, 'manifest.json'), JSON.stringify({ ...manifest, shop: 'Rebuilt & Sons' }))
    await page.getByText('Rebuilt & Sons').first().waitFor({ timeout: 20_000 })
    expect(await page.evaluate(() => performance.timeOrigin)).toBeGreaterThan(opened)
  } finally {
    await browser.close()
    await server.close()
    await rm(folder, { recursive: true })
  }
})
