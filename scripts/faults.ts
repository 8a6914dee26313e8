// `npm run faults`: injects every fault, bad input and breach of privacy of the plan, and prints what held.
// `-- --release` runs the larger counts, `--only ID` some rows, `--share 0.2` a part of the counts; `--json`, `--markdown`.
import { parseArgs } from 'node:util'
import { setup } from '../test/e2e/setup.ts'
import type { FaultRow } from '../test/faults/fault-row.ts'
import { faultRows } from '../test/faults/rows.ts'
import { loadRows } from '../test/load/rows.ts'
import { runRow, seedsPerRow, type RowResult } from '../test/faults/run-row.ts'

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    /** The rows of load instead: `npm run load`. */
    load: { type: 'boolean', default: false },
    markdown: { type: 'boolean', default: false },
    release: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true },
    /** Of the first run: `--only ID --share 0 --seed SEED` runs a failure again. */
    seed: { type: 'string', default: String((Date.now() % 2000) * seedsPerRow) },
    /** Takes dist/ as it is. */
    built: { type: 'boolean', default: false },
    /** Part of the counts, each row at least once. */
    share: { type: 'string', default: '1' },
  },
})
const seed = Number(values.seed)
const share = Number(values.share)
const all = values.load ? loadRows : faultRows
const known = all.map(({ id }) => id)
const unknown = values.only?.find((id) => !known.includes(id))
if (unknown || !Number.isInteger(seed) || !(share >= 0 && share <= 1)) {
  console.error(`--only takes one of ${known.join(', ')}; --seed an integer; --share 0 to 1`)
  process.exit(2)
}

if (!values.built) await setup()
const rows = all.filter(({ id }) => !values.only || values.only.includes(id))
const results: RowResult[] = []
for (const row of rows) {
  const result = await runRow(row, { runs: values.release ? row.runs.release : row.runs.ci, share, seed })
  results.push(result)
  console.error(lineOf(row, result))
  if (result.reason) console.error(`  ${result.reason}`)
}
if (values.json) console.log(JSON.stringify({ rows: results }, null, 2))
else if (values.markdown) console.log(markdown())
const failed = results.filter((result) => result.failed > 0).length
console.error(`${results.length - failed} of ${results.length} rows held`)
// A browser that hangs must not keep the process.
process.exit(failed > 0 ? 1 : 0)

function lineOf({ fault, id }: FaultRow, { runs, failed: broken, seed: first, injected, seconds }: RowResult): string {
  const held = `${(runs - broken).toLocaleString('en')} of ${runs.toLocaleString('en')} held`
  const cells = [id.padEnd(20), held.padEnd(26), `seen ${injected.toLocaleString('en')}`.padEnd(16), `${seconds} s`]
  return `${cells.join('')}  ${fault}${first === null ? '' : `; first failure: --seed ${first}`}`
}

function markdown(): string {
  const line = ({ fault, holds, id }: FaultRow) => {
    const { runs, failed: broken } = results.find((result) => result.id === id)!
    return `| ${fault} | ${runs.toLocaleString('en')} | ${(runs - broken).toLocaleString('en')} | ${holds} |`
  }
  return ['| fault | runs | held | what holds |', '|---|---:|---:|---|', ...rows.map(line)].join('\n')
}
