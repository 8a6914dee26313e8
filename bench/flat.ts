// `npm run --silent bench:flat -- --requests 100000`: whether many requests leave heap, WebAssembly memory, GPU buffers and
// tensors as they were, on a real page with a real worker. Exits with 1 where something has grown by more than 5 %.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { chromium } from 'playwright'
import { chromiumFlags, ensureChromium } from '../scripts/browser.ts'
import { ensureOutputs } from '../scripts/outputs.ts'
import { ensureSampleFolder } from '../scripts/sample-folder.ts'
import { silent } from '../src/builder/progress.ts'
import { mostGrowth, warmUp, type Growth } from './flat/measure-growth.ts'
import { measureScorer } from './flat/measure-scorer.ts'

const root = join(import.meta.dirname, '..')
const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '100000' },
    items: { type: 'string', default: '2000' },
    /** `wasm`, `webgpu`, `plain`, or several with commas between them, each with as many requests. */
    scorer: { type: 'string', default: 'wasm,webgpu' },
    json: { type: 'boolean', default: false },
  },
})
const requests = Number(values.requests)
const shop = join(root, '.cache/bench', `shop-${values.items}-1`)
const say = (line: string) => console.error(line)

await ensureSampleFolder(shop, { items: Number(values.items), seed: 1, pictures: false }, silent)
await ensureOutputs(['scorers', 'tensorflow', 'models', 'late', 'worker', 'extras', 'page'], say)
const { items } = JSON.parse(await readFile(join(shop, 'catalogue.json'), 'utf8')) as { items: { id: string }[] }
const browser = await chromium.launch({ executablePath: ensureChromium(), args: chromiumFlags })
const results: Growth[] = []
try {
  for (const scorer of values.scorer.split(',')) results.push(await measure(scorer))
} finally {
  await browser.close()
}
console.log(values.json ? JSON.stringify(results) : results.map(describe).join('\n\n'))
const grown = results.some(({ growth }) => Object.values(growth).some((share) => share > mostGrowth))
process.exitCode = grown ? 1 : 0

function measure(scorer: string): Promise<Growth> {
  say(`${requests} requests with ${scorer}`)
  return measureScorer(browser, {
    pages: join(root, '.cache/bench/flat-pages'),
    bundle: join(shop, 'bundle'),
    scorer,
    items: items.slice(0, 500).map(({ id }) => id),
    requests,
    warmUp,
    say,
  })
}

function describe({ scorer, requests: asked, filled, before, after, growth }: Growth): string {
  const lines = Object.entries(growth).map(([name, share]) => {
    const [from, to] = [before, after].map((seen) => Math.round(seen[name as keyof typeof seen]).toLocaleString('en'))
    return `${name.padEnd(14)} ${from!.padStart(12)} ${to!.padStart(12)} ${(100 * share).toFixed(2).padStart(8)} %`
  })
  return [
    `${scorer}: ${asked.toLocaleString('en')} requests after the warm-up; ${filled} filled shelves in all`,
    ...lines,
  ].join('\n')
}
