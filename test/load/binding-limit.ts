import { join } from 'node:path'
import { build } from 'vite'
import { rowStride } from '../../src/bundle/item-table.ts'
import type { FaultRow } from '../faults/fault-row.ts'
import { openLab } from '../faults/lab/open-lab.ts'
import type { GpuCase } from './lab/score-on-gpu.ts'

const dims = [64, 32, 128]
/** A device may have less per binding than its adapter, but no less than this: WebGPU's default. */
const leastLimit = 2 ** 27

/** Tables of just as many bytes as one binding of the device may have, four bytes more and four less: one binding, or two. */
export const bindingLimit: FaultRow = {
  id: 'binding-limit',
  kind: 'load',
  fault: "as many items as fill the device's binding limit, and 4 bytes more or less",
  holds: 'the top 20 and their scores are those of a float64 product; what does not fit into one binding lies in two',
  runs: { test: 1, ci: 'all', release: 'all' },

  async open() {
    const lab = await openLab({
      files: {
        'gpu.html': '<!doctype html><link rel="icon" href="data:,"><script src="gpu.js"></script>',
        'gpu.js': await buildPage(),
      },
    })
    const cases = dims.flatMap((width) => [-4, 0, 4].map((more) => ({ width, more })))
    return {
      all: cases.length,
      async run(_random, n) {
        const { width, more } = cases[n]!
        const stride = rowStride([width])
        const items = leastLimit / stride + 3
        const limit = items * stride + more
        const visit = await lab.visit()
        try {
          await visit.page.goto(`${lab.shop.server.url}gpu.html`)
          const given: GpuCase = { items, dims: width, limit, seed: n + 1 }
          const outcome = await visit.page.evaluate((asked) => globalThis.scoreOnGpu(asked), given)
          if (outcome.limit !== limit) throw new Error(`the device's limit is ${outcome.limit}, not ${limit}`)
          if (outcome.parts !== (more < 0 ? 2 : 1))
            throw new Error(`${outcome.bytes} bytes in ${outcome.parts} bindings of ${limit}`)
          if (outcome.wrong) throw new Error(`${items} x ${width}, ${more} bytes: ${outcome.wrong}`)
          return outcome.parts
        } finally {
          await visit.close()
        }
      },
      close: () => lab.close(),
    }
  },
}

/** The page's script: scorer and oracle in one file. */
async function buildPage(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      minify: false,
      target: 'esnext',
      lib: { entry: join(import.meta.dirname, 'lab/score-on-gpu.ts'), formats: ['iife'], name: 'gpuPage' },
    },
  })
  const [result] = [built].flat()
  if (!result || !('output' in result)) throw new Error('nothing was built')
  return result.output[0].code
}
