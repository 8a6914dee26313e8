// `npm run --silent bench:score-node -- [--items N] [--dims D] [--k K] [--json]`: the GPU scorer without a browser, on the
// `webgpu` package, beside its floor: a kernel that only reads the same bytes, and a submit that does nothing. Answers are
// compared with the oracle. Needs a Vulkan, Metal or Direct3D driver; `--software` takes the one that comes with Chromium.
import { spawnSync } from 'node:child_process'
import { existsSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { ensureChromium } from '../scripts/browser.ts'
import { installRivals } from './install-rivals.ts'
import { measureOnGpu } from './score/measure-on-gpu.ts'

const { values } = parseArgs({
  options: {
    items: { type: 'string', default: '1000000' },
    dims: { type: 'string', default: '64' },
    k: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
    /** Milliseconds to spend on each measurement. */
    budget: { type: 'string', default: '3000' },
    software: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
})

const bench = import.meta.dirname
const DRIVER = 'VK_DRIVER_FILES'
if (values.software && !process.env[DRIVER]) process.exit(runWithSoftwareDriver())

const gpu = await openPackage()
const { items, dims, k, seed, budget } = values
const result = await measureOnGpu(gpu, {
  items: Number(items),
  dims: Number(dims),
  k: Number(k),
  seed: Number(seed),
  budget: Number(budget),
})
if (values.json) console.log(JSON.stringify(result))
else {
  const { rows, ...rest } = result
  console.table(rows)
  console.table(rest)
}
// The package keeps the process alive.
process.exit(result.exact ? 0 : 1)

/** The browser's WebGPU names, from the package. */
async function openPackage(): Promise<GPU> {
  await installRivals()
  const entry = join(bench, 'node_modules/webgpu/index.js')
  if (!existsSync(entry)) throw new Error(`${entry} is missing`)
  const { create, globals } = (await import(/* @vite-ignore */ pathToFileURL(entry).href)) as {
    create(options: string[]): GPU
    globals: object
  }
  Object.assign(globalThis, globals)
  const created = create([])
  // Held here, or it is collected while its devices work.
  Object.defineProperty(globalThis, 'navigator', { value: { gpu: created }, configurable: true })
  return created
}

/** The loader looks for drivers when a process starts, so this command starts itself again. */
function runWithSoftwareDriver(): number {
  const near = [dirname(realpathSync(ensureChromium())), '/usr/lib/chromium', '/usr/lib/chromium-browser']
  const folder = near.find((path) => existsSync(join(path, 'vk_swiftshader_icd.json')))
  if (!folder) throw new Error(`no vk_swiftshader_icd.json in ${near.join(', ')}`)
  const run = join(bench, '../scripts/run.mjs')
  const { status } = spawnSync(process.execPath, [run, join(bench, 'score-node.ts'), ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { ...process.env, LD_LIBRARY_PATH: folder, [DRIVER]: join(folder, 'vk_swiftshader_icd.json') },
  })
  return status ?? 1
}
