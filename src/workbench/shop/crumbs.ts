import { html, type TemplateResult } from 'lit'
import { hrefOf } from '../routes.ts'
import type { Texts } from '../texts.ts'

/** The way from the home page down a category path. */
export function crumbs(path: readonly string[], texts: Texts): TemplateResult {
  return html` <nav class="crumbs" aria-label=${texts.path}>
    <ol>
      <li><a href="#/">${texts.home}</a></li>
      ${path.map(
        (name, depth) =>
          html`<li><a href=${hrefOf({ page: 'category', path: path.slice(0, depth + 1) })}>${name}</a></li>`,
      )}
    </ol>
  </nav>`
}
