// `npm run --silent bench:encoder -- [--json]`: how long the encoder takes in a worker of headless Chromium, from the events of a
// session to the attention to each: 64 dimensions, as shipped, without TensorFlow.js.
import { parseArgs } from 'node:util'
import { openBench } from './score/run-in-browser.ts'

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } })

const bench = await openBench()
try {
  const rows = await bench.encoder()
  if (values.json) console.log(JSON.stringify(rows))
  else console.table(rows)
} finally {
  await bench.close()
}
