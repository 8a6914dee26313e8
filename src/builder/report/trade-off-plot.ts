import * as Plot from '@observablehq/plot'
import { colors, draw, percent } from './draw.ts'
import type { Markup } from '../html.ts'
import { modelWords } from './model-words.ts'

/** A model between what it finds and what that takes. */
export interface TradeOff {
  readonly model: string
  readonly x: number
  readonly found: number
}

export interface Axis {
  readonly type: 'linear' | 'log'
  readonly label: string
  readonly format: (value: number) => string
}

/** Every model as a point; those in `named` (a colour by model) with their names. */
export function tradeOffPlot(
  points: readonly TradeOff[],
  { type, label, format }: Axis,
  named: ReadonlyMap<string, string>,
): Markup {
  const shown = points.map((point) => ({ ...point, name: modelWords(point.model).name, color: named.get(point.model) }))
  const described = shown.map(({ name, x, found }) => `${name} ${percent(found)} at ${format(x)}`).join(', ')
  const values = points.map(({ x }) => x)
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const middle = type === 'log' ? Math.sqrt(low * high) : high / 2
  return draw(`Found against ${label}: ${described}`, ({ narrow }) => ({
    height: narrow ? 270 : 340,
    marginLeft: 44,
    marginRight: 24,
    marginBottom: 46,
    x: {
      type,
      ...(type === 'linear' && { domain: [0, high] }),
      nice: true,
      label,
      labelAnchor: 'center',
      labelArrow: false,
      ticks: type === 'log' ? decades(low, high) : narrow ? 4 : 8,
      tickFormat: (value: number) => format(value),
      tickSize: 0,
      inset: type === 'log' ? 14 : 0,
    },
    y: {
      domain: [0, Math.max(...points.map(({ found }) => found))],
      nice: true,
      ticks: 5,
      tickFormat: (share: number) => percent(share, 0),
      label: null,
      tickSize: 0,
    },
    marks: [
      Plot.gridY({ stroke: 'var(--line)', strokeOpacity: 1, ticks: 5 }),
      Plot.dot(shown, {
        x: 'x',
        y: 'found',
        r: ({ color }: { color?: string }) => (color ? 7 : 5),
        fill: ({ color }: { color?: string }) => color ?? colors.others,
        fillOpacity: ({ color }: { color?: string }) => (color ? 1 : 0.7),
        title: ({ name, x, found }) => `${name}: ${percent(found, 2)}, ${format(x)}`,
      }),
      ...[false, true].map((onTheLeft) =>
        Plot.text(
          shown.filter(({ color, x }) => color && x > middle === onTheLeft),
          {
            x: 'x',
            y: 'found',
            text: 'name',
            fill: 'color',
            fontWeight: 600,
            textAnchor: onTheLeft ? 'end' : 'start',
            dx: onTheLeft ? -12 : 12,
            stroke: 'var(--surface)',
            strokeWidth: 4,
          },
        ),
      ),
    ],
    r: { type: 'identity' },
    color: { type: 'identity' },
  }))
}

/** The powers of ten from one below to one above. */
function decades(low: number, high: number): number[] {
  const from = Math.floor(Math.log10(low))
  return Array.from({ length: Math.ceil(Math.log10(high)) - from + 1 }, (_, at) => 10 ** (from + at))
}
