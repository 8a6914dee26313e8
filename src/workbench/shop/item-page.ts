import { html, nothing, type TemplateResult } from 'lit'
import type { Catalogue, Product } from '../catalogue.ts'
import type { Texts } from '../texts.ts'
import type { Bench } from '../view.ts'
import { crumbs } from './crumbs.ts'
import { heartIcon } from './icons.ts'
import { picture } from './product-card.ts'
import { ownShelf, recentlyViewed, shelf } from './shelf.ts'

export function itemPage(product: Product, catalogue: Catalogue, bench: Bench): TemplateResult {
  const { state, actions, texts, format } = bench
  const soldOut = product.stock === 0
  const wished = state.wished.includes(product.id)
  const facts = [
    [texts.color, product.color],
    [texts.material, product.material],
  ].filter(([, value]) => value)
  return html` ${crumbs(product.category, texts)}
    <article class="product">
      ${picture(product, 'large')}
      <div class="product-words">
        ${
          product.brand && !product.title.startsWith(product.brand)
            ? html`<p class="product-brand">${product.brand}</p>`
            : nothing
        }
        <h1>${product.title}</h1>
        ${
          product.price === undefined
            ? nothing
            : html`<p class="product-price">${format.money(product.price, product.currency)}</p>`
        }
        ${product.description ? html`<p class="product-text">${product.description}</p>` : nothing}
        ${
          facts.length > 0
            ? html`<dl class="facts">
                ${facts.map(
                  ([name, value]) =>
                    html`<dt>${name}</dt>
                      <dd>${value}</dd>`,
                )}
              </dl>`
            : nothing
        }
        <p class="stock ${soldOut ? 'out' : ''}">${stockText(product, texts)}</p>
        <div class="buy">
          <button class="button" ?disabled=${soldOut} @click=${() => actions.addToCart(product)}>
            ${soldOut ? texts.soldOut : texts.addToCart}
          </button>
          <button
            class="button quiet wish"
            aria-pressed=${wished ? 'true' : 'false'}
            @click=${() => actions.wish(product)}
          >
            ${heartIcon}${wished ? texts.wished : texts.wish}
          </button>
        </div>
      </div>
    </article>
    ${shelf(
      {
        placement: 'bought-together',
        title: texts.boughtTogether,
        limit: 4,
        item: product.id,
        fallback: moreFrom(product, catalogue, bench),
      },
      bench,
    )}
    ${shelf({ placement: 'similar', title: texts.similar, item: product.id }, bench)} ${recentlyViewed(bench, 4)}`
}

/** The shop's own shelf on an item's page: others of its department. */
function moreFrom({ id, category }: Product, catalogue: Catalogue, bench: Bench): TemplateResult {
  const path = category.slice(0, 2)
  const others = catalogue.within(path).filter((product) => product.id !== id && product.category[2] !== category[2])
  return ownShelf({ title: bench.texts.moreFrom(path.at(-1) ?? ''), products: others, limit: 4 }, bench)
}

/** An address of an item that the shop no longer has. */
export function goneItemPage(bench: Bench): TemplateResult {
  const { texts } = bench
  return html` <header class="page-head">
      <h1>${texts.unknownItem}</h1>
      <p class="note">${texts.unknownItemText}</p>
    </header>
    ${shelf({ placement: 'for-you', title: texts.forYou }, bench)}`
}

function stockText({ stock }: Product, texts: Texts): string {
  if (stock === 0) return texts.soldOut
  return stock !== undefined && stock < 6 ? texts.lowStock(stock) : texts.inStock
}
