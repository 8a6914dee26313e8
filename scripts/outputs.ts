import { spawnSync } from 'node:child_process'
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { build } from 'vite'
import { filesIn, hashFiles } from './hash-files.ts'

const root = join(import.meta.dirname, '..')
const stamps = join(root, '.cache/outputs.json')

/** In the order in which they are built: each carries the hashes of those that it loads, the workbench takes copies. */
export const outputs = [
  'scorers',
  'late',
  'tensorflow',
  'models',
  'worker',
  'sw',
  'profile',
  'extras',
  'page',
  'core',
  'lib',
  'cli',
  'workbench',
  'types',
] as const
export type Output = (typeof outputs)[number]

const products: Record<Output, string> = {
  scorers: 'dist/windowshop.scorers.js',
  tensorflow: 'dist/windowshop.tensorflow.js',
  models: 'dist/windowshop.models.js',
  late: 'dist/windowshop.late.js',
  worker: 'dist/windowshop.worker.js',
  sw: 'dist/windowshop-sw.js',
  profile: 'dist/windowshop.profile.js',
  extras: 'dist/windowshop.extras.js',
  page: 'dist/windowshop.js',
  core: 'dist/windowshop.core.js',
  lib: 'dist/index.js',
  cli: 'dist/cli.js',
  workbench: 'dist/workbench/index.html',
  types: 'dist/types/index.d.ts',
}

const sources = ['src', 'workers', 'scripts', 'public', 'index.html', 'vite.config.ts', 'package-lock.json']

/** Builds the named outputs, in their order; throws on the first that fails. */
export async function buildOutputs(names: readonly Output[], report: (line: string) => void): Promise<void> {
  // Packages choose their production files by it; whoever runs this may have set it for serving sources.
  process.env['NODE_ENV'] = 'production'
  for (const name of outputs.filter((output) => names.includes(output))) {
    const start = performance.now()
    if (name === 'types') emitTypes()
    else await build({ root, mode: name, configFile: join(root, 'vite.config.ts'), logLevel: 'warn' })
    const { size } = await stat(join(root, products[name]))
    report(`${products[name]}  ${(size / 1024).toFixed(1)} kB, ${Math.round(performance.now() - start)} ms`)
  }
}

/** As `buildOutputs`, but leaves alone what was built from the very same sources. */
export async function ensureOutputs(names: readonly Output[], report: (line: string) => void): Promise<void> {
  const current = await hashSources()
  const built = await readStamps()
  const stale: Output[] = []
  for (const name of names) {
    const exists = await stat(join(root, products[name])).catch(() => undefined)
    if (!exists || built[name] !== current) stale.push(name)
  }
  await buildOutputs(stale, report)
  await mkdir(dirname(stamps), { recursive: true })
  const fresh = Object.fromEntries(names.map((name) => [name, current]))
  await writeFile(stamps, JSON.stringify({ ...(await readStamps()), ...fresh }, null, 2))
}

function emitTypes(): void {
  const { status } = spawnSync('npx', ['tsc', '-p', 'tsconfig.build.json'], { cwd: root, stdio: ['ignore', 2, 2] })
  if (status !== 0) throw new Error('tsc -p tsconfig.build.json failed')
}

async function readStamps(): Promise<Record<string, string>> {
  const text = await readFile(stamps, 'utf8').catch(() => '{}')
  return JSON.parse(text) as Record<string, string>
}

async function hashSources(): Promise<string> {
  const files = await Promise.all(sources.map((source) => filesIn(join(root, source))))
  return hashFiles(root, files.flat())
}
