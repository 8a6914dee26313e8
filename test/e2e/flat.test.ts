import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { chromium, type Browser } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { measureGrowth, type Growth } from '../../bench/flat/measure-growth.ts'
import type { Resources } from '../../bench/flat/resources.ts'
import { writePages } from '../../bench/live/shop-page.ts'
import { chromiumFlags, findChromium } from '../../scripts/browser.ts'
import { serve, type StaticServer } from '../../src/builder/serve.ts'

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
  readonly requests: number
  readonly sabotage?: string
}

async function measure({ scorer, requests, sabotage }: Run): Promise<Growth> {
  let server: StaticServer | undefined
  try {
    await writePages(pages, scorer)
    server = await serve({
      mounts: { '/': pages, '/dist/': join(root, 'dist'), '/bundle/': join(root, '.demo/bundle') },
      standIns: { '/pictures/': '/picture.svg' },
      port: 0,
    })
    return await measureGrowth(browser, {
      url: server.url,
      scorer,
      items,
      requests,
      warmUp: 1000,
      ...(sabotage && { sabotage }),
    })
  } finally {
    await server?.close()
  }
}

function grown({ growth }: Growth): (keyof Resources)[] {
  return (Object.keys(growth) as (keyof Resources)[]).filter((name) => growth[name] > 0.05)
}

describe('what a page and its worker hold', () => {
  test.each([['wasm', 5000]] as const)('with %s stays as it is over %i requests', async (scorer, requests) => {
    const result = await measure({ scorer, requests })
    expect(result.filled).toBeGreaterThan(requests / 2)
    expect(result.before.wasmPages).toBeGreaterThan(0)
    expect(grown(result), JSON.stringify(result)).toEqual([])
  })

  test.each([
    ['workerHeap', 'wasm', `addEventListener('message', ({ data }) => (globalThis.leaked ??= []).push(data))`],
    [
      'wasmPages',
      'wasm',
      `{
        let messages = 0
        globalThis.leaked = []
        addEventListener('message', () => messages++ % 50 || leaked.push(new WebAssembly.Memory({ initial: 1 })))
      }`,
    ],
    [
      'gpuBytes',
      'webgpu',
      `{
        const { createCommandEncoder } = GPUDevice.prototype
        globalThis.leaked = []
        GPUDevice.prototype.createCommandEncoder = function () {
          leaked.push(this.createBuffer({ size: 1024, usage: GPUBufferUsage.STORAGE }))
          return createCommandEncoder.call(this)
        }
      }`,
    ],
  ] as const)('is seen to grow where something leaks: %s', async (name, scorer, sabotage) => {
    const result = await measure({ scorer, requests: 1000, sabotage })
    expect(grown(result), JSON.stringify(result)).toContain(name)
  })
})
