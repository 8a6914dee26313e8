import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { chromium, type Browser, type BrowserContext, type Page, type Worker } from 'playwright'
import { chromiumFlags, ensureChromium } from '../../../scripts/browser.ts'
import type { InspectedRecommender, InspectOptions } from '../../../src/inspect.ts'
import { openFaultShop, type FaultShop, type FaultShopOptions } from '../fault-shop.ts'
import { installWorkerFaults, type WorkerFaults, type WorkerFaultState } from './worker-faults.ts'

const root = join(import.meta.dirname, '../../..')

/** In the page of a lab: opens recommenders, each with a worker of its own, and keeps them by name. */
interface PageLab {
  open(name: string, options?: Partial<InspectOptions>): Promise<InspectedRecommender>
  /** The recommender of this name. */
  of(name: string): InspectedRecommender
  /** How a promise settles: its value, or the code of what it was rejected with. */
  outcome<T>(promise: Promise<T>): Promise<{ value: T } | { code: string }>
}

declare global {
  var lab: PageLab
  var faults: WorkerFaultState
}

/** A shop's browser in which things are made to go wrong, and pages that open recommenders as they are told. */
export interface Lab {
  readonly browser: Browser
  readonly shop: FaultShop
  /** A new shopper. */
  visit(): Promise<Visit>
  close(): Promise<void>
}

export interface Visit {
  readonly context: BrowserContext
  readonly page: Page
  /** Another tab of the same shopper. */
  tab(): Promise<Page>
  /** What was thrown into a page since the last look, or rejected and not caught, in pages and in workers that still live. */
  errors(): Promise<string[]>
  close(): Promise<void>
}

export interface LabOptions extends FaultShopOptions {
  readonly args?: readonly string[]
  /** False: a browser without WebGPU. */
  readonly gpu?: boolean
}

/** The lab's page, and the worker in which things go wrong as its address asks. */
export async function labFiles(): Promise<Record<string, string>> {
  const worker = await readFile(join(root, 'dist/windowshop.worker.js'), 'utf8')
  return { 'lab.html': labPage, 'faulty.worker.js': `(${String(installWorkerFaults)})();${worker}` }
}

export async function openLab({ args = [], gpu = true, files, ...options }: LabOptions = {}): Promise<Lab> {
  const shop = await openFaultShop({ ...options, files: { ...(await labFiles()), ...files } })
  const flags = gpu ? chromiumFlags : [...chromiumFlags.filter((flag) => !/webgpu/i.test(flag)), '--disable-gpu']
  const browser = await chromium.launch({ executablePath: ensureChromium(), args: [...flags, ...args] })
  return {
    browser,
    shop,
    async visit() {
      const context = await browser.newContext({ locale: 'en' })
      const thrown: string[] = []
      const tab = async () => {
        const page = await context.newPage()
        page.on('pageerror', (error) => thrown.push(error.message))
        await page.goto(`${shop.server.url}lab.html`)
        await page.waitForFunction(() => 'lab' in globalThis)
        return page
      }
      return {
        context,
        page: await tab(),
        tab,
        async errors() {
          const workers = context.pages().flatMap((page) => page.workers())
          const inside = await Promise.all(workers.map(errorsIn))
          return [...thrown.splice(0), ...inside.flat()]
        },
        close: () => context.close(),
      }
    },
    async close() {
      await browser.close()
      await shop.close()
    },
  }
}

/** None of a worker that has ended, or hangs. */
function errorsIn(worker: Worker): Promise<string[]> {
  const none = new Promise<string[]>((resolve) => setTimeout(resolve, 1000, []))
  return Promise.race([worker.evaluate(() => globalThis.faults.errors.splice(0)).catch(() => []), none])
}

/** The address of a worker with these faults. */
export function faultyWorker(faults: WorkerFaults = {}): string {
  return `/faulty.worker.js?${new URLSearchParams(Object.entries(faults).map(([name, value]) => [name, String(value)]))}`
}

/** What the newest worker of a page tells from inside. */
export function workerState(page: Page): Promise<WorkerFaultState> {
  return newestWorker(page).evaluate(() => globalThis.faults)
}

export function newestWorker(page: Page): Worker {
  const worker = page.workers().at(-1)
  if (!worker) throw new Error('the page has no worker')
  return worker
}

export const labPage = `<!doctype html><html lang="en"><title>Lab</title><link rel="icon" href="data:,">
<script type="module">
  import { inspectRecommender } from '/inspect.js'
  const opened = new Map()
  globalThis.lab = {
    async open(name, options) {
      const tab = await inspectRecommender({
        bundle: '/bundle/manifest.json', consent: 'granted', scorer: 'wasm', worker: '/faulty.worker.js', ...options,
      })
      opened.set(name, tab)
      return tab
    },
    of: (name) => opened.get(name),
    outcome: (promise) => promise.then((value) => ({ value }), (error) => ({ code: error?.code ?? 'none: ' + error })),
  }
</script>`
