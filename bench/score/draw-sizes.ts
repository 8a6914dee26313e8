import * as Plot from '@observablehq/plot'
import { parseHTML } from 'linkedom'
import type { ScoreResult } from './score-table.ts'

interface Point {
  readonly name: string
  readonly items: number
  readonly ms: number
}

/** Readable on white and on black. */
const own = '#e5484d'
const floor = '#12a594'
const rival = '#8b8d98'

const decades = [0.001, 0.01, 0.1, 1, 10, 100, 1000, 10_000, 100_000]

/** Median time against catalogue size, both logarithmic, as an SVG that stands on a light or a dark page. */
export function drawSizes(results: readonly ScoreResult[]): string {
  // The clock has steps of 5 microseconds: what took less has no place on a logarithmic axis.
  const points = results.flatMap(({ items, rows }) =>
    rows.flatMap(({ name, median_ms }): Point[] => (!median_ms ? [] : [{ name, items, ms: median_ms }])),
  )
  const times = points.map(({ ms }) => ms)
  const sizes = results.map(({ items }) => items)
  const color = ({ name }: Point) => (name.startsWith('windowshop/') ? own : name.startsWith('floor/') ? floor : rival)
  const dash = ({ name }: Point) => (name.startsWith('floor/') ? '3 3' : name.endsWith('/webgpu') ? '8 3' : '')
  const { document } = parseHTML('<!doctype html><html><body></body></html>')
  const svg = Plot.plot({
    document,
    width: 860,
    height: 520,
    marginLeft: 56,
    marginRight: 150,
    marginBottom: 44,
    style: { background: 'none', color: '' },
    x: { type: 'log', label: 'items', ticks: sizes, tickFormat: (items: number) => items.toLocaleString('en') },
    y: {
      type: 'log',
      label: 'milliseconds a query, median',
      grid: true,
      ticks: decades.filter((ms) => ms >= Math.min(...times) && ms <= Math.max(...times)),
      tickFormat: (ms: number) => ms.toLocaleString('en'),
    },
    marks: [
      ...[...new Set(points.map(({ name }) => name))].map((name) => {
        const line = points.filter((point) => point.name === name)
        const stroke = color(line[0]!)
        return Plot.line(line, {
          x: 'items',
          y: 'ms',
          stroke,
          strokeWidth: stroke === own ? 3 : 1.5,
          strokeDasharray: dash(line[0]!),
        })
      }),
      Plot.dot(points, { x: 'items', y: 'ms', r: 3, fill: color }),
      ...labels(points).map(({ point, y }) =>
        Plot.text([{ ...point, y }], {
          x: 'items',
          y: 'y',
          text: 'name',
          fill: color(point),
          fontWeight: color(point) === own ? 700 : 400,
          textAnchor: 'start',
          dx: 8,
        }),
      ),
    ],
  })
  svg.setAttribute('xmlns', 'http://www.w3.org/2000/svg')
  svg.setAttribute('role', 'img')
  svg.setAttribute('aria-label', 'Time of one query against the number of items')
  const style = '<style>svg{color:#1c2024}@media(prefers-color-scheme:dark){svg{color:#edeef0}}</style>'
  return `${svg.outerHTML.replace('>', `>${style}`)}\n`
}

/** The last point of each contender, and where on the axis its name stands so that no two overlap. */
function labels(points: readonly Point[]): { point: Point; y: number }[] {
  const last = [...new Map(points.map((point) => [point.name, point])).values()].sort((a, b) => a.ms - b.ms)
  const range = Math.log(Math.max(...points.map(({ ms }) => ms)) / Math.min(...points.map(({ ms }) => ms)))
  const step = Math.exp((range * 13) / 440)
  const placed: { point: Point; y: number }[] = []
  for (const point of last) {
    const below = placed.filter((other) => other.point.items === point.items).at(-1)
    placed.push({ point, y: below ? Math.max(point.ms, below.y * step) : point.ms })
  }
  return placed
}
