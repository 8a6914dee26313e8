// Packs the package as npm does, and looks at it as its consumers will: contents, exports, types, dependencies.
import { execFileSync } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { builtinModules } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const bin = join(root, 'node_modules/.bin')

/** Every file of the package: one that is not listed, and one that is missing, is an error. */
const needed = [
  'CHANGELOG.md',
  'DESIGN.md',
  'LICENSE',
  'README.md',
  'package.json',
  'dist/cli.js',
  'dist/cli-render-report.js',
  'dist/cli-render-forecast.js',
  'dist/index.js',
  'dist/inspect.js',
  'dist/windowshop-sw.js',
  'dist/windowshop.core.js',
  'dist/windowshop.extras.js',
  'dist/windowshop.js',
  'dist/windowshop.profile.js',
  'dist/windowshop.models.js',
  'dist/windowshop.late.js',
  'dist/windowshop.scorers.js',
  'dist/windowshop.tensorflow.js',
  'dist/windowshop.worker.js',
  'dist/types/index.d.ts',
  'dist/types/inspect.d.ts',
  'dist/workbench/index.html',
]
const welcome = [
  /^docs\/[\w-]+\.md$/,
  /^dist\/shared\.js$/,
  /^dist\/cli-[a-z-]+\.js$/,
  /^dist\/types\/.+\.d\.ts$/,
  /^dist\/workbench\/.+\.(js|css|svg|webmanifest)$/,
]

const folder = await mkdtemp(join(tmpdir(), 'windowshop-pack-'))
try {
  const pack = ['pack', '--ignore-scripts', '--json', '--pack-destination', folder]
  const answer = JSON.parse(
    execFileSync('npm', pack, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
  )
  const [{ filename, files, size, unpackedSize }] = answer as [Packed]
  const tarball = join(folder, filename)
  const names = files.map(({ path }) => path)
  const problems = [
    ...needed.filter((name) => !names.includes(name)).map((name) => `missing: ${name}`),
    ...names
      .filter((name) => !needed.includes(name) && !welcome.some((pattern) => pattern.test(name)))
      .map((name) => `not needed: ${name}`),
    ...(await undeclaredImports(names)),
    ...run('publint', ['run', tarball, '--strict']),
    ...run('attw', [tarball, '--profile', 'esm-only', '--format', 'ascii', '--entrypoints', '.', './inspect']),
  ]
  for (const problem of problems) console.error(problem)
  process.exitCode = problems.length ? 1 : 0
  console.log(`${names.length} files, ${kilobytes(size)} packed, ${kilobytes(unpackedSize)} unpacked`)
} finally {
  await rm(folder, { recursive: true })
}

interface Packed {
  readonly filename: string
  readonly size: number
  readonly unpackedSize: number
  readonly files: readonly { readonly path: string }[]
}

/** Packages that the modules and types name, and that an install of the package would not bring. */
async function undeclaredImports(names: readonly string[]): Promise<string[]> {
  const { dependencies, peerDependencies } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
  const declared = new Set(Object.keys({ ...dependencies, ...peerDependencies }))
  const imports =
    /^(?:import|export)\s[\w$*{},\s]*?\bfrom\s*['"]([^'".][^'"]*)['"]|^import\s*['"]([^'".][^'"]*)['"]|\bimport\(\s*['"]([^'".][^'"]*)['"]/gm
  const problems: string[] = []
  for (const name of names.filter((file) => /^dist\/(types\/.*|\w+)\.(js|d\.ts)$/.test(file))) {
    const text = await readFile(join(root, name), 'utf8')
    for (const [, ...found] of text.matchAll(imports)) {
      const specifier = found.find(Boolean)!
      const packageName = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')
      if (specifier.startsWith('node:') || builtinModules.includes(packageName) || declared.has(packageName)) continue
      problems.push(`${name} imports ${packageName}, which is not a dependency`)
    }
  }
  return problems
}

/** What a tool printed, if it was not content. */
function run(tool: string, args: readonly string[]): string[] {
  try {
    execFileSync(join(bin, tool), args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
    return []
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string }
    return [`${tool}:\n${stdout}${stderr}`]
  }
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(0)} kB`
}
