import { html, nothing, type TemplateResult } from 'lit'
import type { Catalogue } from '../catalogue.ts'
import { hrefOf } from '../routes.ts'
import type { Bench, View } from '../view.ts'
import { productList } from './category-page.ts'
import { landscape } from './landscape.ts'
import { picture, skeletonGrid } from './product-card.ts'
import { ownShelf, recentlyViewed, shelf } from './shelf.ts'

export const homePage: View = (bench) => {
  const { state, texts } = bench
  const catalogue = state.catalogue === 'missing' ? undefined : state.catalogue
  return html` ${state.options.sample ? hero(bench) : greeting(catalogue, bench)}
    ${shelf({ placement: 'for-you', title: texts.forYou, fallback: ownFirst(catalogue, bench) }, bench)}
    <p class="note silent">${texts.forYouNote}</p>
    ${catalogue ? departmentsOrAll(catalogue, bench) : nothing}
    ${shelf({ placement: 'trending', title: texts.trending }, bench)} ${recentlyViewed(bench)}`
}

function hero({ texts }: Bench): TemplateResult {
  return html` <section class="hero">
    ${landscape}
    <div class="hero-words">
      <h1>${texts.heroTitle}</h1>
      <p>${texts.heroText}</p>
    </div>
  </section>`
}

/** The head of a shop that is known by its bundle alone. */
function greeting(catalogue: Catalogue | undefined, { state, texts, format }: Bench): TemplateResult {
  const { bundle } = state.status ?? {}
  const items = bundle?.items ?? catalogue?.products.length
  return html` <header class="page-head">
    <h1>${bundle?.shop ?? texts.home}</h1>
    <p class="note">${items === undefined ? '\u00a0' : texts.items(format.count(items))}</p>
  </header>`
}

/** Tiles of departments; all products where the shop has no categories. */
function departmentsOrAll(catalogue: Catalogue, bench: Bench): TemplateResult {
  const { texts, format } = bench
  const tiles = catalogue
    .below([])
    .flatMap((department) => catalogue.below(department.path))
    .sort((a, b) => b.count - a.count)
    .slice(0, 8)
  if (tiles.length === 0) return productList(catalogue.products, bench)
  return html` <section aria-label=${texts.shopBy}>
    <header class="section-head"><h2>${texts.shopBy}</h2></header>
    <ul class="tiles">
      ${tiles.map(
        ({ name, path, count }) =>
          html` <li>
            <a class="tile" href=${hrefOf({ page: 'category', path })}>
              ${picture(catalogue.within(path)[0]!)}
              <span class="tile-name">${name}</span>
              <span class="tile-count">${texts.items(format.count(count))}</span>
            </a>
          </li>`,
      )}
    </ul>
  </section>`
}

/** What the shop shows before there is anything better: the first of its catalogue. */
function ownFirst(catalogue: Catalogue | undefined, bench: Bench): TemplateResult {
  const { forYou } = bench.texts
  if (catalogue) return ownShelf({ title: forYou, products: catalogue.products, limit: 8 }, bench)
  return html` <h2>${forYou}</h2>
    ${skeletonGrid(8)}`
}
