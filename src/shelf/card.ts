import type { ShelfItem } from '../core/shelf.ts'
import { createElement, createIcon } from './create-element.ts'
import { plainText } from '../core/plain-text.ts'
import { reasonLines } from './reason-lines.ts'
import { safeUrl } from './safe-url.ts'
import type { Strings } from './strings.ts'

export interface CardWords {
  readonly strings: Strings
  readonly language: string
  /** Where the shop makes its cards itself: puts the item's into the light tree, and names its slot. */
  readonly own?: ((item: ShelfItem) => string) | undefined
}

const cross = 'M6 6l12 12M18 6L6 18'
const question = 'M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18M12 16v-4.5M12 8h.01'

/** What the card was made from, by its element: an update with the same leaves it alone, and the focus in it. */
const made = new WeakMap<Element, string>()

/** Fills a list element with an item's card, and with the item's reasons where they are `open`. */
export function fillCard(
  element: HTMLElement,
  item: ShelfItem,
  { open, ...words }: CardWords & { open: boolean },
): void {
  const { why, notForMe } = words.strings
  const source = JSON.stringify([item.card, item.price, item.reasons.length > 0, why, notForMe])
  if (made.get(element) !== source) {
    made.set(element, source)
    element.replaceChildren(...cardParts(item, words))
  }
  const panel = element.querySelector('.panel')
  element.querySelector('.why')?.setAttribute('aria-expanded', `${open}`)
  if (!open) panel?.remove()
  else if (panel) panel.lastElementChild!.replaceWith(reasonList(item, words))
  else element.append(createPanel(item, words))
}

function cardParts(item: ShelfItem, { strings, own }: CardWords): HTMLElement[] {
  const { card, price = '', reasons } = item
  const title = plainText(card.title) || card.id
  const why = reasons.length > 0 ? [createButton('why', question, [strings.why, title])] : []
  const dismiss = createButton('dismiss', cross, [strings.notForMe, title])
  if (own) return [createElement('slot', { name: own(item) }), ...why, dismiss]
  const picture = createElement('span', { class: 'picture', part: 'picture' }, createPicture(card.image, title))
  const name = createElement('span', { class: 'title', part: 'title', dir: 'auto' }, title)
  const amount = createElement('span', { class: 'price', part: 'price' }, price)
  return [
    createElement('a', { class: 'link', part: 'link', href: safeUrl(card.url) }, picture, name),
    createElement('div', { class: 'foot' }, amount, ...why),
    dismiss,
  ]
}

/** A letter stands in for a picture that there is not. */
function createPicture(image: string | undefined, title: string): Node | string {
  const src = safeUrl(image)
  if (!src) return createElement('span', { 'aria-hidden': 'true' }, [...title][0]!.toUpperCase())
  // `loading` must stand before `src`.
  return createElement('img', { part: 'image', alt: '', loading: 'lazy', decoding: 'async', src })
}

function createPanel(item: ShelfItem, words: CardWords): HTMLElement {
  const { why, close } = words.strings
  const foot = createElement(
    'div',
    { class: 'foot' },
    createElement('bdi', {}, why),
    createButton('close', cross, [close]),
  )
  const attributes = { class: 'panel', part: 'reasons', role: 'group', 'aria-label': why }
  return createElement('div', attributes, foot, reasonList(item, words))
}

function reasonList(item: ShelfItem, { strings, language }: CardWords): HTMLElement {
  const lines = reasonLines(item, strings, language).map(({ share, text, kind }) =>
    // Of its own direction: the words may be of another language than the page.
    createElement('li', { class: kind }, createElement('bdi', {}, createElement('b', {}, share), ` ${text}`)),
  )
  return createElement('ul', { role: 'list' }, ...lines)
}

function createButton(name: string, icon: string, label: readonly string[]): HTMLElement {
  const attributes = { type: 'button', class: name, part: name, title: label[0], 'aria-label': label.join(' ') }
  return createElement('button', attributes, createIcon(icon))
}
