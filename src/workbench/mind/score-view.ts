import { html, nothing, type TemplateResult } from 'lit'
import { live } from 'lit/directives/live.js'
import { kindWords, objectWords } from '../panel/event-words.ts'
import { hrefOf } from '../routes.ts'
import type { Bench } from '../view.ts'
import type { MindModel } from './mind-model.ts'
import { mindTexts } from './mind-texts.ts'

const shownEvents = 12

interface Input {
  readonly value: number
  readonly weight: number
  readonly part: number
}

interface ScoreBench {
  readonly bench: Bench
  readonly model: MindModel
}

/** Any item's score: a table of events by segments that adds up to it, and what hides the item. */
export function scoreView({ bench, model }: ScoreBench): TemplateResult {
  const texts = mindTexts[bench.state.options.language]
  return html` <section class="score">
    <h3>${texts.score}</h3>
    <p class="hint">${texts.scoreHelp}</p>
    ${picker({ bench, model })} ${table({ bench, model })} ${inputs({ bench, model })}
  </section>`
}

function picker({ bench, model }: ScoreBench): TemplateResult {
  const texts = mindTexts[bench.state.options.language]
  const { found, search } = model.store.state
  const listed = bench.state.forYou.map(({ card }) => card)
  const shown = found.length > 0 ? found : listed
  return html` <div class="picker">
    <input
      type="search"
      aria-label=${texts.pick}
      placeholder=${texts.pick}
      .value=${live(search)}
      @input=${(event: Event) => model.search((event.target as HTMLInputElement).value)}
    />
    <ul class="chips" aria-label=${found.length > 0 ? texts.pick : texts.listed}>
      ${shown.map(
        ({ id, title }) =>
          html`<li>
            <button
              class="text-button"
              aria-pressed=${id === model.store.state.item ? 'true' : 'false'}
              @click=${() => model.pick(id)}
            >
              ${title}
            </button>
          </li>`,
      )}
    </ul>
  </div>`
}

function table({ bench, model }: ScoreBench): TemplateResult | typeof nothing {
  const { decomposition: parts, item, mind } = model.store.state
  const texts = mindTexts[bench.state.options.language]
  const { format, state } = bench
  if (!parts) return item === undefined ? nothing : html`<p class="hint">${texts.noItem}</p>`
  const names = mind!.segments.map(({ name }) => name)
  const events = new Map(state.events.map((event) => [event.id, event]))
  const shown = parts.events.slice(0, shownEvents)
  const rest = parts.events.slice(shownEvents)
  const figure = (value: number) => html`<td class=${value < 0 ? 'negative' : ''}>${format.contribution(value)}</td>`
  const sumOf = (of: readonly { readonly parts: Float64Array }[], g: number) =>
    of.reduce((sum, { parts: own }) => sum + own[g]!, 0)
  const reasons = [...parts.hidden.map((by) => texts.hidden[by]), ...parts.hiddenByRules.map(texts.hiddenByRule)]
  const listed = state.forYou.find(({ card }) => card.id === parts.card.id)
  const moves = [...(listed?.moved.map((move) => bench.texts.moves[move] ?? move) ?? []), ...(listed?.rules ?? [])]
  return html` <p class="picked">
      <a href=${hrefOf({ page: 'item', id: parts.card.id })}><b>${parts.card.title}</b></a>
      <span class="hint">${texts.placeOf(format.count(parts.place))}</span>
    </p>
    <ul class="hidden-by">
      ${reasons.length === 0 ? html`<li class="hint">${texts.shown}</li>` : reasons.map((reason) => html`<li class="problem">${reason}</li>`)}
      ${moves.map((move) => html`<li class="hint">${texts.movedBy(move)}</li>`)}
    </ul>
    <div class="scrolls" tabindex="0" role="region" aria-label=${texts.score}>
      <table data-mind="score">
        <thead>
          <tr>
            <th scope="col">${texts.event}</th>
            ${names.map((name) => html`<th scope="col">${texts.segments[name] ?? name}</th>`)}
            <th scope="col">${texts.sum}</th>
          </tr>
        </thead>
        <tbody>
          ${shown.map(({ id, parts: own, sum }) => {
            const event = events.get(id)
            return html`<tr>
              <th scope="row">${event ? html`${kindWords(event.kind, bench)} ${objectWords(event, bench)}` : id}</th>
              ${Array.from(own, figure)} ${figure(sum)}
            </tr>`
          })}
          ${
            rest.length > 0
              ? html`<tr>
                  <th scope="row">${bench.texts.fewerReasons(rest.length)}</th>
                  ${names.map((_, g) => figure(sumOf(rest, g)))}
                  ${figure(rest.reduce((sum, each) => sum + each.sum, 0))}
                </tr>`
              : nothing
          }
          ${parts.priors.map(
            ({ name, value, part }) =>
              html`<tr>
                <th scope="row">${texts.priorValue(bench.texts.priors[name] ?? name, format.setting(value))}</th>
                ${names.map(() => html`<td></td>`)} ${figure(part)}
              </tr>`,
          )}
          ${parts.rules.map(
            ({ name, part }) =>
              html`<tr>
                <th scope="row">${bench.texts.rule}: ${name}</th>
                ${names.map(() => html`<td></td>`)} ${figure(part)}
              </tr>`,
          )}
          ${
            parts.repeat === 0
              ? nothing
              : html`<tr>
                  <th scope="row">${texts.repeat}</th>
                  ${names.map(() => html`<td></td>`)} ${figure(parts.repeat)}
                </tr>`
          }
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">${texts.all}</th>
            ${names.map((_, g) => figure(sumOf(parts.events, g)))} ${figure(parts.score)}
          </tr>
        </tfoot>
      </table>
    </div>`
}

/** The same score by its inputs: what a ranker would be given, each with the weight that it has today. */
function inputs({ bench, model }: ScoreBench): TemplateResult | typeof nothing {
  const { decomposition: parts } = model.store.state
  if (!parts) return nothing
  const texts = mindTexts[bench.state.options.language]
  const { format } = bench
  const row = (name: string, { value, weight, part }: Partial<Input> & Pick<Input, 'part'>) =>
    html`<tr>
      <th scope="row">${name}</th>
      <td>${value === undefined ? nothing : format.cosine(value)}</td>
      <td>${weight === undefined ? nothing : format.setting(weight)}</td>
      <td class=${part < 0 ? 'negative' : ''}>${format.contribution(part)}</td>
    </tr>`
  return html` <h4>${texts.inputs}</h4>
    <p class="hint">${texts.inputsHelp}</p>
    <div class="scrolls" tabindex="0" role="region" aria-label=${texts.inputs}>
      <table data-mind="inputs">
        <thead>
          <tr>
            ${[texts.input, texts.value, texts.weight, texts.part].map((name) => html`<th scope="col">${name}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${parts.blend.map((input) => row(texts.blended(texts[input.from], texts.segments[input.segment] ?? input.segment), input))}
          ${parts.priors.map((input) => row(bench.texts.priors[input.name] ?? input.name, input))}
          ${parts.rules.map(({ name, part }) => row(`${bench.texts.rule}: ${name}`, { part }))}
          ${parts.repeat === 0 ? nothing : row(texts.repeat, { part: parts.repeat })}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colspan="3">${texts.all}</th>
            <td>${format.contribution(parts.score)}</td>
          </tr>
        </tfoot>
      </table>
    </div>
    ${parts.listed ? html`<p class="hint" data-mind="listed">${texts.onList(format.count(parts.listed.place))} ${parts.listed.likeness === undefined ? nothing : texts.likeness(format.cosine(parts.listed.likeness))}</p>` : nothing}`
}
