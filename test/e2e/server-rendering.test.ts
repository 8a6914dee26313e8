import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import vue from '@vitejs/plugin-vue'
import { chromium, type Browser } from 'playwright'
import { build, createServer, type PluginOption } from 'vite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { chromiumFlags, ensureChromium } from '../../scripts/browser.ts'
import { renderLists } from '../../src/builder/render/render-lists.ts'
import { silent } from '../../src/builder/progress.ts'
import { serve } from '../../src/builder/serve.ts'
import { freshCopy } from './fresh-copy.ts'

const root = join(import.meta.dirname, '../..')

let browser: Browser
beforeAll(async () => {
  browser = await chromium.launch({ executablePath: ensureChromium(), args: chromiumFlags })
})
afterAll(() => browser.close())

interface Framework {
  /** What the framework does around the files of the example, on the server and in the browser. */
  readonly server: string
  readonly client: string
  readonly plugins: () => PluginOption[]
}

const frameworks: Readonly<Record<'next' | 'nuxt', Framework>> = {
  next: {
    server: `
      import { createElement } from 'react'
      import { renderToString } from 'react-dom/server'
      import App from './pages/_app.jsx'
      import Item, { getStaticProps } from './pages/p/[id].jsx'

      export function render(id) {
        const { props } = getStaticProps({ params: { id } })
        return { props, html: renderToString(createElement(App, { Component: Item, pageProps: props })) }
      }`,
    client: `
      import { createElement } from 'react'
      import { hydrateRoot } from 'react-dom/client'
      import App from './pages/_app.jsx'
      import Item from './pages/p/[id].jsx'

      const pageProps = JSON.parse(document.querySelector('#props').textContent)
      hydrateRoot(document.querySelector('#app'), createElement(App, { Component: Item, pageProps }))`,
    plugins: () => [],
  },
  nuxt: {
    server: `
      import { createSSRApp } from 'vue'
      import { renderToString } from 'vue/server-renderer'
      import ItemPage from './components/ItemPage.vue'
      import { listsOf } from './server/utils/lists-of.js'

      export async function render(id) {
        const props = { id, shelves: listsOf(id) }
        return { props, html: await renderToString(createSSRApp(ItemPage, props)) }
      }`,
    client: `
      import { createSSRApp } from 'vue'
      import './lists/windowshop.css'
      import ItemPage from './components/ItemPage.vue'
      import { startShop } from './lib/start-shop.js'

      createSSRApp(ItemPage, JSON.parse(document.querySelector('#props').textContent)).mount('#app')
      startShop()`,
    plugins: () => [vue({ template: { compilerOptions: { isCustomElement: (tag) => tag === 'windowshop-shelf' } } })],
  },
}

test.each(['next', 'nuxt'] as const)(
  'the example comes with its lists as links, is hydrated without a word on the console, and then has live shelves: %s',
  async (name) => {
    const folder = await freshCopy(name)
    await renderLists(join(root, '.demo/bundle'), { out: join(folder, 'lists'), formats: ['json'], limit: 4 }, silent)
    const { lists } = JSON.parse(await readFile(join(folder, 'lists/lists.json'), 'utf8')) as {
      lists: Record<string, Record<string, string[]>>
    }
    const listsOf = (id: string) => ['similar', 'bought-together'].map((placement) => lists[id]![placement]!)
    const id = Object.keys(lists).find((item) => listsOf(item).every((ids) => ids.length === 4))!

    const { client, server, plugins } = frameworks[name]
    await writeFile(join(folder, 'client.jsx'), client)
    await writeFile(join(folder, 'server.jsx'), server)
    // As in development, where the frameworks say what does not fit.
    const define = { 'process.env.NODE_ENV': '"development"', __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'true' }
    const oxc = { jsx: { runtime: 'automatic' } } as const
    const common = { root: folder, configFile: false, logLevel: 'error', define, oxc } as const
    const vite = await createServer({
      ...common,
      plugins: plugins(),
      server: { middlewareMode: true, ws: false },
      appType: 'custom',
    })
    const { render } = (await vite.ssrLoadModule('/server.jsx')) as {
      render(id: string): Promise<{ props: object; html: string }>
    }
    const { props, html } = await render(id)
    await vite.close()
    await writeFile(
      join(folder, 'index.html'),
      `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Item</title><link rel="icon" href="data:,"></head><body><div id="app">${html}</div>
<script id="props" type="application/json">${JSON.stringify(props).replaceAll('<', '\\u003c')}</script>
<script type="module" src="/client.jsx"></script></body></html>`,
    )
    await build({ ...common, plugins: plugins(), build: { minify: false } })

    const mounts = { '/': [join(folder, 'dist'), join(root, '.demo')], '/windowshop/': join(root, '.demo/bundle') }
    const host = await serve({ mounts, port: 0 })
    const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage()
    await page.goto(host.url)
    const idsOf = (links: readonly { href: string }[]) => links.map(({ href }) => href.split('/').at(-1)!)
    const links = await page
      .locator('a')
      .evaluateAll((all) => (all as HTMLAnchorElement[]).map(({ href }) => ({ href })))
    expect(idsOf(links)).toEqual(listsOf(id).flat())
    await page.context().close()

    const live = await (await browser.newContext()).newPage()
    const said: string[] = []
    live.on('console', (message) => /warning|error/.test(message.type()) && said.push(message.text()))
    live.on('pageerror', (error) => said.push(error.message))
    await live.goto(host.url)
    const shown = () =>
      live
        .locator('windowshop-shelf a.link')
        .evaluateAll((all) => (all as HTMLAnchorElement[]).map(({ href }) => ({ href })))
    await expect.poll(async () => idsOf(await shown())).toEqual(listsOf(id).flat())
    expect(said).toEqual([])
    await live.context().close()
    await host.close()
    await rm(folder, { recursive: true })
  },
)
