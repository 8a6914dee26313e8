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
  return html` <section class="comparison" aria-label="${texts.everyone} / ${texts.you}" title=${texts.compareHelp}>
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
                aria-label="${place + 1}. ${card.title}. ${moveText(places.get(card.id), place, bench)}. ${texts.why}"
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

function move(before: number | undefined, now: number, bench: Bench): TemplateResult | typeof nothing {
  if (bench.state.everyone.length === 0 || before === now) return nothing
  if (before === undefined) return html`<span class="move new" aria-hidden="true">${bench.texts.newHere}</span>`
  const places = before - now
  return html`<span class="move ${places > 0 ? 'up' : 'down'}" aria-hidden="true"
    >${places > 0 ? '↑' : '↓'}${Math.abs(places)}</span
  >`
}

function moveText(before: number | undefined, now: number, { texts }: Bench): string {
  if (before === undefined) return texts.newHere
  if (before === now) return texts.same
  return before > now ? texts.up(before - now) : texts.down(now - before)
}
