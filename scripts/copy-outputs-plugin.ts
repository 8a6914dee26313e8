import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Plugin } from 'vite'

/** Puts files built before, named as in dist/, into this output at the given paths. */
export function copyOutputs(paths: Readonly<Record<string, string>>): Plugin {
  return {
    name: 'windowshop:copy-outputs',
    apply: 'build',
    async generateBundle() {
      for (const [built, fileName] of Object.entries(paths)) {
        const source = await readFile(join(import.meta.dirname, '../dist', built))
        this.emitFile({ type: 'asset', fileName, source })
      }
    },
  }
}
