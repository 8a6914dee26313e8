import { html, nothing, type TemplateResult } from 'lit'
import { live } from 'lit/directives/live.js'
import type { RuledItem, TunedItem } from '../../lab/lab-api.ts'
import { download } from '../download.ts'
import { loading } from '../loading.ts'
import { pictureHere } from '../own-pages.ts'
import { mayPass } from '../problem-of.ts'
import { inWords, problem } from '../problem.ts'
import { hrefOf } from '../routes.ts'
import { snippet } from '../snippet.ts'
import type { Tool } from '../tool-panel.ts'
import type { RankList } from '../tune/rank-list.ts'
import type { Bench } from '../view.ts'
import { fieldsOf, type RuleDraft } from './rule-fields.ts'
import { ruleForm } from './rule-form.ts'
import { isAddition, rulesFile, type RulesModel } from './rules-model.ts'
import type { RulesState } from './rules-state.ts'
import { rulesTexts } from './rules-texts.ts'

interface RulesBench {
  readonly bench: Bench
  readonly model: RulesModel
}

/** The shop's rules, on the panel. */
export function rulesTool(model: RulesModel): Tool {
  return {
    store: model.store,
    start: model.start,
    isAway: () => mayPass(model.store.state.problem),
    view: (bench) => rulesView({ bench, model }),
    drawn: (root, bench) => drawLists(root, { bench, model }),
  }
}

function rulesView({ bench, model }: RulesBench): TemplateResult {
  const { problem: why, rules, malformed, categories } = model.store.state
  const texts = rulesTexts[bench.state.options.language]
  if (why) return problem(why, bench)
  if (!rules) return loading(texts.opening)
  return html` <div class="tune rules">
    <div class="tune-controls">
      <p class="hint">${texts.intro}</p>
      ${toolbar(rules, { bench, model })}
      <p class="problem" role="status" ?hidden=${!malformed}>
        ${malformed ? inWords(malformed, bench.state.options.language) : nothing}
      </p>
      ${list(rules, { bench, model })} ${usage({ bench, model })} ${outcome(rules, { bench, model })}
      <datalist id="rule-categories">
        ${categories.slice(0, 500).map((path) => html`<option value=${path}></option>`)}
      </datalist>
    </div>
    ${preview({ bench, model })}
  </div>`
}

function toolbar(rules: readonly RuleDraft[], { bench, model }: RulesBench): TemplateResult {
  const texts = rulesTexts[bench.state.options.language]
  return html` <div class="buttons">
    <button class="button" @click=${() => model.add(texts.newName)}>${texts.add}</button>
    <label class="button quiet file">
      ${texts.open}
      <input
        type="file"
        class="unseen"
        accept="application/json"
        @change=${({ target }: Event) => {
          const [file] = (target as HTMLInputElement).files ?? []
          void file?.text().then(model.read)
        }}
      />
    </label>
    <button
      class="button quiet"
      ?disabled=${model.store.state.malformed !== undefined}
      @click=${() => download('rules.json', rulesFile(rules))}
    >
      ${texts.save}
    </button>
  </div>`
}

function list(rules: readonly RuleDraft[], { bench, model }: RulesBench): TemplateResult {
  const { editing, fields, preview } = model.store.state
  const texts = rulesTexts[bench.state.options.language]
  if (rules.length === 0) return html`<p class="hint">${texts.none}</p>`
  const holds = new Set(preview?.hold)
  return html` <ol class="rule-list" data-rules="list">
    ${rules.map((rule, index) => {
      const { name, kind } = fieldsOf(rule)
      const isOpen = index === editing
      return html`<li class=${isOpen ? 'open' : ''}>
        <p class="rule-head">
          <b>${name}</b> <span class="badge">${texts.kinds[kind]}</span>
          <span class="hint">${holds.has(name) ? texts.holds : texts.rests}</span>
        </p>
        <span class="row-buttons">
          <button
            class="text-button"
            aria-label="${isOpen ? texts.close : texts.edit}: ${name}"
            aria-expanded=${isOpen ? 'true' : 'false'}
            @click=${() => model.edit(isOpen ? undefined : index)}
          >
            ${isOpen ? texts.close : texts.edit}
          </button>
          <button
            class="text-button"
            aria-label="${texts.raise}: ${name}"
            ?disabled=${index === 0}
            @click=${() => model.raise(index)}
          >
            ${texts.raise}
          </button>
          <button class="text-button" aria-label="${texts.remove}: ${name}" @click=${() => model.remove(index)}>
            ${texts.remove}
          </button>
        </span>
        ${isOpen && fields ? ruleForm({ fields, model, texts }) : nothing}
      </li>`
    })}
  </ol>`
}

/** Whether the shop follows them. */
function usage({ bench, model }: RulesBench): TemplateResult {
  const { state } = model.store
  const texts = rulesTexts[bench.state.options.language]
  const canUse = isAddition(state)
  return html` <div>
    <button
      class="switch"
      role="switch"
      aria-checked=${state.used ? 'true' : 'false'}
      ?disabled=${!canUse || (state.malformed !== undefined && !state.used)}
      @click=${() => model.use(!state.used)}
    >
      <span class="switch-track" aria-hidden="true"></span>${texts.use}
    </button>
    <p class="dial-help">${canUse ? texts.useHelp : texts.useNot}</p>
  </div>`
}

