// `npm run engines`: the tests of the other engines, and from their report what held in which, as a table in Markdown.
import { readFileSync } from 'node:fs'

interface Report {
  readonly testResults: readonly {
    readonly assertionResults: readonly {
      readonly ancestorTitles: string[]
      readonly title: string
      readonly status: string
    }[]
  }[]
}

const report = JSON.parse(readFileSync('.cache/report-engines.json', 'utf8')) as Report
const engines = ['Chromium', 'Firefox', 'WebKit'] as const
const rows = new Map<string, Map<string, boolean>>()
for (const { ancestorTitles, title, status } of report.testResults.flatMap((suite) => suite.assertionResults)) {
  const engine = engines.find((name) => ancestorTitles.at(-1)?.includes(` ${name}`))
  if (!engine) continue
  const row = rows.get(title) ?? new Map<string, boolean>()
  rows.set(title, row.set(engine, status === 'passed'))
}
const cell = (held?: boolean) => (held === undefined ? '-' : held ? 'holds' : 'fails')
console.log(`| | ${engines.join(' | ')} |\n|---|${'---|'.repeat(engines.length)}`)
for (const [title, held] of rows)
  console.log(`| ${title} | ${engines.map((name) => cell(held.get(name))).join(' | ')} |`)
