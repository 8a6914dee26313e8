import { join } from 'node:path'
import type { Plugin } from 'vite'

const root = join(import.meta.dirname, '..')
const workerFile = 'windowshop.worker.js'
const reference = /new URL\(\s*(['"]\.\/windowshop\.worker\.js['"])/g

const mark = /\/\* @vite-ignore \*\/\s*(?=['"`]\.\/windowshop\.worker\.js['"`])/g

/**
 * The page finds its worker at `new URL('./windowshop.worker.js', import.meta.url)`: beside the built script. Builds leave
 * that expression as it is, so that the bundlers of shops see it. While serving sources, the same address answers with the worker's source.
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
      if (building || !path?.endsWith(`/${workerFile}`) || path.includes('/dist/')) return null
      return join(root, 'workers/recommender.worker.ts') + (query ? `?${query}` : '')
    },
    transform(code) {
      if (!building || !code.includes(workerFile)) return null
      return { code: code.replace(reference, 'new URL(/* @vite-ignore */ $1'), map: null }
    },
    renderChunk(code) {
      if (!code.includes('@vite-ignore')) return null
      return { code: code.replaceAll(mark, ''), map: null }
    },
  }
}
