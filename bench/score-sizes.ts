// `npm run --silent bench:score-sizes -- --plot docs/scoring.svg --markdown`: time against the size of the catalogue, for the
// README's plot and its table.
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { parseArgs } from 'node:util'
import { installRivals } from './install-rivals.ts'
import { openBench } from './score/run-in-browser.ts'
import { scoreTable, type ScoreResult } from './score/score-table.ts'

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '1000,10000,100000,1000000' },
    dims: { type: 'string', default: '64' },
    k: { type: 'string', default: '20' },
    queries: { type: 'string', default: '1' },
    budget: { type: 'string', default: '1500' },
    'build-limit': { type: 'string', default: '300' },
    only: { type: 'string', default: '' },
    /** Where to draw the plot. */
    plot: { type: 'string' },
    /** Print tables instead of JSON. */
    markdown: { type: 'boolean', default: false },
  },
})

await installRivals()
const bench = await openBench()
const results: ScoreResult[] = []
try {
  for (const items of values.sizes.split(',').map(Number)) {
    const { adapter, rows } = await bench.measure({
      items,
      dims: Number(values.dims),
      k: Number(values.k),
      queries: Number(values.queries),
      seed: 1,
      budget: Number(values.budget),
      buildLimit: 1000 * Number(values['build-limit']),
      only: values.only.split(',').filter(Boolean),
      threads: false,
    })
    const { dims, k, queries } = values
    results.push({ adapter, items, dims: Number(dims), k: Number(k), queries: Number(queries), rows })
  }
} finally {
  await bench.close()
}
if (values.plot) {
  // Loaded late: `installRivals` may have installed what it imports.
  const { drawSizes } = await import('./score/draw-sizes.ts')
  await mkdir(dirname(values.plot), { recursive: true })
  await writeFile(values.plot, drawSizes(results))
}
console.log(values.markdown ? results.map(scoreTable).join('\n\n') : JSON.stringify(results))
