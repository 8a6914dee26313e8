// `npm run --silent bench:score -- --items N --dims D --k 20 [--queries Q] --json`: how long scoring takes, beside rivals on
// the same data in the same page, and beside the floor: kernels that only read the same bytes.
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { chromium } from 'playwright'
import { createServer } from 'vite'
import { assemblyscript } from '../scripts/assemblyscript-plugin.ts'
import { chromiumFlags, ensureChromium } from '../scripts/browser.ts'
import type { Row, Settings } from './score/page.ts'

const { values } = parseArgs({
  options: {
    items: { type: 'string', default: '100000' },
    dims: { type: 'string', default: '64' },
    k: { type: 'string', default: '20' },
    queries: { type: 'string', default: '1' },
    seed: { type: 'string', default: '1' },
    /** Milliseconds to spend on each contender. */
    budget: { type: 'string', default: '1500' },
    /** Contenders by name, separated by commas; default: all. */
    only: { type: 'string', default: '' },
    /** Let TensorFlow.js use several threads, which a shop's page does not have. */
    threads: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
})
const settings: Settings = {
  items: whole('items', values.items),
  dims: whole('dims', values.dims),
  k: whole('k', values.k),
  queries: whole('queries', values.queries),
  seed: whole('seed', values.seed),
  budget: whole('budget', values.budget),
  only: values.only.split(',').filter(Boolean),
  threads: values.threads,
}

const { adapter, rows } = await runInBrowser(settings)
const { items, dims, k, queries } = settings
if (values.json) console.log(JSON.stringify({ adapter, items, dims, k, queries, rows }))
else console.table(rows)

async function runInBrowser(chosen: Settings): Promise<{ adapter: string; rows: Row[] }> {
  const server = await createServer({
    configFile: false,
    root: join(import.meta.dirname, '..'),
    logLevel: 'error',
    plugins: [assemblyscript()],
    server: {
      port: 0,
      // Isolated pages have a clock of 5 microseconds instead of 100.
      headers: { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' },
      hmr: false,
      watch: null,
    },
    optimizeDeps: {
      entries: [],
      include: ['core', 'backend-cpu', 'backend-wasm', 'backend-webgpu'].map((name) => `@tensorflow/tfjs-${name}`),
    },
    cacheDir: 'node_modules/.cache/bench-score',
  })
  const browser = await chromium.launch({ executablePath: ensureChromium(), args: chromiumFlags })
  try {
    await server.listen()
    const page = await browser.newPage()
    page.on('pageerror', (error) => console.error(error))
    await page.exposeFunction('say', (text: string) => console.error(text))
    await page.goto(`${server.resolvedUrls!.local[0]}bench/score/index.html`)
    await page.waitForFunction(() => 'bench' in window)
    return await page.evaluate((wanted) => window.bench(wanted), chosen)
  } finally {
    await browser.close()
    await server.close()
  }
}

function whole(name: string, text: string): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1) throw new Error(`--${name} must be a whole number above 0, got ${text}`)
  return value
}
