import { html, nothing, type TemplateResult } from 'lit'
import type { Catalogue } from '../catalogue.ts'
import { hrefOf } from '../routes.ts'
import type { Bench, View } from '../view.ts'
import { bagIcon, searchIcon } from './icons.ts'

export const shopHeader: View = (bench) => {
  const { state, actions, texts } = bench
  const { catalogue, cart, options, route, status } = state
  const units = cart.reduce((sum, { quantity }) => sum + quantity, 0)
  // Nothing rather than a name that is replaced in a moment.
  const shop = status && (status.bundle?.shop ?? 'Windowshop')
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    const query = new FormData(event.target as HTMLFormElement).get('q')
    if (typeof query === 'string' && query.trim()) actions.search(query.trim())
  }
  return html` <header class="shop-header">
    <div class="shop-bar">
      <a class="wordmark" href="#/" aria-label=${shop ? nothing : texts.home}>${shop ?? '\u00a0'}</a>
      <form class="search" role="search" @submit=${submit}>
        ${searchIcon}
        <input
          type="search"
          name="q"
          aria-label=${texts.searchLabel}
          placeholder=${options.sample ? texts.searchHint : texts.searchLabel}
          autocomplete="off"
          .value=${route.page === 'search' ? route.query : ''}
        />
      </form>
      <a class="bag" href="#/cart" aria-label="${texts.cart}: ${texts.cartCount(units)}">
        ${bagIcon}<span class="bag-count" ?hidden=${units === 0} aria-hidden="true">${units}</span>
      </a>
    </div>
    ${departments(catalogue === 'missing' ? undefined : catalogue, bench)}
  </header>`
}

/** The sample shop has departments: their line keeps its place while they load. */
function departments(catalogue: Catalogue | undefined, { state, texts }: Bench): TemplateResult | typeof nothing {
  const { options, route } = state
  const found = catalogue?.below([]).slice(0, 6) ?? []
  if (found.length === 0 && !options.sample) return nothing
  return html` <nav class="departments" aria-label=${texts.categories}>
    ${found.map(
      ({ name, path }) =>
        html`<a
          href=${hrefOf({ page: 'category', path })}
          aria-current=${route.page === 'category' && route.path[0] === name ? 'page' : 'false'}
          >${name}</a
        >`,
    )}
  </nav>`
}
