import { join } from 'node:path'
import type { Plugin } from 'vite'

const root = join(import.meta.dirname, '..')
/** Built files that stand beside the script, and their sources. */
const sources = {
  'windowshop.worker.js': 'workers/recommender.worker.ts',
  'windowshop.scorers.js': 'src/scoring/late-scorers.ts',
  'windowshop.models.js': 'workers/late-models.ts',
  'windowshop.tensorflow.js': 'src/models/late-tensorflow.ts',
  'windowshop.late.js': 'workers/late.ts',
}
const reference = /new URL\(\s*(['"]\.\/windowshop\.(?:worker|scorers|late)\.js['"])/g
const mark = /\/\* @vite-ignore \*\/\s*(?=['"`]\.\/windowshop\.(?:worker|scorers|late)\.js['"`])/g

/**
 * The page finds its worker at `new URL('./windowshop.worker.js', import.meta.url)`, beside the built script, and the late
 * parts likewise. Builds leave that expression as it is, so that the bundlers of shops see it. While serving sources, the
 * same address answers with the worker's source, and integrity is empty there: `define` does not reach served workers.
 */
export function workerUrl(): Plugin {
  let building = false
  return {
    name: 'windowshop:worker-url',
    enforce: 'pre',
    configResolved: (config) => {
      building = config.command === 'build'
    },
    resolveId(id) {
      const [path, query] = id.split('?')
      const source = Object.entries(sources).find(([file]) => path?.endsWith(`/${file}`))?.[1]
      if (building || !source || path!.includes('/dist/')) return null
      return join(root, source) + (query ? `?${query}` : '')
    },
    transform(code) {
      if (!building) {
        const served = code
          .replaceAll(/__(SCORERS|LATE|MODELS|TENSORFLOW)_INTEGRITY__/g, "''")
          .replaceAll('__TAG__', 'false')
        return served === code ? null : { code: served, map: null }
      }
      if (!code.includes('/windowshop.')) return null
      return { code: code.replace(reference, 'new URL(/* @vite-ignore */ $1'), map: null }
    },
    renderChunk(code) {
      if (!code.includes('@vite-ignore')) return null
      return { code: code.replaceAll(mark, ''), map: null }
    },
  }
}
