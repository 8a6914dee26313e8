import { html } from 'lit'
import { panel } from './panel/panel.ts'
import { shop } from './shop/shop-page.ts'
import { tourCard } from './tour/tour.ts'
import type { View } from './view.ts'

/** The whole page: the shop, and the panel that looks into it. */
export const workbench: View = (bench) =>
  html` <a class="skip" href="#shop" @click=${focusShop}>${bench.texts.skip}</a>
    <div class="shop">${shop(bench)}</div>
    ${panel(bench)} ${tourCard(bench)}
    <p class="notice" role="status" aria-live="polite">${bench.state.notice}</p>`

/** The address after `#` is the shop's route, so the link moves the focus by hand. */
function focusShop(event: Event): void {
  event.preventDefault()
  document.querySelector<HTMLElement>('#shop')?.focus()
}
