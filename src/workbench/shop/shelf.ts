import { html, nothing, type TemplateResult } from 'lit'
import { keyed } from 'lit/directives/keyed.js'
import type { Placement } from '../../index.ts'
import { oneOfEach, type Product } from '../catalogue.ts'
import type { Bench } from '../view.ts'
import { productGrid } from './product-card.ts'

interface ShelfSection {
  readonly placement: Placement
  readonly title: string
  readonly limit?: number
  /** The item of the page. */
  readonly item?: string
  /** The shop's own HTML, until the shelf has something better. */
  readonly fallback?: TemplateResult
}

/** A shelf; without a fallback it takes no space until it has something to show. */
export function shelf(section: ShelfSection, { state }: Bench): TemplateResult {
  const { placement, title, limit = 8, item, fallback = nothing } = section
  return html`${keyed(
    `${placement} ${item ?? ''} ${state.served}`,
    html`<windowshop-shelf
      placement=${placement}
      heading=${title}
      limit=${limit}
      item=${item ?? nothing}
      lang=${state.options.language}
      >${fallback}</windowshop-shelf
    >`,
  )}`
}

interface OwnShelf {
  readonly title: string
  readonly products: readonly Product[]
  readonly limit: number
}

/** The shop's own HTML for a shelf: a heading, and the first of some products. */
export function ownShelf({ title, products, limit }: OwnShelf, bench: Bench): TemplateResult {
  if (products.length === 0) return html``
  return html` <h2>${title}</h2>
    <div class=${limit > 4 ? nothing : 'row'}>${productGrid(oneOfEach(products).slice(0, limit), bench)}</div>`
}

/** What the shopper has looked at; not before there is something. */
export function recentlyViewed(bench: Bench, limit = 8): TemplateResult | typeof nothing {
  const { state, texts } = bench
  const { route } = state
  const here = route.page === 'item' ? route.id : undefined
  if (!state.events.some(({ kind, item }) => kind === 'view_item' && item !== here)) return nothing
  return shelf({ placement: 'recently-viewed', title: texts.recentlyViewed, limit, ...(here && { item: here }) }, bench)
}
