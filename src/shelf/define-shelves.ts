import { connectShelves } from './connect.ts'
import type { ShelfSource } from './connect.ts'
import { ShelfElement } from './shelf-element.ts'

/**
 * Defines `<windowshop-shelf>`, once, and connects the page's shelves with `source` where one is given. Until they are
 * connected, and wherever nothing better is known, a shelf shows the HTML that the shop put in it.
 */
export function defineShelves(source?: ShelfSource): void {
  if (!customElements.get('windowshop-shelf')) customElements.define('windowshop-shelf', ShelfElement)
  if (source) connectShelves(source)
}
