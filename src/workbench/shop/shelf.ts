import { html, nothing, type TemplateResult } from 'lit'
import { keyed } from 'lit/directives/keyed.js'
import type { Placement } from '../../index.ts'
import type { Bench } from '../view.ts'

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
    `${placement} ${item ?? ''}`,
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
