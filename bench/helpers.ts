// `npm run --silent bench:helpers -- [--sizes 10000,100000,1000000] [--k 20] [--json]`: whether a second worker that holds half of
// the table makes a request faster. DESIGN.md tells what came of it.
import { parseArgs } from 'node:util'
import type { HelperRow } from './score/measure-helpers.ts'
import { openBench } from './score/run-in-browser.ts'

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '10000,100000,1000000' },
    k: { type: 'string', default: '20' },
    json: { type: 'boolean', default: false },
  },
})

const bench = await openBench()
try {
  const rows: HelperRow[] = []
  for (const items of values.sizes.split(',').map(Number)) rows.push(await bench.helpers(items, Number(values.k)))
  if (values.json) console.log(JSON.stringify(rows))
  else console.table(rows)
} finally {
  await bench.close()
}
