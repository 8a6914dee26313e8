import { html, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { Catalogue, Product } from '../catalogue.ts'
import { hrefOf } from '../routes.ts'
import type { Bench } from '../view.ts'
import { minusIcon, plusIcon } from './icons.ts'
import { picture } from './product-card.ts'
import { ownShelf, shelf } from './shelf.ts'

export function cartPage(catalogue: Catalogue, bench: Bench): TemplateResult {
  const { state, actions, texts, format } = bench
  const lines = state.cart.flatMap(({ id, quantity }) => {
    const product = catalogue.get(id)
    return product ? [{ product, quantity }] : []
  })
  if (lines.length === 0) {
    return html` <header class="page-head">
        <h1>${texts.emptyCart}</h1>
        <p class="note">${texts.emptyCartText}</p>
      </header>
      ${shelf({ placement: 'for-you', title: texts.forYou }, bench)}`
  }
  const others = catalogue.products.filter(({ id }) => !state.cart.some((line) => line.id === id))
  const total = lines.reduce((sum, { product, quantity }) => sum + quantity * (product.price ?? 0), 0)
  return html` <header class="page-head"><h1>${texts.cart}</h1></header>
    <div class="cart">
      <ul class="cart-lines">
        ${repeat(
          lines,
          ({ product }) => product.id,
          ({ product, quantity }) => html`<li>${cartLine(product, quantity, bench)}</li>`,
        )}
      </ul>
      <aside class="cart-total">
        <p class="total"><span>${texts.total}</span><b>${format.money(total, lines[0]!.product.currency)}</b></p>
        <button class="button" @click=${actions.checkout}>${texts.checkout}</button>
        <p class="note">${texts.checkoutNote}</p>
      </aside>
    </div>
    ${shelf(
      {
        placement: 'bought-together',
        title: texts.boughtTogether,
        limit: 4,
        fallback: ownShelf({ title: texts.lookAround, products: others, limit: 4 }, bench),
      },
      bench,
    )}
    ${shelf({ placement: 'for-you', title: texts.forYou }, bench)}`
}

function cartLine(product: Product, quantity: number, { actions, texts, format }: Bench): TemplateResult {
  return html` <div class="cart-line">
    <a href=${hrefOf({ page: 'item', id: product.id })} tabindex="-1" aria-hidden="true">${picture(product)}</a>
    <div class="cart-words">
      <a class="card-title" href=${hrefOf({ page: 'item', id: product.id })}>${product.title}</a>
      <span class="card-brand">${product.brand}</span>
    </div>
    <div class="stepper">
      <button aria-label=${texts.fewer(product.title)} @click=${() => actions.removeFromCart(product)}>
        ${minusIcon}
      </button>
      <span aria-live="polite">${quantity}</span>
      <button aria-label=${texts.more(product.title)} @click=${() => actions.addToCart(product)}>${plusIcon}</button>
    </div>
    <b class="cart-price">${format.money(quantity * (product.price ?? 0), product.currency)}</b>
  </div>`
}
