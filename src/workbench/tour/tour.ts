import { html, nothing, type TemplateResult } from 'lit'
import type { Bench } from '../view.ts'
import { stopNames, tourTexts, type StopName } from './tour-texts.ts'

interface Stop {
  /** What the stop is about, as a selector. */
  readonly at: string
  /** On narrow screens: whether the panel has to be up. */
  readonly sheet: boolean
  /** The view that has it is the first one. */
  readonly isNow?: boolean
}

const stops: Readonly<Record<StopName, Stop>> = {
  numbers: { at: '.panel-head', sheet: true },
  shop: { at: '#shop', sheet: false },
  lists: { at: '.comparison', sheet: true, isNow: true },
  why: { at: '.panel-section', sheet: true, isNow: true },
  switches: { at: '.stage', sheet: true },
  views: { at: '.tabs', sheet: true },
}

/** The state that a stop of the tour needs. */
export function stopOf(tour: number): Stop {
  return stops[stopNames[tour]!]
}

/** A card that stays in sight while one goes on using the page. */
export function tourCard({ state, actions }: Bench): TemplateResult | typeof nothing {
  const { tour } = state
  const name = tour === undefined ? undefined : stopNames[tour]
  if (tour === undefined || name === undefined) return nothing
  const texts = tourTexts[state.options.language]
  const [title, text] = texts.stops[name]
  const isLast = tour === stopNames.length - 1
  return html` <aside
    class="tour"
    aria-label=${texts.name}
    @keydown=${({ key }: KeyboardEvent) => key === 'Escape' && actions.tour(undefined)}
  >
    <div role="status">
      <p class="hint">${texts.step(tour + 1, stopNames.length)}</p>
      <h2>${title}</h2>
      <p>${text}</p>
    </div>
    <div class="buttons">
      <button class="button" data-tour="next" @click=${() => actions.tour(isLast ? undefined : tour + 1)}>
        ${isLast ? texts.end : texts.next}
      </button>
      <button class="button quiet" ?disabled=${tour === 0} @click=${() => actions.tour(tour - 1)}>${texts.back}</button>
      ${isLast ? nothing : html`<button class="button quiet" @click=${() => actions.tour(undefined)}>${texts.end}</button>`}
    </div>
  </aside>`
}

let shown: number | undefined

/** After each drawing: marks what the stop is about, and brings it into sight once. */
export function markStop(root: ParentNode, tour: number | undefined): void {
  const target = tour === undefined ? undefined : root.querySelector(stopOf(tour).at)
  for (const marked of root.querySelectorAll('[data-toured]')) {
    if (marked !== target) marked.removeAttribute('data-toured')
  }
  target?.setAttribute('data-toured', '')
  if (tour === shown) return
  // The keyboard goes along: to the card, and back to where it came from.
  const focused = shown === undefined ? 'next' : tour === undefined ? 'start' : undefined
  if (focused) root.querySelector<HTMLElement>(`[data-tour="${focused}"]`)?.focus()
  shown = tour
  target?.scrollIntoView({ block: 'nearest' })
}
