import { copyFile, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium, type Browser } from 'playwright'
import { build } from 'vite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import webpack from 'webpack'
import { chromiumFlags, ensureChromium } from '../../scripts/browser.ts'
import { serve } from '../../src/builder/serve.ts'
import { freshCopy } from './fresh-copy.ts'
import { command, eventsOf } from './shop-pages.ts'

const root = join(import.meta.dirname, '../..')
const scripts = ['windowshop.js', 'windowshop.worker.js', 'windowshop.scorers.js', 'windowshop.extras.js']

let browser: Browser
beforeAll(async () => {
  browser = await chromium.launch({ executablePath: ensureChromium(), args: chromiumFlags })
})
afterAll(() => browser.close())

/** What its `build` does; resolves to the folder that a host would serve. */
const builders: Record<string, (folder: string) => Promise<string>> = {
  async plain(folder) {
    for (const file of scripts) await copyFile(join(root, 'dist', file), join(folder, file))
    return folder
  },
  vite: withVite,
  react: withVite,
  vue: withVite,
  async webpack(folder) {
    const { default: config } = (await import(pathToFileURL(join(folder, 'webpack.config.js')).href)) as {
      default: webpack.Configuration
    }
    const path = join(folder, 'dist')
    const options = { ...config, context: folder, output: { ...config.output, path } }
    const stats = await new Promise<webpack.Stats | undefined>((resolve, reject) =>
      webpack(options, (error, result) => (error ? reject(error) : resolve(result))),
    )
    expect(stats?.toJson({ all: false, errors: true }).errors).toEqual([])
    await copyFile(join(folder, 'index.html'), join(path, 'index.html'))
    return path
  },
}

async function withVite(folder: string): Promise<string> {
  await build({ root: folder, configFile: join(folder, 'vite.config.js'), logLevel: 'error' })
  return join(folder, 'dist')
}

test.each(['plain', 'vite', 'webpack', 'react', 'vue'])(
  'the example fills its shelf and follows its visitor: %s',
  async (name) => {
    const folder = await freshCopy(name)
    const served = await builders[name]!(folder)
    const mounts = { '/': [served, join(root, '.demo')], '/windowshop/': join(root, '.demo/bundle') }
    const server = await serve({ mounts, port: 0 })
    const page = await (await browser.newContext()).newPage()
    const errors: string[] = []
    page.on('pageerror', (error) => errors.push(error.message))
    await page.goto(server.url)
    const cards = () =>
      page.locator('windowshop-shelf a.link').evaluateAll((links) => links.map((link) => link.textContent))
    await expect.poll(async () => (await cards()).length, { timeout: 15_000 }).toBe(8)
    const before = await cards()
    await page.click('#add')
    await expect.poll(cards, { timeout: 15_000 }).not.toEqual(before)
    if (name === 'plain') {
      expect(await eventsOf(page)).toHaveLength(1)
      expect(await command(page, 'status')).toMatchObject({ storage: { kind: 'disk' } })
    }
    expect(errors).toEqual([])
    await page.context().close()
    await server.close()
    await rm(folder, { recursive: true })
  },
)

test.each(['plain', 'vite', 'webpack', 'react', 'vue', 'next', 'nuxt'])(
  'the page of docs/ prints the example as it is: %s',
  async (name) => {
    const text = await readFile(join(root, 'docs', `${name}.md`), 'utf8')
    const printed = [...text.matchAll(/^`([\w./[\]-]+)`:\n\n```\w+\n([^]*?)```$/gm)]
    expect(printed.length).toBeGreaterThan(0)
    for (const [, file, content] of printed)
      expect(content, file).toBe(await readFile(join(root, 'examples', name, file!), 'utf8'))
  },
)
