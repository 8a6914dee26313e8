import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright'
import { mostGrowth, warmUp } from '../../bench/flat/measure-growth.ts'
import { measureScorer } from '../../bench/flat/measure-scorer.ts'
import { chromiumFlags, ensureChromium } from '../../scripts/browser.ts'
import type { FaultRow } from '../faults/fault-row.ts'

const demo = join(import.meta.dirname, '../../.demo')
const scorers = ['wasm', 'webgpu']
const requests = 100_000

/** A page that is never closed, on each of two scorers; `npm run bench:flat` shows the numbers. */
export const manyRequests: FaultRow = {
  id: 'many-requests',
  kind: 'load',
  fault: '100,000 requests of a page, on WebAssembly and on the GPU',
  holds: 'heaps, array buffers, WebAssembly memory, GPU buffers and tensors have grown by no more than 5 %',
  runs: { test: 1, ci: 'all', release: 'all' },

  async open() {
    const browser = await chromium.launch({ executablePath: ensureChromium(), args: chromiumFlags })
    const pages = await mkdtemp(join(tmpdir(), 'windowshop-requests-'))
    const catalogue = JSON.parse(await readFile(join(demo, 'catalogue.json'), 'utf8')) as { items: { id: string }[] }
    const items = catalogue.items.slice(0, 500).map(({ id }) => id)
    return {
      all: scorers.length,
      async run(_random, n) {
        const scorer = scorers[n]!
        const run = { pages, bundle: join(demo, 'bundle'), scorer, items, requests, warmUp }
        const { growth, before, after, filled } = await measureScorer(browser, run)
        const grown = Object.entries(growth).find(([, share]) => share > mostGrowth)
        if (grown) throw new Error(`${scorer}: ${grown[0]} has grown: ${JSON.stringify({ before, after })}`)
        return filled
      },
      async close() {
        await browser.close()
        await rm(pages, { recursive: true, force: true, maxRetries: 5 })
      },
    }
  },
}
