import type { Row } from './page.ts'

export interface ScoreResult {
  readonly adapter: string
  readonly items: number
  readonly dims: number
  readonly k: number
  readonly queries: number
  readonly rows: readonly Row[]
}

/** The rows as a Markdown table, with each one's ratio to the WASM scorer. */
export function scoreTable({ adapter, items, dims, k, queries, rows }: ScoreResult): string {
  const own = rows.find(({ name }) => name === 'windowshop/wasm')?.median_ms
  const lines = rows.map(({ name, median_ms, p95_ms, recall, build_ms, bytes, failed }) => {
    const ratio = own && median_ms !== null ? `${number(median_ms / own)} x` : ''
    const cells = failed
      ? [failed, '', '', '', '', '']
      : [
          number(median_ms!),
          number(p95_ms!),
          ratio,
          recall === null ? '' : recall.toFixed(3),
          number(build_ms! / 1000),
          number(bytes! / 1e6),
        ]
    return `| ${[`\`${name}\``, ...cells].join(' | ')} |`
  })
  const each = queries === 1 ? 'one query' : `${queries} queries`
  return [
    `${items.toLocaleString('en')} items, ${dims} dimensions, top ${k}, ${each}; GPU: ${adapter}`,
    '',
    '| | median, ms | p95, ms | to ours | recall | build, s | MB |',
    '|---|--:|--:|--:|--:|--:|--:|',
    ...lines,
  ].join('\n')
}

/** Three digits. */
function number(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(3)))
}
