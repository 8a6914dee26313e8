import * as Plot from '@observablehq/plot'
import type { ColdStartPoint } from '../evaluate/cold-start.ts'
import { draw, percent } from './draw.ts'
import type { Markup } from '../html.ts'
import { modelWords } from './model-words.ts'

/** A model's curve, in its colour. */
export interface Curve {
  readonly model: string
  readonly color: string
  readonly points: readonly ColdStartPoint[]
}

/** How much is found by how many events are known; the first curve with its interval. */
export function coldStartPlot(curves: readonly Curve[]): Markup {
  const lines = curves.map(({ model, color, points }) => ({
    name: modelWords(model).name,
    color,
    points: points.map(({ events, recall: { value, interval } }) => ({
      events: String(events),
      value,
      low: interval[0],
      high: interval[1],
    })),
  }))
  const [first] = lines
  const highest = Math.max(...lines.flatMap(({ points }) => points.map(({ high }) => high)))
  const label = lines
    .map(
      ({ name, points }) => `${name} ${points.map(({ events, value }) => `${percent(value)} (${events})`).join(', ')}`,
    )
    .join('; ')
  return draw(`Found by number of known events: ${label}`, ({ narrow }) => ({
    height: narrow ? 250 : 320,
    marginLeft: 44,
    marginRight: 20,
    marginBottom: 46,
    x: {
      type: 'point',
      label: 'events that are known of the visitor',
      labelAnchor: 'center',
      labelArrow: false,
      tickSize: 0,
    },
    y: { domain: [0, highest], ticks: 5, tickFormat: (share: number) => percent(share, 0), label: null, tickSize: 0 },
    marks: [
      Plot.gridY({ stroke: 'var(--line)', strokeOpacity: 1, ticks: 5 }),
      ...(first
        ? [Plot.areaY(first.points, { x: 'events', y1: 'low', y2: 'high', fill: first.color, fillOpacity: 0.14 })]
        : []),
      ...lines.toReversed().flatMap(({ name, color, points }) => [
        Plot.line(points, { x: 'events', y: 'value', stroke: color, strokeWidth: 2.5 }),
        Plot.dot(points, {
          x: 'events',
          y: 'value',
          r: 4.5,
          fill: color,
          title: ({ events, value }) => `${name}, ${events} events known: ${percent(value, 2)}`,
        }),
      ]),
    ],
  }))
}
