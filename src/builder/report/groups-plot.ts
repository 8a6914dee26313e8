import * as Plot from '@observablehq/plot'
import type { GroupQuality } from '../evaluate/groups.ts'
import { draw, percent } from './draw.ts'
import type { Markup } from '../html.ts'
import { modelWords } from './model-words.ts'

/** A model's quality for each group, in its colour. */
export interface GroupSeries {
  readonly model: string
  readonly color: string
  readonly groups: readonly GroupQuality[]
}

/** Two models side by side for every group, their points joined; the first one's name is what the plot is about. */
export function groupsPlot(series: readonly GroupSeries[]): Markup {
  const nameOf = ({ name, cases }: GroupQuality) => `${name}\n${cases.toLocaleString('en')} shoppers`
  const points = series.flatMap(({ model, color, groups }) =>
    groups.map((group) => ({
      group: nameOf(group),
      color,
      name: modelWords(model).name,
      words: group.name,
      value: group.recall.value,
    })),
  )
  const names = [...new Set(points.map(({ group }) => group))]
  const spans = names.map((group) => {
    const values = points.filter((point) => point.group === group).map(({ value }) => value)
    return { group, low: Math.min(...values), high: Math.max(...values) }
  })
  const label = points.map(({ name, words, value }) => `${name}, ${words}: ${percent(value)}`).join('; ')
  return draw(`Found by group: ${label}`, ({ narrow }) => ({
    height: 44 + 46 * names.length,
    marginLeft: narrow ? 150 : 230,
    marginRight: 28,
    marginTop: 4,
    marginBottom: 28,
    x: {
      domain: [0, Math.max(...points.map(({ value }) => value), 0.01)],
      nice: true,
      ticks: narrow ? 3 : 8,
      tickFormat: (share: number) => percent(share, 0),
      label: null,
    },
    y: { domain: names, axis: null, padding: 0.4 },
    marks: [
      Plot.gridX({ stroke: 'var(--line)', strokeOpacity: 1, ticks: narrow ? 3 : 8 }),
      Plot.axisY({ label: null, tickSize: 0, tickPadding: 12, lineWidth: narrow ? 11 : 20 }),
      Plot.link(spans, { x1: 'low', x2: 'high', y: 'group', stroke: 'var(--line-strong)', strokeWidth: 3 }),
      Plot.dot(points.toReversed(), {
        x: 'value',
        y: 'group',
        r: 6,
        fill: 'color',
        title: ({ name, words, value }) => `${name}, ${words}: ${percent(value, 2)}`,
      }),
    ],
    color: { type: 'identity' },
  }))
}
