import { html, nothing, type TemplateResult } from 'lit'
import { live } from 'lit/directives/live.js'
import { repeat } from 'lit/directives/repeat.js'
import type { EventKind, EventRecord } from '../../index.ts'
import { kindWords, objectWords } from '../panel/event-words.ts'
import { leaveRow } from '../panel/leave-row.ts'
import type { Bench } from '../view.ts'
import type { HandEvent } from './log-tools.ts'
import type { MindModel } from './mind-model.ts'
import { mindTexts } from './mind-texts.ts'

const speeds = [1, 4, 20] as const

interface LogBench {
  readonly bench: Bench
  readonly model: MindModel
}

/** The event log as a workshop: filtered, edited, added to, replayed, with the attention that each event gets. */
export function logView({ bench, model }: LogBench): TemplateResult {
  const texts = mindTexts[bench.state.options.language]
  const { mind, editing } = model.store.state
  const attention = new Map(mind!.attention.map((each) => [each.id, each]))
  const widest = Math.max(...mind!.attention.map(({ share }) => share), 1e-9)
  const row = (event: EventRecord) => {
    const { share = 0, inSession = false } = attention.get(event.id) ?? {}
    return html` <span class="log-kind ${event.kind}" aria-hidden="true"></span>
      <span class="log-words">
        <span class="event-words"><b>${kindWords(event.kind, bench)}</b> ${objectWords(event, bench)}</span>
        ${inSession ? html`<span class="badge">${texts.inSession}</span>` : nothing}
      </span>
      <time datetime=${new Date(event.time).toISOString()}>${bench.format.ago(event.time, Date.now())}</time>
      <span class="figure" title=${texts.share}>${bench.format.share(share)}</span>
      <span class="bar-track"
        ><span class="bar-fill" style="inline-size:${((100 * share) / widest).toFixed(1)}%"></span
      ></span>
      ${buttons(event, { bench, model })}`
  }
  return html` <section class="log-tools">
    <h3>${texts.log}</h3>
    <p class="hint">${texts.logHelp}</p>
    ${filters({ bench, model })}
    <ol
      class="attention"
      data-mind="log"
      tabindex=${bench.state.events.length === 0 ? nothing : '0'}
      aria-label=${texts.log}
    >
      ${repeat(
        shownEvents({ bench, model }),
        ({ id }) => id,
        (event) => html`<li>${event.id === editing ? eventForm(event, { bench, model }) : row(event)}</li>`,
      )}
    </ol>
    ${eventForm(undefined, { bench, model })} ${whole({ bench, model })}
  </section>`
}

function shownEvents({ bench, model }: LogBench): EventRecord[] {
  const { logKind, logText } = model.store.state
  const wanted = logText.trim().toLowerCase()
  return bench.state.events
    .filter((event) => {
      if (logKind && event.kind !== logKind) return false
      return wanted === '' || objectWords(event, bench).toLowerCase().includes(wanted) || event.item === logText.trim()
    })
    .toReversed()
}

function filters({ bench, model }: LogBench): TemplateResult {
  const texts = mindTexts[bench.state.options.language]
  const kinds = [...new Set(bench.state.events.map(({ kind }) => kind))]
  const { logKind, logText } = model.store.state
  return html` <div class="log-filters">
    <select
      aria-label=${texts.kind}
      .value=${live(logKind)}
      @change=${({ target }: Event) => model.log.filter({ logKind: (target as HTMLSelectElement).value as EventKind })}
    >
      <option value="">${texts.anyKind}</option>
      ${kinds.map((kind) => html`<option value=${kind} ?selected=${kind === logKind}>${kindWords(kind, bench)}</option>`)}
    </select>
    <input
      type="search"
      aria-label=${texts.filter}
      placeholder=${texts.filter}
      .value=${live(logText)}
      @input=${({ target }: Event) => model.log.filter({ logText: (target as HTMLInputElement).value })}
    />
  </div>`
}

