// `npm run --silent bench:filters -- [--items N] [--json]`: how long a filter takes to become a bitmap, in headless Chromium.
import { parseArgs } from 'node:util'
import { openBench } from './score/run-in-browser.ts'

const { values } = parseArgs({
  options: {
    items: { type: 'string', default: '100000' },
    json: { type: 'boolean', default: false },
  },
})

const bench = await openBench()
try {
  const items = Number(values.items)
  const rows = await bench.filters(items)
  const per100000 = (ms: number) => (ms * 100_000) / items
  const result = { items, most_ms_per_100000: Math.max(...rows.map((row) => per100000(row.median_ms))), rows }
  if (values.json) console.log(JSON.stringify(result))
  else {
    console.table(rows)
    console.log(`at most ${result.most_ms_per_100000.toFixed(3)} ms per 100,000 items`)
  }
} finally {
  await bench.close()
}
