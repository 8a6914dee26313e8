import type * as Library from '@observablehq/plot'
import { once } from './once.ts'

export type PlotLook =
  | {
      readonly kind: 'lines' | 'dots'
      readonly label: string
      readonly x: string
      readonly y: string
      readonly points: readonly { readonly x: number; readonly y: number; readonly name: 'A' | 'B' }[]
      /** For dots: the largest place, and what stands beyond it. */
      readonly most?: number
      readonly none?: string
    }
  | {
      readonly kind: 'histogram'
      readonly label: string
      readonly x: string
      readonly y: string
      readonly values: readonly number[]
    }

/** Plots by the name of the element that they are drawn into. */
export type Plots = Record<string, PlotLook>

const height = 200
/** The plotting library is larger than all the rest, and comes when the first plot is looked at. */
const library = once(() => import('@observablehq/plot'))
const drawn = new WeakMap<Element, string>()

/** Draws into every `[data-plot]` of a view; what is drawn already stays. */
export function drawPlots(root: ParentNode, plots: Plots): void {
  for (const element of root.querySelectorAll<HTMLElement>('[data-plot]')) {
    const look = plots[element.dataset['plot']!]
    const width = element.clientWidth
    const basis = JSON.stringify([look, width])
    if (!look || width === 0 || drawn.get(element) === basis) continue
    drawn.set(element, basis)
    void library().then((plot) => {
      if (drawn.get(element) === basis) element.replaceChildren(asPicture(draw(plot, look, width), look.label))
    })
  }
}

/** One picture with a name, for screen readers: the library names its parts, which mean nothing alone. */
function asPicture(plot: Element, label: string): Element {
  for (const part of plot.querySelectorAll('[aria-label]')) part.removeAttribute('aria-label')
  plot.setAttribute('role', 'img')
  plot.setAttribute('aria-label', label)
  return plot
}

function draw(Plot: typeof Library, look: PlotLook, width: number): Element {
  const frame = {
    width,
    height,
    marginLeft: 44,
    marginBottom: 36,
    ariaLabel: look.label,
    style: { background: 'none' },
  }
  if (look.kind === 'histogram') {
    const marks = [
      Plot.rectY([...look.values], { ...Plot.binX({ y: 'count' }, { thresholds: 24 }), fill: 'var(--cool)' }),
      Plot.ruleY([0]),
      Plot.ruleX([0], { strokeDasharray: '3 3' }),
    ]
    return Plot.plot({ ...frame, x: { label: look.x }, y: { label: look.y, grid: true }, marks })
  }
  const color = { domain: ['A', 'B'], range: ['var(--cool)', 'var(--warm)'], legend: true }
  const points = [...look.points]
  if (look.kind === 'lines') {
    const marks = [
      Plot.ruleY([0]),
      Plot.lineY(points, { x: 'x', y: 'y', stroke: 'name', strokeWidth: 2, curve: 'step-after' }),
    ]
    return Plot.plot({ ...frame, color, x: { label: look.x }, y: { label: look.y, domain: [0, 1], grid: true }, marks })
  }
  const { most = 20, none = '' } = look
  const dots = { x: 'x', y: 'y', stroke: 'name', symbol: 'name', strokeWidth: 1.5, r: 4 }
  const y = {
    label: look.y,
    domain: [most + 1, 1],
    ticks: [1, 5, 10, 15, most + 1].filter((tick) => tick <= most + 1),
    tickFormat: (place: number) => (place > most ? none : String(place)),
    grid: true,
  }
  return Plot.plot({
    ...frame,
    marginLeft: 64,
    color,
    symbol: { domain: ['A', 'B'], range: ['circle', 'times'] },
    x: { label: look.x, tickFormat: (item: number) => (Number.isInteger(item) ? String(item) : '') },
    y,
    marks: [Plot.dot(points, dots)],
  })
}
