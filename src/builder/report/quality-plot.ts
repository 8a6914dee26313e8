import * as Plot from '@observablehq/plot'
import type { Estimate } from '../evaluate/judge.ts'
import { colors, draw, percent } from './draw.ts'
import type { Markup } from '../html.ts'
import { modelWords } from './model-words.ts'

/** A model and how good it is. */
export interface Ranked {
  readonly model: string
  readonly estimate: Estimate
}

const rowHeight = 27

/** Models by quality, the best on top, each with its interval; `own` stands out. */
export function qualityPlot(ranked: readonly Ranked[], own: string, label: string): Markup {
  const points = ranked
    .toSorted((a, b) => b.estimate.value - a.estimate.value)
    .map(({ model, estimate: { value, interval } }) => ({
      model,
      name: modelWords(model).name,
      value,
      low: interval[0],
      high: interval[1],
    }))
  const color = ({ model }: (typeof points)[number]) =>
    model === own ? colors.own : model === 'popular' ? colors.floor : colors.others
  return draw(`${label}: ${points.map(({ name, value }) => `${name} ${percent(value)}`).join(', ')}`, ({ narrow }) => ({
    height: 34 + rowHeight * points.length,
    marginLeft: narrow ? 164 : 200,
    marginRight: 56,
    marginTop: 6,
    marginBottom: 28,
    x: {
      domain: [0, Math.max(...points.map(({ high }) => high))],
      ticks: narrow ? 3 : 8,
      tickFormat: (share: number) => percent(share, 0),
      label: null,
    },
    y: { domain: points.map(({ name }) => name), label: null, tickSize: 0, tickPadding: 10, padding: 0.3 },
    marks: [
      Plot.gridX({ stroke: 'var(--line)', strokeOpacity: 1, ticks: narrow ? 3 : 8 }),
      Plot.link(points, {
        x1: 'low',
        x2: 'high',
        y: 'name',
        stroke: color,
        strokeWidth: 7,
        strokeOpacity: 0.3,
        strokeLinecap: 'round',
      }),
      Plot.dot(points, {
        x: 'value',
        y: 'name',
        r: 5,
        fill: color,
        title: ({ name, value, low, high }) =>
          `${name}: ${percent(value, 2)}, with 95 % certainty ${percent(low, 2)} to ${percent(high, 2)}`,
      }),
      Plot.text(points, {
        x: 'high',
        y: 'name',
        text: ({ value }) => percent(value),
        textAnchor: 'start',
        dx: 10,
        fill: ({ model }) => (model === own ? colors.own : 'currentColor'),
        fontWeight: 600,
      }),
    ],
  }))
}
