import { html, nothing, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { ShelfItem } from '../../index.ts'
import { productOfCard } from '../catalogue.ts'
import { picture } from '../shop/product-card.ts'
import type { Bench, View } from '../view.ts'

/** The list that everyone gets beside the shopper's own, with what moved. */
export const comparison: View = (bench) => {
  const { state, texts } = bench
  const places = new Map(state.everyone.map(({ card }, place) => [card.id, place]))
  const chosen = explainedItem(bench)?.card.id
  return html` <section class="comparison" aria-label="${texts.everyone} / ${texts.you}">
    <p class="hint">${state.events.length === 0 ? texts.compareStranger : texts.compareHelp}</p>
    <div>
      <h3>${texts.everyone}</h3>
      <ol class="ranks" data-list="everyone">
        ${repeat(
          state.everyone,
          ({ card }) => card.id,
          ({ card }) => html`<li data-item=${card.id}>${row(card)}</li>`,
        )}
      </ol>
    </div>
    <div>
      <h3>${texts.you}</h3>
      <ol class="ranks" data-list="you">
        ${repeat(
          state.forYou,
          ({ card }) => card.id,
          ({ card }, place) =>
            html` <li data-flip data-item=${card.id}>
              <button
                aria-pressed=${card.id === chosen ? 'true' : 'false'}
                title=${texts.why}
                @click=${() => bench.actions.explain(card.id)}
              >
                ${row(card)}${move(places.get(card.id), place, bench)}
              </button>
            </li>`,
        )}
      </ol>
    </div>
  </section>`
}

/** The item whose reasons are shown: the picked one while it is on the list, else the first. */
export function explainedItem({ state }: Bench): ShelfItem | undefined {
  return state.forYou.find(({ card }) => card.id === state.explained) ?? state.forYou[0]
}

function row(card: ShelfItem['card']): TemplateResult {
  return html`${picture(productOfCard(card))}<span class="rank-title">${card.title}</span>`
}

/** What happened to the item's place; in words for those who do not see the arrow. */
function move(before: number | undefined, now: number, { state, texts }: Bench): TemplateResult | typeof nothing {
  if (state.everyone.length === 0 || before === now) return nothing
  if (before === undefined) return html`<span class="move new">${texts.newHere}</span>`
  const places = Math.abs(before - now)
  const [name, arrow, words] = before > now ? ['up', '↑', texts.up(places)] : ['down', '↓', texts.down(places)]
  return html`<span class="move ${name}"
    ><span aria-hidden="true">${arrow}${places}</span><span class="unseen">${words}</span></span
  >`
}
