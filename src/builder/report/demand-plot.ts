import * as Plot from '@observablehq/plot'
import type { DemandForecast } from '../forecast/forecast-demand.ts'
import { horizon } from '../forecast/methods.ts'
import type { Markup } from '../html.ts'
import { colors, draw } from './draw.ts'

interface Point {
  /** Weeks from now: 0 is the last one that was sold. */
  readonly week: number
  readonly units: number
}

export const demandColors = { sold: colors.others, chosen: colors.own, rival: colors.rival } as const

/** What the whole shop sold by week; what would have been forecast for the weeks that were held out, and what is for the next ones. */
export function demandPlot({ shop, items, held_out: { shop: held } }: DemandForecast): Markup {
  const sold = shop.map((units, at): Point => ({ week: at + 1 - shop.length, units }))
  const back = (units: readonly number[]) => units.map((value, at): Point => ({ week: at + 1 - horizon, units: value }))
  const next = Array.from({ length: horizon }, (_, at): Point => ({
    week: at + 1,
    units: items.reduce(
      (sum, { weeks, likely, average }) => sum + (likely > 0 ? (average * weeks[at]!) / likely : average / horizon),
      0,
    ),
  }))
  const short = (units: number) => (units >= 1000 ? `${+(units / 1000).toPrecision(3)}k` : String(units))
  const words = (name: string, points: readonly Point[]) =>
    `${name} ${points.map(({ units }) => short(Math.round(units))).join(', ')}`
  const label = [
    words('last weeks', sold.slice(-horizon)),
    words('would have been forecast', back(held.chosen)),
    words('next weeks', next),
  ].join('; ')
  const title = (name: string) => (point: Point) => `${name}: ${Math.round(point.units).toLocaleString('en')}`
  const line = (points: readonly Point[], stroke: string, name: string) => [
    Plot.line(points, { x: 'week', y: 'units', stroke, strokeWidth: 2.5 }),
    Plot.dot(points, { x: 'week', y: 'units', r: 3.5, fill: stroke, title: title(name) }),
  ]
  return draw(`Units by week: ${label}`, ({ narrow }) => {
    const shown = sold.slice(narrow ? -13 : -39)
    return {
      height: narrow ? 250 : 320,
      marginLeft: 48,
      marginRight: 20,
      marginBottom: 46,
      x: {
        domain: [shown[0]!.week, horizon],
        label: 'weeks from now',
        labelAnchor: 'center',
        labelArrow: false,
        ticks: narrow ? 5 : 12,
        tickSize: 0,
      },
      y: {
        domain: [0, Math.max(...[...shown, ...next, ...back(held.rival)].map(({ units }) => units))],
        ticks: 5,
        tickFormat: short,
        label: null,
        tickSize: 0,
      },
      marks: [
        Plot.gridY({ stroke: 'var(--line)', strokeOpacity: 1, ticks: 5 }),
        Plot.rectX([{ from: 0.5, to: horizon }], { x1: 'from', x2: 'to', fill: colors.own, fillOpacity: 0.08 }),
        Plot.areaY(shown, { x: 'week', y: 'units', fill: colors.others, fillOpacity: 0.12 }),
        Plot.line(shown, { x: 'week', y: 'units', stroke: colors.others, strokeWidth: 2 }),
        Plot.dot(shown, { x: 'week', y: 'units', r: 2.5, fill: colors.others, title: title('sold') }),
        ...line(back(held.rival), demandColors.rival, 'rival'),
        ...line(back(held.chosen), demandColors.chosen, 'would have been forecast'),
        ...line(next, demandColors.chosen, 'forecast'),
      ],
    }
  })
}
