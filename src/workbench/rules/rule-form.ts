import { html, nothing, type TemplateResult } from 'lit'
import { ruleKinds, type RuleFields, type RuleKind } from './rule-fields.ts'
import type { RulesModel } from './rules-model.ts'
import type { RulesTexts } from './rules-texts.ts'

interface RuleForm {
  readonly fields: RuleFields
  readonly model: RulesModel
  readonly texts: RulesTexts
}

type TextField = Exclude<keyof RuleFields, 'kind' | 'per' | 'placements' | 'segments'>

/** The form of one rule: what it does, to which items, and when. */
export function ruleForm({ fields, model, texts }: RuleForm): TemplateResult {
  const form: RuleForm = { fields, model, texts }
  const { kind } = fields
  return html` <form
    class="rule-form"
    @submit=${(event: Event) => event.preventDefault()}
    @input=${({ currentTarget, target }: Event) => {
      if ((target as HTMLElement).closest('[data-finder]')) return
      model.write(readForm(currentTarget as HTMLFormElement, fields))
    }}
  >
    ${line('name', form)}
    ${choice('kind', { options: ruleKinds.map((name) => [name, texts.kinds[name]]), chosen: kind }, form)}
    <p class="hint">${texts.kindHelp[kind]}</p>
    ${amount(form)} ${targets(form)}
    <fieldset>
      <legend>${texts.when}</legend>
      ${ticks('placements', texts.placements, form)} ${ticks('segments', texts.segments, form)} ${lines('pages', form)}
      ${line('interest', form, 'rule-categories')}
      <div class="pair">${line('from', form)} ${line('to', form)}</div>
    </fieldset>
  </form>`
}

/** The numbers that belong to a kind. */
function amount(form: RuleForm): TemplateResult | typeof nothing {
  const { fields, texts } = form
  switch (fields.kind) {
    case 'boost':
    case 'bury':
      return number('by', form)
    case 'pin':
      return number('at', form)
    case 'cap': {
      const options = Object.entries(texts.per)
      return html`<div class="pair">
        ${number('cap', form)} ${choice('per', { options, chosen: fields.per }, form)}
      </div>`
    }
    case 'price':
    case 'priceRatio':
      return html`<div class="pair">${number('min', form)} ${number('max', form)}</div>`
    case 'hide':
      return nothing
  }
}

function targets(form: RuleForm): TemplateResult | typeof nothing {
  const { fields, texts } = form
  if (fields.kind === 'price' || fields.kind === 'priceRatio') return nothing
  return html` <fieldset>
    <legend>${texts.what}</legend>
    ${lines('items', form)} ${finder(form)}
    ${
      fields.kind === 'pin'
        ? nothing
        : html`${lines('category', form)} ${lines('brand', form)}
            <div class="pair">${number('minPrice', form)} ${number('maxPrice', form)}</div>`
    }
  </fieldset>`
}

/** Looks an item up by name, and adds its id. */
function finder({ model, texts }: RuleForm): TemplateResult {
  const { search, found } = model.store.state
  return html` <div class="picker" data-finder>
    <input
      type="search"
      aria-label=${texts.find}
      placeholder=${texts.find}
      .value=${search}
      @input=${({ target }: Event) => model.search((target as HTMLInputElement).value)}
    />
    ${
      found.length === 0
        ? nothing
        : html`<ul class="chips" aria-label=${texts.find}>
            ${found.map(
              ({ id, title }) =>
                html`<li>
                  <button type="button" class="text-button" @click=${() => model.include(id)}>${title}</button>
                </li>`,
            )}
          </ul>`
    }
  </div>`
}

/** A field with its name, and a sentence about it that screen readers tell after the name. */
function labelled(name: keyof RulesTexts['fields'], control: TemplateResult, { texts }: RuleForm): TemplateResult {
  const [label, help] = texts.fields[name]
  return html`<div class="rule-field">
    <label for="rule-${name}">${label}</label> ${control}
    ${help ? html`<p class="dial-help" id="rule-${name}-help">${help}</p>` : nothing}
  </div>`
}

function line(name: TextField, form: RuleForm, list?: string): TemplateResult {
  const control = html`<input
    id="rule-${name}"
    name=${name}
    list=${list ?? nothing}
    autocomplete="off"
    aria-describedby="rule-${name}-help"
    .value=${form.fields[name]}
  />`
  return labelled(name, control, form)
}

function number(name: TextField, form: RuleForm): TemplateResult {
  const control = html`<input
    id="rule-${name}"
    name=${name}
    type="number"
    min="0"
    step="any"
    aria-describedby="rule-${name}-help"
    .value=${form.fields[name]}
  />`
  return labelled(name, control, form)
}

function lines(name: TextField, form: RuleForm): TemplateResult {
  const text = form.fields[name]
  const rows = Math.min(6, Math.max(1, text.split('\n').length))
  const control = html`<textarea
    id="rule-${name}"
    name=${name}
    rows=${rows}
    aria-describedby="rule-${name}-help"
    .value=${text}
  ></textarea>`
  return labelled(name, control, form)
}

interface Choice {
  readonly options: readonly (readonly [value: string, words: string])[]
  readonly chosen: string
}

function choice(name: 'kind' | 'per', { options, chosen }: Choice, form: RuleForm): TemplateResult {
  const control = html`<select id="rule-${name}" name=${name}>
    ${options.map(([value, words]) => html`<option value=${value} ?selected=${value === chosen}>${words}</option>`)}
  </select>`
  return labelled(name, control, form)
}

function ticks(
  name: 'placements' | 'segments',
  words: Readonly<Record<string, string>>,
  { fields, texts }: RuleForm,
): TemplateResult {
  const [label, help] = texts.fields[name]
  return html`<fieldset class="ticks">
    <legend>${label} <span class="dial-help">${help}</span></legend>
    ${Object.entries(words).map(
      ([value, text]) =>
        html`<label>
          <input type="checkbox" name=${name} value=${value} .checked=${fields[name].includes(value)} />${text}
        </label>`,
    )}
  </fieldset>`
}

/** Fields that this kind does not show stay as they were. */
function readForm(form: HTMLFormElement, before: RuleFields): RuleFields {
  const data = new FormData(form)
  const texts = [...data].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as const] : []))
  const all = (name: string) => texts.flatMap(([key, value]) => (key === name ? value : []))
  const read = { ...before, ...Object.fromEntries(texts), placements: all('placements'), segments: all('segments') }
  return { ...read, kind: read.kind as RuleKind }
}
