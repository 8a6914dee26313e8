import { html, nothing, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { EventRecord } from '../../index.ts'
import { closeIcon } from '../shop/icons.ts'
import type { Bench, View } from '../view.ts'
import { kindWords, objectWords } from './event-words.ts'
import { leaveRow } from './leave-row.ts'

/** Everything in the log, newest first, and what the shopper may do with it. */
export const eventLog: View = (bench) => {
  const { state, actions, texts } = bench
  const paused = state.status?.paused ?? false
  const none = state.events.length === 0
  return html` <p class="hint">${paused ? texts.paused : none ? texts.noEvents : texts.eventsHelp}</p>
    <ol class="log" data-list="events" tabindex=${none ? nothing : '0'} aria-label=${texts.events}>
      ${repeat(
        [...state.events].reverse(),
        ({ id }) => id,
        (event) => html`<li>${logRow(event, bench)}</li>`,
      )}
    </ol>
    <div class="buttons">
      <button class="button danger" aria-disabled=${none ? 'true' : 'false'} @click=${() => none || actions.erase()}>
        ${texts.erase}
      </button>
      <button class="button quiet" @click=${() => actions.pause(!paused)}>
        ${paused ? texts.resume : texts.pause}
      </button>
      <button class="button quiet" ?disabled=${none} @click=${actions.exportLog}>${texts.exportLog}</button>
    </div>`
}

function logRow(event: EventRecord, bench: Bench): TemplateResult {
  const { actions, texts, format } = bench
  const kind = kindWords(event.kind, bench)
  const object = objectWords(event, bench)
  return html` <span class="log-kind ${event.kind}" aria-hidden="true"></span>
    <span class="log-words"><b>${kind}</b> ${object}</span>
    <time datetime=${new Date(event.time).toISOString()}>${format.ago(event.time, Date.now())}</time>
    <button
      class="icon-button"
      title=${texts.forget}
      aria-label=${texts.forgetEvent(`${kind} ${object}`)}
      @click=${(click: Event) => {
        leaveRow(click)
        actions.forget(event.id)
      }}
    >
      ${closeIcon}
    </button>`
}
