import { plainText } from '../../core/plain-text.ts'
// Under another name, at which formatters leave the white space alone.
import { html as markup, type Markup } from '../html.ts'
import type { ListedCard } from './ask-lists.ts'
import type { RenderedPlacement } from './render-options.ts'

export interface FragmentInput {
  readonly placement: RenderedPlacement
  readonly item: string
  readonly limit: number
  readonly title: string
  /** Whether the title is the shop's own, which the live shelf shall bear too. */
  readonly ownTitle: boolean
  readonly cards: readonly ListedCard[]
}

/**
 * HTML of a shelf with its list as links, to be included in a page as it is; nothing for a list without cards, whose shelf would
 * have nothing to show either. Texts are the shop's data: no value of them is markup, nor code of a template language (`{{ }}`, `{% %}`).
 */
export function renderFragment({ placement, item, limit, title, ownTitle, cards }: FragmentInput): string {
  if (cards.length === 0) return ''
  const heading = ownTitle ? markup` heading="${title}"` : undefined
  return markup`<windowshop-shelf placement="${placement}" item="${item}" limit="${limit}"${heading}>
<div class="windowshop-list">
<h2>${title}</h2>
<ul>
${cards.map(renderCard)}</ul>
</div>
</windowshop-shelf>
`.text.replaceAll('{', '&#123;')
}

function renderCard({ id, title, url, image, priceText }: ListedCard): Markup {
  const picture = image === undefined ? undefined : markup`<img src="${image}" alt="" loading="lazy" decoding="async">`
  const address = url === undefined ? undefined : markup` href="${url}"`
  const text = plainText(title) || id
  return markup`<li><a${address}><span class="picture">${picture}</span><span class="title" dir="auto">${text}</span></a><span class="price">${priceText}</span></li>
`
}
