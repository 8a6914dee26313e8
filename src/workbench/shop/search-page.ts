import { html, nothing, type TemplateResult } from 'lit'
import type { Catalogue } from '../catalogue.ts'
import type { Bench } from '../view.ts'
import { productList } from './category-page.ts'
import { shelf } from './shelf.ts'

export function searchPage(query: string, catalogue: Catalogue, bench: Bench): TemplateResult {
  const { texts, format } = bench
  const found = catalogue.search(query)
  return html` <header class="page-head">
      <h1>${found.length > 0 ? texts.searchResults(query) : texts.noResults(query)}</h1>
      <p class="note">${found.length > 0 ? texts.items(format.count(found.length)) : texts.noResultsText}</p>
    </header>
    ${found.length > 0 ? productList(found, bench) : nothing}
    ${shelf({ placement: 'for-you', title: texts.forYou, limit: 4 }, bench)}`
}
