import { html, nothing, type TemplateResult } from 'lit'
import type { Catalogue, Product } from '../catalogue.ts'
import { hrefOf } from '../routes.ts'
import type { State } from '../state.ts'
import type { Bench } from '../view.ts'
import { crumbs } from './crumbs.ts'
import { productGrid } from './product-card.ts'
import { shelf } from './shelf.ts'

export function categoryPage(path: readonly string[], catalogue: Catalogue, bench: Bench): TemplateResult {
  const { state, texts, format } = bench
  const products = catalogue.within(path)
  const below = catalogue.below(path)
  return html` ${crumbs(path.slice(0, -1), texts)}
    <header class="page-head">
      <h1>${path.at(-1)}</h1>
      <p class="note">${texts.items(format.count(products.length))}</p>
    </header>
    <div class="toolbar">
      <nav class="chips" aria-label=${texts.narrow}>
        ${below.map(({ name, path: to }) => html`<a class="chip" href=${hrefOf({ page: 'category', path: to })}>${name}</a>`)}
      </nav>
      ${sortMenu(bench)}
    </div>
    ${productList(sorted(products, state), bench)}
    ${shelf({ placement: 'for-you', title: texts.forYou, limit: 4 }, bench)}`
}

function sortMenu({ state, actions, texts }: Bench): TemplateResult {
  const names: Record<State['sort'], string> = {
    recommended: texts.sortRecommended,
    cheapest: texts.sortCheapest,
    dearest: texts.sortDearest,
  }
  return html` <label class="sort">
    <span>${texts.sort}</span>
    <select @change=${(event: Event) => actions.sort((event.target as HTMLSelectElement).value as State['sort'])}>
      ${Object.entries(names).map(
        ([value, name]) => html`<option value=${value} ?selected=${value === state.sort}>${name}</option>`,
      )}
    </select>
  </label>`
}

/** Products, a page at a time. */
export function productList(products: readonly Product[], bench: Bench): TemplateResult {
  const { state, actions, texts } = bench
  return html` ${productGrid(products.slice(0, state.shown), bench)}
  ${
    products.length > state.shown
      ? html`<p class="more"><button class="button quiet" @click=${actions.showMore}>${texts.showMore}</button></p>`
      : nothing
  }`
}

function sorted(products: readonly Product[], { sort, ranking }: State): readonly Product[] {
  const price = ({ price: value = Infinity }: Product) => value
  if (sort === 'cheapest') return [...products].sort((a, b) => price(a) - price(b))
  if (sort === 'dearest') return [...products].sort((a, b) => price(b) - price(a))
  const rank = new Map(ranking.map((id, index) => [id, index]))
  return [...products].sort((a, b) => (rank.get(a.id) ?? Infinity) - (rank.get(b.id) ?? Infinity) || 0)
}
