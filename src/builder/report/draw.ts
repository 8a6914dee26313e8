import * as Plot from '@observablehq/plot'
import { parseHTML } from 'linkedom'
import { html, Markup } from '../html.ts'

/** The widths at which every plot is drawn: for a phone and for a desk. A scaled one would have letters too small, or too large. */
const widths = { narrow: 342, wide: 824 } as const

/** What a plot's place on the page decides. */
export interface Frame {
  readonly width: number
  readonly narrow: boolean
}

/** Colours as the page's style knows them. */
export const colors = {
  own: 'var(--accent)',
  rival: 'var(--cool)',
  floor: 'var(--warm)',
  others: 'var(--quiet)',
  soft: 'var(--ink-soft)',
} as const

/** A plot as SVG, once for narrow and once for wide windows; `label` says to a screen reader what it shows. */
export function draw(label: string, options: (frame: Frame) => Plot.PlotOptions): Markup {
  return html`${drawAt('narrow', label, options)}${drawAt('wide', label, options)}`
}

function drawAt(size: keyof typeof widths, label: string, options: (frame: Frame) => Plot.PlotOptions): Markup {
  const { document } = parseHTML('<!doctype html><html><body></body></html>')
  const width = widths[size]
  const svg = Plot.plot({
    document,
    width,
    style: { background: 'none', color: 'inherit', fontFamily: 'inherit', fontSize: '12px', overflow: 'visible' },
    ...options({ width, narrow: size === 'narrow' }),
  })
  // The label of the whole speaks for all marks.
  for (const mark of svg.querySelectorAll('g')) {
    for (const name of ['aria-label', 'aria-description', 'aria-hidden']) mark.removeAttribute(name)
  }
  svg.setAttribute('class', `plot ${size}`)
  svg.setAttribute('role', 'img')
  svg.setAttribute('aria-label', label)
  // Its own sheet repeats what the page's says.
  svg.querySelector('style')?.remove()
  return new Markup(svg.outerHTML)
}

export function percent(share: number, digits = 1): string {
  return `${(100 * share).toFixed(digits)}\u00a0%`
}
