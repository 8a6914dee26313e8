import { html, nothing, type TemplateResult } from 'lit'
import { live } from 'lit/directives/live.js'
import type { TunedItem } from '../../lab/lab-api.ts'
import { loading } from '../loading.ts'
import { pictureHere } from '../own-pages.ts'
import { mayPass } from '../problem-of.ts'
import { problem } from '../problem.ts'
import { snippet } from '../snippet.ts'
import type { Tool } from '../tool-panel.ts'
import type { Bench } from '../view.ts'
import { changeOf, changedDials } from './config.ts'
import { dialText } from './dial-texts.ts'
import { dialView } from './dial-view.ts'
import { dialGroups, type DialGroup } from './dials.ts'
import { pasteOf } from './paste.ts'
import { presets, type PresetName } from './presets.ts'
import type { RankList } from './rank-list.ts'
import { tuneTexts, type TuneTexts } from './tune-texts.ts'
import type { TuneState } from './tune-state.ts'
import type { Tuner } from './tuner.ts'

interface TuneBench {
  readonly bench: Bench
  readonly tuner: Tuner
}

/** The tuner on the panel. */
export function tuneTool(tuner: Tuner): Tool {
  return {
    store: tuner.store,
    start: tuner.start,
    isAway: () => mayPass(tuner.store.state.problem),
    view: (bench) => tuneView({ bench, tuner }),
    drawn: (root, bench) => drawLists(root, { bench, tuner }),
  }
}

/** Sliders for every setting, and what they do to the list, beside what it was. */
function tuneView({ bench, tuner }: TuneBench): TemplateResult {
  const { state } = tuner.store
  const { language } = bench.state.options
  const texts = tuneTexts[language]
  if (state.problem) return problem(state.problem, bench)
  if (!state.shop || !state.defaults) return loading(texts.opening)
  return html` <div class="tune" @keydown=${(event: KeyboardEvent) => onKey(event, tuner)}>
    ${lists(state, texts)}
    <div class="tune-controls">
      <p class="hint">${texts.intro}</p>
      ${toolbar(state, tuner, texts)}
      ${(Object.keys(dialGroups) as DialGroup[]).map((group) => dialGroup(group, { bench, tuner }, texts))}
      ${outcome(state, texts, bench)}
    </div>
  </div>`
}

/** The lists themselves draw without this view: see `drawLists`. */
function lists({ served }: TuneState, texts: TuneTexts): TemplateResult {
  const which = (name: 'a' | 'b') =>
    html` <div class="tune-list">
      <h3>${texts[name]}${name === served ? html` <span class="badge">${texts.inUse}</span>` : nothing}</h3>
      <rank-list data-list=${name} data-label=${texts[name]}></rank-list>
    </div>`
  return html` <section class="tune-lists" aria-label=${texts.lists}>
    ${which('a')} ${which('b')}
    <p class="hint" data-tune="scored"></p>
  </section>`
}

/** Puts an answer on screen; apart from the view, so that a drag costs a frame no more than the rows that move. */
function drawLists(root: ParentNode, { bench, tuner }: TuneBench): void {
  const { answer, shop } = tuner.store.state
  if (!answer || !shop) return
  const texts = tuneTexts[bench.state.options.language]
  const pictureOf = ({ card }: TunedItem) => pictureHere(card, bench.state.options)
  const words = { fresh: texts.fresh, up: texts.up, down: texts.down }
  const [a = [], b = []] = answer.lists
  root.querySelector<RankList>('rank-list[data-list="a"]')?.show({ items: a, words, pictureOf })
  root.querySelector<RankList>('rank-list[data-list="b"]')?.show({ items: b, against: a, words, pictureOf })
  const { format } = bench
  const scored = root.querySelector('[data-tune="scored"]')
  if (scored) scored.textContent = texts.scored(format.count(shop.items), format.milliseconds(answer.milliseconds))
}

