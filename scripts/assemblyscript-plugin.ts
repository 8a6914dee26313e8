import { createHash } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Plugin } from 'vite'

/**
 * Compiles `import wasm from './scan.as.ts?wasm'` with AssemblyScript and inlines the bytes as a string, a
 * character a byte: brotli shrinks that to half of what it makes of base64.
 * Query flags become compiler features: `?wasm&enable=simd,relaxed-simd`; `?wasm` alone enables SIMD, `?wasm&scalar`
 * nothing, and `threads` imports a shared memory. The default export is that string.
 */
export function assemblyscript(): Plugin {
  const cache = join(import.meta.dirname, '../node_modules/.cache/assemblyscript')
  return {
    name: 'windowshop:assemblyscript',
    enforce: 'pre',
    async load(id) {
      const [file, query] = id.split('?')
      if (!file?.endsWith('.as.ts') || !query) return null
      const parameters = new URLSearchParams(query)
      if (!parameters.has('wasm')) return null
      const features = parameters.get('enable') ?? (parameters.has('scalar') ? '' : 'simd')
      const hash = createHash('sha256').update(features)
      for (const [source, text] of await readSources(file)) {
        this.addWatchFile(source)
        hash.update(text)
      }
      const key = hash.digest('hex').slice(0, 24)
      const cached = join(cache, `${key}.wasm`)
      const bytes = await readFile(cached).catch(async () => {
        const compiled = await compile(file, features)
        await mkdir(cache, { recursive: true })
        await writeFile(cached, compiled)
        return compiled
      })
      return `export default ${JSON.stringify(Buffer.from(bytes).toString('latin1'))}`
    },
  }
}

/** A source and what it imports, directly or not. */
async function readSources(file: string, sources = new Map<string, string>()): Promise<Map<string, string>> {
  if (sources.has(file)) return sources
  const text = await readFile(file, 'utf8')
  sources.set(file, text)
  for (const [, path] of text.matchAll(/ from '(\.[^']*)'/g))
    await readSources(join(dirname(file), `${path}.ts`), sources)
  return sources
}

async function compile(file: string, features: string): Promise<Uint8Array> {
  const { default: asc } = await import('assemblyscript/asc')
  let output: Uint8Array | undefined
  const flags = features
    .split(',')
    .filter(Boolean)
    .flatMap((feature) => ['--enable', feature])
  // The memory of threads is shared, and says how large it may become.
  if (features.split(',').includes('threads'))
    flags.push('--sharedMemory', '--initialMemory', '1', '--maximumMemory', '65536')
  const stderr = asc.createMemoryStream()
  const { error } = await asc.main(
    [file, '--outFile', 'out.wasm', '--runtime', 'stub', '--noAssert', '--importMemory', '-O3', '--converge', ...flags],
    {
      stderr,
      writeFile: (name, contents) => {
        if (name === 'out.wasm') output = contents as Uint8Array
      },
    },
  )
  if (error || !output) throw new Error(`AssemblyScript failed on ${file}: ${error?.message}\n${stderr.toString()}`)
  return output
}
