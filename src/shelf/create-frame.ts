import { createElement } from './create-element.ts'

/** The parts of a shelf that never change. */
export interface Frame {
  readonly frame: HTMLElement
  /** The place of the shop's HTML. */
  readonly slot: HTMLSlotElement
  /** The place of blank cards. */
  readonly blanks: HTMLElement
  readonly shelf: HTMLElement
  readonly heading: HTMLElement
  readonly list: HTMLElement
  /** What is announced. */
  readonly status: HTMLElement
}

export function createFrame(): Frame {
  const slot = createElement('slot', { class: 'space' })
  const blanks = createElement('div', { class: 'space blanks', 'aria-hidden': 'true' })
  const heading = createElement('h2', { class: 'head', part: 'heading', id: 'head' })
  const list = createElement('ul', { class: 'list', part: 'list', role: 'list' })
  const shelf = createElement('section', { class: 'shelf', part: 'shelf', 'aria-labelledby': 'head' }, heading, list)
  const status = createElement('p', { class: 'status', role: 'status' })
  const frame = createElement('div', { class: 'frame' }, slot, blanks, shelf, status)
  return { frame, slot, blanks, shelf, heading, list, status }
}

/** As many blank cards as will come, of the same size, under a blank heading. */
export function createBlanks(count: number): Node[] {
  const parts = ['picture', 'title', 'foot']
  const cards = Array.from({ length: count }, () =>
    createElement('div', { class: 'card' }, ...parts.map((name) => createElement('div', { class: name }))),
  )
  return [createElement('div', { class: 'head' }, '\u00a0'), createElement('div', { class: 'list' }, ...cards)]
}
