import { html, nothing, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { Reason } from '../../index.ts'
import { hrefOf } from '../routes.ts'
import type { Bench, View } from '../view.ts'
import { explainedItem } from './comparison.ts'
import { kindWords, objectWords, titleOf } from './event-words.ts'
import { leaveRow } from './leave-row.ts'

/** Parts beyond these, and parts under half a percent, are counted together. */
const shown = 7
const visibleShare = 0.005

/** Why the picked item is on the shopper's list: a bar for every part of its score. */
export const reasons: View = (bench) => {
  const { texts, format } = bench
  const item = explainedItem(bench)
  if (!item) return html`<p class="hint">${texts.whyEmpty}</p>`
  const all = item.reasons.filter(({ contribution }) => contribution !== 0)
  const parts = all.filter(({ share }) => Math.abs(share) >= visibleShare).slice(0, shown)
  const widest = Math.max(...parts.map(({ contribution }) => Math.abs(contribution)), 1e-12)
  const rest = all.length - parts.length
  return html` <p class="explained">
      <a href=${hrefOf({ page: 'item', id: item.card.id })}>${item.card.title}</a>
      <span>${texts.score} <b>${format.contribution(item.score)}</b></span>
    </p>
    <ul class="bars">
      ${repeat(
        parts,
        (reason) => `${reason.kind} ${reason.id}`,
        (reason) => html`<li>${bar(reason, widest, bench)}</li>`,
      )}
    </ul>
    ${all.length === 0 ? html`<p class="hint">${texts.whyNothing}</p>` : nothing}
    ${rest > 0 ? html`<p class="hint">${texts.fewerReasons(rest)}</p>` : nothing}
    ${
      item.moved.length > 0
        ? html`<p class="hint">
            ${texts.moved}:
            ${[...item.moved.map((move) => texts.moves[move] ?? move), ...(item.rules ?? [])].join(', ')}
          </p>`
        : nothing
    }`
}

function bar(reason: Reason, widest: number, bench: Bench): TemplateResult {
  const { texts, format, actions } = bench
  const words = reasonWords(reason, bench)
  const width = (100 * Math.abs(reason.contribution)) / widest
  return html` <div class="bar ${reason.contribution < 0 ? 'negative' : reason.kind}">
      <span class="bar-words"><b>${words.kind}</b> ${words.object}</span>
      <span class="bar-share" title=${format.contribution(reason.contribution)}>${format.share(reason.share)}</span>
      <span class="bar-track"><span class="bar-fill" style="inline-size:${width.toFixed(1)}%"></span></span>
    </div>
    ${
      reason.kind === 'event'
        ? html`<button
            class="text-button forget"
            aria-label="${texts.forgetThis}: ${words.kind} ${words.object}"
            @click=${(click: Event) => {
              leaveRow(click)
              actions.forget(reason.id)
            }}
          >
            ${texts.forgetThis}
          </button>`
        : nothing
    }`
}

function reasonWords(reason: Reason, bench: Bench): { kind: string; object: string } {
  const { texts, state } = bench
  if (reason.kind === 'prior') return { kind: texts.priors[reason.id] ?? reason.id, object: '' }
  if (reason.kind === 'context') return { kind: texts.context, object: reason.title ?? titleOf(reason.id, bench) }
  if (reason.kind === 'rule') return { kind: texts.rule, object: reason.id }
  const logged = state.events.find(({ id }) => id === reason.id)
  const event = logged ?? reason.event
  return {
    kind: event ? kindWords(event.kind, bench) : '',
    object: logged ? objectWords(logged, bench) : (reason.title ?? ''),
  }
}