/** The shelf without rules and with them, and where and when it stands. */
function preview({ bench, model }: RulesBench): TemplateResult {
  const { state } = model.store
  const texts = rulesTexts[bench.state.options.language]
  const value = ({ target }: Event) => (target as HTMLInputElement | HTMLSelectElement).value
  const shown = state.preview
  const which = (name: 'without' | 'with') =>
    html` <div class="tune-list">
      <h3>${texts[name]}</h3>
      ${
        shown && shown[name].length === 0
          ? html`<p class="hint">${texts.noShelf}</p>`
          : html`<rank-list data-list=${name} data-label=${texts[name]}></rank-list>`
      }
    </div>`
  return html` <section class="tune-lists" aria-label=${texts.preview}>
    <div class="rules-where">
      <label class="rule-field">
        <span>${texts.placement}</span>
        <select @change=${(event: Event) => model.look({ placement: value(event) as RulesState['placement'] })}>
          ${Object.entries(texts.placements).map(
            ([name, words]) => html`<option value=${name} ?selected=${name === state.placement}>${words}</option>`,
          )}
        </select>
      </label>
      <label class="rule-field">
        <span>${texts.visitor}</span>
        <select @change=${(event: Event) => model.look({ visitor: value(event) as RulesState['visitor'] })}>
          <option value="you" ?selected=${state.visitor === 'you'}>${texts.you}</option>
          <option value="new" ?selected=${state.visitor === 'new'}>${texts.stranger}</option>
        </select>
      </label>
      <label class="rule-field" title=${texts.atHelp}>
        <span>${texts.at}</span>
        <input
          type="datetime-local"
          .value=${live(state.at)}
          @change=${(event: Event) => model.look({ at: value(event) })}
        />
      </label>
      <label class="rule-field">
        <span>${texts.page}</span>
        <input
          list="rule-categories"
          .value=${live(state.category)}
          @change=${(event: Event) => model.look({ category: value(event) })}
        />
      </label>
    </div>
    ${which('without')} ${which('with')}
    <details class="effects" open>
      <summary><h3>${texts.effects}</h3></summary>
      ${effects({ bench, model })}
    </details>
  </section>`
}

function effects({ bench, model }: RulesBench): TemplateResult {
  const { preview } = model.store.state
  const texts = rulesTexts[bench.state.options.language]
  const { removed = [], touched = [], unknown = [] } = preview ?? {}
  const row = ({ card, rules }: RuledItem, words: (rules: string) => string) =>
    html`<li>
      <a href=${hrefOf({ page: 'item', id: card.id })}>${card.title}</a>
      <span class="hint">${words(rules.join(', '))}</span>
    </li>`
  return html` ${
    removed.length + touched.length === 0
      ? html`<p class="hint">${texts.noEffects}</p>`
      : html`<ul data-rules="effects">
          ${touched.map((item) => row(item, texts.changedBy))} ${removed.map((item) => row(item, texts.hiddenBy))}
        </ul>`
  }
  ${unknown.length === 0 ? nothing : html`<p class="problem">${texts.unknown} ${unknown.slice(0, 10).join(', ')}</p>`}`
}

function drawLists(root: ParentNode, { bench, model }: RulesBench): void {
  const { preview } = model.store.state
  if (!preview) return
  const { words } = rulesTexts[bench.state.options.language]
  const pictureOf = ({ card }: TunedItem) => pictureHere(card, bench.state.options)
  const find = (name: string) => root.querySelector<RankList>(`rank-list[data-list="${name}"]`)
  find('without')?.show({ items: preview.without, words, pictureOf })
  find('with')?.show({ items: preview.with, against: preview.without, words, pictureOf })
}

/** All of it as text, to edit and to take away. */
function outcome(rules: readonly RuleDraft[], { bench, model }: RulesBench): TemplateResult {
  const texts = rulesTexts[bench.state.options.language]
  const text = model.store.state.text ?? JSON.stringify(rules, null, 2)
  const command = 'npx windowshop rules public/windowshop --rules rules.json'
  return html` <section class="outcome">
    <details>
      <summary><h3>${texts.json}</h3></summary>
      <label class="rule-field">
        <span class="dial-help">${texts.jsonHelp}</span>
        <textarea
          class="rule-json"
          dir="ltr"
          rows="12"
          spellcheck="false"
          aria-label=${texts.json}
          .value=${live(text)}
          @input=${({ target }: Event) => model.draft((target as HTMLTextAreaElement).value)}
          @change=${({ target }: Event) => model.read((target as HTMLTextAreaElement).value)}
        ></textarea>
      </label>
    </details>
    ${snippet('rules', { title: texts.publish, help: texts.publishHelp, text: command }, bench)}
  </section>`
}
