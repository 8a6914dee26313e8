import * as Plot from '@observablehq/plot'
import type { TrainingPoint } from '../evaluate/model.ts'
import { draw } from './draw.ts'
import type { Markup } from '../html.ts'
import { modelWords } from './model-words.ts'

/** How training went: each model's loss by epoch, in its colour. */
export function trainingPlot(
  curves: readonly { readonly model: string; readonly color: string; readonly points: readonly TrainingPoint[] }[],
): Markup {
  const last = ({ points }: (typeof curves)[number]) => points.at(-1)!.loss.toFixed(2)
  const label = curves.map((curve) => `${modelWords(curve.model).name} ends at ${last(curve)}`).join(', ')
  const losses = curves.flatMap(({ points }) => points.map(({ loss }) => loss))
  const epochs = Math.max(...curves.map(({ points }) => points.length))
  return draw(`Loss by epoch: ${label}`, ({ narrow }) => ({
    height: narrow ? 220 : 260,
    marginLeft: 44,
    marginRight: 20,
    marginBottom: 46,
    x: {
      label: 'epoch',
      labelAnchor: 'center',
      labelArrow: false,
      ticks: Array.from({ length: epochs }, (_, at) => at + 1),
      tickFormat: 'd',
      tickSize: 0,
    },
    y: { domain: [Math.min(...losses), Math.max(...losses)], nice: true, ticks: 5, label: null, tickSize: 0 },
    marks: [
      Plot.gridY({ stroke: 'var(--line)', strokeOpacity: 1, ticks: 5 }),
      ...curves.flatMap(({ model, color, points }) => [
        Plot.line(points, { x: 'epoch', y: 'loss', stroke: color, strokeWidth: 2.5 }),
        Plot.dot(points, {
          x: 'epoch',
          y: 'loss',
          r: 4,
          fill: color,
          title: ({ epoch, loss }: TrainingPoint) => `${modelWords(model).name}, epoch ${epoch}: ${loss.toFixed(3)}`,
        }),
      ]),
    ],
  }))
}
