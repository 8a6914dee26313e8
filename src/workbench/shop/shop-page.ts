import { html, nothing, type TemplateResult } from 'lit'
import type { Bench, View } from '../view.ts'
import { cartPage } from './cart-page.ts'
import { categoryPage } from './category-page.ts'
import { donePage } from './done-page.ts'
import { shopHeader } from './header.ts'
import { homePage } from './home-page.ts'
import { goneItemPage, itemPage } from './item-page.ts'
import { skeletonGrid } from './product-card.ts'
import { searchPage } from './search-page.ts'

/** The shop: its header, and the page of the route. */
export const shop: View = (bench) =>
  html` ${shopHeader(bench)}
    ${bench.state.online && !bench.state.airplane ? nothing : html`<p class="offline" role="status">${bench.texts.offline}</p>`}
    <main id="shop" tabindex="-1">${page(bench)}</main>`

function page(bench: Bench): TemplateResult {
  const { state, texts } = bench
  const { route, catalogue } = state
  if (route.page === 'home' && catalogue !== 'missing') return homePage(bench)
  if (catalogue === 'missing') {
    return html`<header class="page-head">
      <h1>${texts.noShop}</h1>
      <p class="note">${texts.noShopText}</p>
    </header>`
  }
  if (!catalogue) return skeletonGrid(12)
  switch (route.page) {
    case 'category':
      return categoryPage(route.path, catalogue, bench)
    case 'item': {
      const product = catalogue.get(route.id)
      return product ? itemPage(product, catalogue, bench) : goneItemPage(bench)
    }
    case 'search':
      return searchPage(route.query, catalogue, bench)
    case 'cart':
      return cartPage(catalogue, bench)
    case 'done':
      return donePage(bench)
    default:
      return homePage(bench)
  }
}
