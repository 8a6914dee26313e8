import { join } from 'node:path'
import { chromium, type Browser, type Page } from 'playwright'
import { build, preview } from 'vite'
import { assemblyscript } from '../../scripts/assemblyscript-plugin.ts'
import { chromiumFlags, ensureChromium } from '../../scripts/browser.ts'
import { installRivals } from '../install-rivals.ts'
import type { EncoderRow } from './measure-encoder.ts'
import type { FilterRow } from './measure-filters.ts'
import type { HelperRow } from './measure-helpers.ts'
import type { Row, Settings } from './page.ts'

/** In the order of the table. These share a page: the ratios between them are those that count. */
const together = [
  'floor/wasm',
  'windowshop/wasm',
  'floor/webgpu',
  'windowshop/webgpu',
  'windowshop/plain',
  'plain-loop',
]
/** Each in a page of its own of the same browser: one that takes all the memory takes nobody along. */
const alone = [
  'tfjs/wasm',
  'tfjs/cpu',
  'tfjs/webgpu',
  'onnxruntime-web',
  'hnswlib-wasm',
  'edgevec',
  'voy-search',
  'client-vector-search',
]

export interface Measured {
  readonly adapter: string
  readonly rows: readonly Row[]
}

export interface Bench {
  /** Measures the contenders in `only`, all where it is empty. */
  measure(settings: Settings): Promise<Measured>
  /** Measures the encoder in a worker. */
  encoder(): Promise<EncoderRow[]>
  /** Measures filters over so many items. */
  filters(items: number): Promise<FilterRow[]>
  /** Measures one request by one worker and by two. */
  helpers(items: number, k: number): Promise<HelperRow>
  close(): Promise<void>
}

/** Bundles the page with Vite, and serves it to a headless Chromium. */
export async function openBench(): Promise<Bench> {
  await installRivals()
  const root = import.meta.dirname
  const outDir = join(root, '../../.cache/bench-score')
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    plugins: [assemblyscript()],
    worker: { format: 'es', plugins: () => [assemblyscript()] },
    build: {
      outDir,
      emptyOutDir: true,
      target: 'esnext',
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: Infinity,
      // The model that client-vector-search would fetch for making vectors of texts.
      rolldownOptions: { external: ['@xenova/transformers'], onwarn: () => {} },
    },
  })
  const server = await preview({
    configFile: false,
    root,
    logLevel: 'error',
    build: { outDir },
    preview: {
      port: 0,
      // Isolated pages have a clock of 5 microseconds instead of 100.
      headers: { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' },
    },
  })
  const browser = await chromium.launch({ executablePath: ensureChromium(), args: chromiumFlags })
  const url = server.resolvedUrls!.local[0]!
  return {
    async measure(settings) {
      const wanted = (name: string) => settings.only.length === 0 || settings.only.includes(name)
      const pages = [together, ...alone.map((name) => [name])].map((names) => names.filter(wanted))
      const measured: Measured[] = []
      for (const only of pages.filter(({ length }) => length > 0)) {
        measured.push(await inPage(browser, url, { ...settings, only }))
      }
      return { adapter: measured[0]?.adapter ?? 'none', rows: measured.flatMap(({ rows }) => rows) }
    },
    async encoder() {
      return (await openPage(browser, url)).evaluate(() => window.encoder())
    },
    async filters(items) {
      return (await openPage(browser, url)).evaluate((count) => window.filters(count), items)
    },
    async helpers(items, k) {
      const page = await openPage(browser, url)
      const row = await page.evaluate((size) => window.helpers(...size), [items, k] as const)
      await page.close()
      return row
    },
    async close() {
      await browser.close()
      await server.close()
    },
  }
}

async function openPage(browser: Browser, url: string): Promise<Page> {
  const page = await browser.newPage()
  await page.goto(url)
  await page.waitForFunction(() => 'bench' in window)
  return page
}

/** Measures in a fresh page; where it dies or does not answer, every row says so. */
async function inPage(browser: Browser, url: string, settings: Settings): Promise<Measured> {
  const page = await browser.newPage()
  let onTime: NodeJS.Timeout | undefined
  try {
    page.on('pageerror', (error) => console.error(error))
    await page.exposeFunction('say', (text: string) => console.error(text))
    await page.goto(url)
    await page.waitForFunction(() => 'bench' in window)
    const late = settings.only.length * (2 * settings.buildLimit + 20 * settings.budget) + 30_000
    return await Promise.race([
      page.evaluate((wanted) => window.bench(wanted), settings),
      new Promise<never>((_, reject) => {
        page.once('crash', () => reject(new Error('the page ran out of memory')))
        onTime = setTimeout(() => reject(new Error(`no answer within ${late / 1000} s`)), late)
      }),
    ])
  } catch (error) {
    const failed = error instanceof Error ? error.message.split('\n')[0]! : String(error)
    const none = { median_ms: null, min_ms: null, p95_ms: null, recall: null, build_ms: null, bytes: null }
    return { adapter: 'none', rows: settings.only.map((name) => ({ name, ...none, failed })) }
  } finally {
    clearTimeout(onTime)
    await page.close({ runBeforeUnload: false }).catch(() => undefined)
  }
}