function buttons(event: EventRecord, { bench, model }: LogBench): TemplateResult {
  const texts = mindTexts[bench.state.options.language]
  const words = `${kindWords(event.kind, bench)} ${objectWords(event, bench)}`
  return html` <span class="row-buttons">
    <button class="text-button" aria-label="${texts.edit}: ${words}" @click=${() => model.log.edit(event.id)}>
      ${texts.edit}
    </button>
    <button
      class="text-button forget"
      aria-label="${bench.texts.forget}: ${words}"
      @click=${(click: Event) => {
        leaveRow(click)
        model.log.remove(event.id)
      }}
    >
      ${bench.texts.forget}
    </button>
  </span>`
}

/** A form of one event: of the one that is edited, or of a new one. */
function eventForm(event: EventRecord | undefined, { bench, model }: LogBench): TemplateResult {
  const texts = mindTexts[bench.state.options.language]
  const submit = (submitted: SubmitEvent) => {
    submitted.preventDefault()
    const form = submitted.target as HTMLFormElement
    const hand = readForm(new FormData(form))
    if (event) return model.log.replace(event.id, hand)
    model.log.add(hand)
    form.reset()
  }
  const what = event?.item ?? event?.context?.query ?? ''
  return html` <form class="event-form" @submit=${submit} aria-label=${event ? texts.edit : texts.add}>
    <select name="kind" aria-label=${texts.kind}>
      ${Object.entries(bench.texts.kinds).map(
        ([kind, words]) =>
          html`<option value=${kind} ?selected=${kind === (event?.kind ?? 'view_item')}>${words}</option>`,
      )}
    </select>
    <input name="what" required maxlength="128" aria-label=${texts.what} placeholder=${texts.what} value=${what} />
    <input
      name="when"
      type="datetime-local"
      step="1"
      required
      aria-label=${texts.when}
      value=${localTime(event?.time ?? Date.now())}
    />
    <button class="text-button">${event ? texts.save : texts.add}</button>
    ${
      event
        ? html`<button class="text-button" type="button" @click=${() => model.log.edit(undefined)}>
            ${texts.cancel}
          </button>`
        : nothing
    }
  </form>`
}

function readForm(data: FormData): HandEvent {
  const text = (name: string) => {
    const value = data.get(name)
    return typeof value === 'string' ? value : ''
  }
  return { kind: text('kind') as EventKind, what: text('what').trim(), time: new Date(text('when')).getTime() }
}

/** As the form's field has it: in the visitor's own time, without a zone. */
function localTime(time: number): string {
  const here = new Date(time - new Date(time).getTimezoneOffset() * 60_000)
  return here.toISOString().slice(0, 19)
}

/** What is done with the log as a whole. */
function whole({ bench, model }: LogBench): TemplateResult {
  const texts = mindTexts[bench.state.options.language]
  const { replayed } = model.store.state
  const { events } = bench.state
  return html` <div class="buttons" title=${texts.replayHelp}>
    ${
      replayed === undefined
        ? speeds.map(
            (speed) =>
              html`<button
                class="button quiet"
                ?disabled=${events.length === 0}
                @click=${() => model.log.replay(events, speed)}
              >
                ${texts.replay}: ${texts.perSecond(speed)}
              </button>`,
          )
        : html`<button class="button" @click=${model.log.stop}>${texts.stop} (${replayed + 1})</button>`
    }
    <button class="button quiet" ?disabled=${events.length === 0} @click=${bench.actions.exportLog}>
      ${bench.texts.exportLog}
    </button>
    <label class="button quiet file">
      ${texts.importLog}
      <input
        type="file"
        accept="application/json"
        class="unseen"
        @change=${({ target }: Event) => {
          const [file] = (target as HTMLInputElement).files ?? []
          if (file) model.log.import(file)
        }}
      />
    </label>
  </div>`
}
