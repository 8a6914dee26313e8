import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'vite'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')

/** Imports an entry of the built package by name in a bare Node, where a browser global that is touched throws. */
function importInNode(entry: string): { exports: string[]; globals: string[] } {
  const script = `
    const before = new Set(Object.getOwnPropertyNames(globalThis))
    const module = await import(${JSON.stringify(entry)})
    const globals = Object.getOwnPropertyNames(globalThis).filter((name) => !before.has(name))
    console.log(JSON.stringify({ exports: Object.keys(module).sort(), globals }))
    process.exit()`
  const command = ['--input-type=module', '--eval', script]
  return JSON.parse(execFileSync(process.execPath, command, { cwd: root, encoding: 'utf8' }))
}

test('importing the package in Node touches no browser global and leaves none', () => {
  const { exports, globals } = importInNode('windowshop')
  expect(exports).toContain('createRecommender')
  expect(globals).toEqual([])
})

test('importing the tools in Node touches no browser global and leaves none', () => {
  const { exports, globals } = importInNode('windowshop/inspect')
  expect(exports.length).toBeGreaterThan(0)
  expect(globals).toEqual([])
})

test.each([
  'windowshop.js',
  'windowshop.core.js',
  'windowshop.extras.js',
  'windowshop.profile.js',
  'windowshop.worker.js',
  'windowshop-sw.js',
])('bundlers find windowshop/%s by its name', (file) => {
  const script = `console.log(import.meta.resolve('windowshop/${file}'))`
  const resolved = execFileSync(process.execPath, ['--input-type=module', '--eval', script], { cwd: root })
  expect(resolved.toString().trim()).toMatch(new RegExp(`/dist/${file}$`))
})

test("a shop's own Vite build takes the worker along", async () => {
  const folder = await mkdtemp(join(tmpdir(), 'windowshop-shop-'))
  try {
    await mkdir(join(folder, 'node_modules'))
    await symlink(root, join(folder, 'node_modules/windowshop'))
    await writeFile(join(folder, 'index.html'), '<script type="module" src="main.js"></script>')
    await writeFile(join(folder, 'main.js'), `import { createRecommender } from 'windowshop'; createRecommender({})`)
    await build({ root: folder, configFile: false, logLevel: 'error', build: { assetsInlineLimit: 0 } })
    const assets = await readdir(join(folder, 'dist/assets'))
    const worker = assets.find((name) => name.startsWith('windowshop.worker-'))!
    const built = await readFile(join(folder, 'dist/assets', worker))
    expect(built.equals(await readFile(join(root, 'dist/windowshop.worker.js')))).toBe(true)
    const page = await readFile(
      join(
        folder,
        'dist/assets',
        assets.find((name) => name.startsWith('index-'))!,
      ),
      'utf8',
    )
    expect(page).toContain(worker)
  } finally {
    await rm(folder, { recursive: true })
  }
})

test('the command of the package lists what it can do', () => {
  const help = execFileSync(process.execPath, [join(root, 'dist/cli.js'), '--help'], { encoding: 'utf8' })
  for (const command of ['generate', 'build', 'inspect']) expect(help).toMatch(new RegExp(`^  ${command} `, 'm'))
})
