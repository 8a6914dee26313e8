import { join } from 'node:path'
import { build } from 'vite'
import { openLab } from '../../faults/lab/open-lab.ts'
import type { GpuCase, GpuOutcome } from './score-on-gpu.ts'

export interface GpuPage {
  /** Scores in a page of its own. Throws where the result is not that of a float64 product. */
  score(given: GpuCase): Promise<GpuOutcome>
  close(): Promise<void>
}

/** A browser with the GPU scorer and the oracle in a page. */
export async function openGpuPage(): Promise<GpuPage> {
  const files = {
    'gpu.html': '<!doctype html><link rel="icon" href="data:,"><script src="gpu.js"></script>',
    'gpu.js': await buildScript(),
  }
  const lab = await openLab({ files })
  return {
    async score(given) {
      const visit = await lab.visit()
      try {
        await visit.page.goto(`${lab.shop.server.url}gpu.html`)
        const outcome = await visit.page.evaluate((asked) => globalThis.scoreOnGpu(asked), given)
        if (outcome.wrong) throw new Error(`webgpu, ${given.items} x ${given.dims}: ${outcome.wrong}`)
        return outcome
      } finally {
        await visit.close()
      }
    },
    close: () => lab.close(),
  }
}

/** Scorer and oracle in one file. */
async function buildScript(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      minify: false,
      target: 'esnext',
      lib: { entry: join(import.meta.dirname, 'score-on-gpu.ts'), formats: ['iife'], name: 'gpuPage' },
    },
  })
  const [result] = [built].flat()
  if (!result || !('output' in result)) throw new Error('nothing was built')
  return result.output[0].code
}