function toolbar(state: TuneState, tuner: Tuner, texts: TuneTexts): TemplateResult {
  return html` <div class="tune-toolbar">
    <label class="field">
      <span>${texts.preset}</span>
      <select
        .value=${live('')}
        @change=${({ target }: Event) => {
          const select = target as HTMLSelectElement
          if (select.value) tuner.preset(select.value as PresetName)
          select.value = ''
        }}
      >
        <option value="">…</option>
        ${Object.keys(presets).map((name) => html`<option value=${name}>${texts.presets[name as PresetName]}</option>`)}
      </select>
    </label>
    <div class="buttons">
      <button class="button quiet" ?disabled=${state.past.length === 0} @click=${tuner.undo}>${texts.undo}</button>
      <button class="button quiet" title=${texts.keepHelp} @click=${tuner.keep}>${texts.keep}</button>
      <button class="button quiet" @click=${tuner.swap}>${texts.swap}</button>
      <button class="button quiet" @click=${tuner.reset}>${texts.reset}</button>
    </div>
    <fieldset class="choice" title=${texts.serveHelp}>
      <legend>${texts.serve}</legend>
      <div class="segments">
        ${(['a', 'b'] as const).map(
          (name) =>
            html` <label>
              <input
                type="radio"
                name="serve"
                value=${name}
                .checked=${live(state.served === name)}
                @change=${() => tuner.serve(name)}
              />
              <span>${name.toUpperCase()}</span>
            </label>`,
        )}
      </div>
    </fieldset>
  </div>`
}

function dialGroup(group: DialGroup, { bench, tuner }: TuneBench, texts: TuneTexts): TemplateResult {
  const { a, b, shop } = tuner.store.state
  const used = dialGroups[group].filter(({ name }) => !isUnused(name, shop!))
  if (used.length === 0) return html``
  return html` <details class="dials" ?open=${group !== 'strengths'}>
    <summary><h3>${texts.groups[group]}</h3></summary>
    ${used.map((dial) =>
      dialView({
        dial,
        text: dialText(dial.name, bench.state.options.language, bench.texts.kinds),
        value: b![dial.name],
        compared: a![dial.name],
        format: bench.format,
        turn: (value, settled) => tuner.turn(dial.name, value, settled),
      }),
    )}
  </details>`
}

/** A setting of a column that this bundle does not have. */
function isUnused(name: string, { segments, priors, priced }: NonNullable<TuneState['shop']>): boolean {
  if (name === 'collaborative' || name === 'content') return !segments.some((segment) => segment.name === name)
  if (name === 'popularity' || name === 'trend' || name === 'newness') return !priors.includes(name)
  return name === 'priceSensitivity' && !priced
}

/** What differs from the bundle, and the forms in which it can be taken away. */
function outcome({ b, defaults, shop }: TuneState, texts: TuneTexts, bench: Bench): TemplateResult {
  const { format, state } = bench
  const settings = changeOf(b!, shop!.settings)
  const changed = changedDials(b!, defaults!)
  const paste = pasteOf(settings)
  const label = (name: (typeof changed)[number]) => dialText(name, state.options.language, bench.texts.kinds)[0]
  return html` <section class="outcome">
    <h3>${texts.changed}</h3>
    ${
      changed.length === 0
        ? html`<p class="hint">${texts.unchanged}</p>`
        : html`<ul class="diff" data-tune="diff">
            ${changed.map(
              (name) =>
                html`<li>${texts.differs(label(name), format.setting(defaults![name]), format.setting(b![name]))}</li>`,
            )}
          </ul>`
    }
    <h3>${texts.take}</h3>
    ${snippet('tag', { title: texts.tag, help: texts.tagHelp, text: paste.tag }, bench)}
    ${snippet('json', { title: texts.json, help: texts.jsonHelp, text: paste.json }, bench)}
    ${snippet('file', { title: texts.settingsFile, help: texts.settingsFileHelp, text: paste.settingsFile }, bench)}
    ${snippet('link', { title: texts.link, help: texts.linkHelp, text: location.href }, bench)}
  </section>`
}

function onKey(event: KeyboardEvent, tuner: Tuner): void {
  if (event.key.toLowerCase() !== 'z' || !(event.ctrlKey || event.metaKey) || event.shiftKey) return
  event.preventDefault()
  tuner.undo()
}
