import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { chromium, type Browser } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { mostGrowth, type Growth } from '../../bench/flat/measure-growth.ts'
import { measureScorer } from '../../bench/flat/measure-scorer.ts'
import type { Resources } from '../../bench/flat/resources.ts'
import { chromiumFlags, findChromium } from '../../scripts/browser.ts'

const root = join(import.meta.dirname, '../..')
/** V8 keeps compiled code in the heap, and finds more to compile for many thousand requests: here it only interprets. */
const interpreted = '--js-flags=--no-opt,--no-maglev,--no-sparkplug,--no-flush-bytecode,--no-lazy-feedback-allocation'

let browser: Browser
let pages: string
let items: string[]
beforeAll(async () => {
  const executablePath = findChromium()
  const args = [...chromiumFlags, interpreted]
  browser = await chromium.launch({ ...(executablePath && { executablePath }), args })
  pages = await mkdtemp(join(root, '.cache/flat-'))
  const catalogue = JSON.parse(await readFile(join(root, '.demo/catalogue.json'), 'utf8')) as {
    items: { id: string }[]
  }
  items = catalogue.items.slice(0, 300).map(({ id }) => id)
})
afterAll(async () => {
  await browser.close()
  await rm(pages, { recursive: true })
})

interface Run {
  readonly scorer: 'wasm' | 'webgpu'
  readonly warmUp: number
  readonly requests: number
  readonly sabotage?: string
}

function measure(run: Run): Promise<Growth> {
  return measureScorer(browser, { pages, bundle: join(root, '.demo/bundle'), items, ...run })
}

function grown({ growth }: Growth): (keyof Resources)[] {
  return (Object.keys(growth) as (keyof Resources)[]).filter((name) => growth[name] > mostGrowth)
}

describe('what a page and its worker hold', () => {
  test('stays as it is over 3,000 requests', async () => {
    const result = await measure({ scorer: 'wasm', warmUp: 600, requests: 3000 })
    expect(result.filled).toBeGreaterThan(1500)
    expect(result.before.wasmPages).toBeGreaterThan(0)
    expect(grown(result), JSON.stringify(result)).toEqual([])
  })

  test('is seen to grow where messages and WebAssembly memories are kept', async () => {
    const sabotage = `{
      let messages = 0
      globalThis.leaked = []
      addEventListener('message', ({ data }) => {
        leaked.push(data)
        if (messages++ % 50 === 0) leaked.push(new WebAssembly.Memory({ initial: 1 }))
      })
    }`
    const result = await measure({ scorer: 'wasm', warmUp: 500, requests: 1000, sabotage })
    expect(grown(result), JSON.stringify(result)).toEqual(expect.arrayContaining(['workerHeap', 'wasmPages']))
  })

  test('is seen to grow where a pass of the GPU leaves a buffer', async () => {
    const sabotage = `{
      const { createCommandEncoder } = GPUDevice.prototype
      globalThis.leaked = []
      GPUDevice.prototype.createCommandEncoder = function () {
        leaked.push(this.createBuffer({ size: 1024, usage: GPUBufferUsage.STORAGE }))
        return createCommandEncoder.call(this)
      }
    }`
    const result = await measure({ scorer: 'webgpu', warmUp: 100, requests: 500, sabotage })
    expect(result.before.gpuBuffers).toBeGreaterThan(0)
    expect(grown(result), JSON.stringify(result)).toEqual(expect.arrayContaining(['gpuBuffers', 'gpuBytes']))
  })
})
