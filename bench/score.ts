// `npm run --silent bench:score -- --items N --dims D --k 20 [--queries Q] --json`: how long scoring takes, beside rivals on
// the same data in the same page, and beside the floor: kernels that only read the same bytes.
import { parseArgs } from 'node:util'
import { openBench } from './score/run-in-browser.ts'
import { scoreTable } from './score/score-table.ts'

const { values } = parseArgs({
  options: {
    items: { type: 'string', default: '100000' },
    dims: { type: 'string', default: '64' },
    k: { type: 'string', default: '20' },
    queries: { type: 'string', default: '1' },
    seed: { type: 'string', default: '1' },
    /** Milliseconds to spend on each contender. */
    budget: { type: 'string', default: '1500' },
    /** Contenders by name, separated by commas; default: all. */
    only: { type: 'string', default: '' },
    /** Seconds that building an index may take. */
    'build-limit': { type: 'string', default: '60' },
    /** Let TensorFlow.js use several threads, which a shop's page does not have. */
    threads: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
})
const settings = {
  items: whole('items', values.items),
  dims: whole('dims', values.dims),
  k: whole('k', values.k),
  queries: whole('queries', values.queries),
  seed: whole('seed', values.seed),
  budget: whole('budget', values.budget),
  buildLimit: 1000 * whole('build-limit', values['build-limit']),
  only: values.only.split(',').filter(Boolean),
  threads: values.threads,
}

const bench = await openBench()
try {
  const { adapter, rows } = await bench.measure(settings)
  const { items, dims, k, queries } = settings
  const result = { adapter, items, dims, k, queries, rows }
  console.log(values.json ? JSON.stringify(result) : scoreTable(result))
} finally {
  await bench.close()
}

function whole(name: string, text: string): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1) throw new Error(`--${name} must be a whole number above 0, got ${text}`)
  return value
}
