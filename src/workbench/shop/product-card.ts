import { html, nothing, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { Product } from '../catalogue.ts'
import { cover } from '../cover.ts'
import { hrefOf } from '../routes.ts'
import type { Bench } from '../view.ts'

export function picture(product: Product, size: 'small' | 'large' = 'small'): TemplateResult {
  if (!product.image) return html`<div class="picture">${cover(product)}</div>`
  return html` <div class="picture">
    <img
      src=${product.image}
      alt=""
      width="480"
      height="480"
      decoding="async"
      loading=${size === 'large' ? 'eager' : 'lazy'}
    />
  </div>`
}

export function productCard(product: Product, { format }: Bench): TemplateResult {
  const { brand, title, price, currency } = product
  return html` <a class="card" href=${hrefOf({ page: 'item', id: product.id })}>
    ${picture(product)} ${brand && !title.startsWith(brand) ? html`<span class="card-brand">${brand}</span>` : nothing}
    <span class="card-title">${title}</span>
    ${price === undefined ? nothing : html`<span class="card-price">${format.money(price, currency)}</span>`}
  </a>`
}

export function productGrid(products: readonly Product[], bench: Bench): TemplateResult {
  return html` <ul class="grid">
    ${repeat(
      products,
      ({ id }) => id,
      (product) => html`<li>${productCard(product, bench)}</li>`,
    )}
  </ul>`
}

/** A grid of the right size while the products load. */
export function skeletonGrid(count: number): TemplateResult {
  const card = html`<li class="card skeleton" aria-hidden="true">
    <div class="picture"></div>
    <span></span><span></span>
  </li>`
  return html`<ul class="grid" aria-busy="true">
    ${Array.from({ length: count }, () => card)}
  </ul>`
}
