import { html, type TemplateResult } from 'lit'
import { choices } from '../options.ts'
import type { Bench, View } from '../view.ts'

export const switches: View = (bench) => {
  const { texts } = bench
  const named = (...names: string[]) => names
  return html` ${choice('scorer', { title: texts.scorer, names: choices.scorer, help: texts.scorerHelp }, bench)}
  ${choice('consent', { title: texts.consent, names: named(texts.consentGranted, texts.consentDenied) }, bench)}
  ${choice('language', { title: texts.language, names: named('English', '中文') }, bench)}
  ${choice('theme', { title: texts.theme, names: named(texts.themeAuto, texts.themeLight, texts.themeDark) }, bench)}`
}

interface Choice {
  readonly title: string
  readonly names: readonly string[]
  readonly help?: string
}

/** One of a few, all in sight. */
function choice(name: keyof typeof choices, { title, names, help = '' }: Choice, bench: Bench): TemplateResult {
  const { state, actions } = bench
  return html` <fieldset class="choice" title=${help}>
    <legend>${title}</legend>
    <div class="segments">
      ${choices[name].map(
        (value, index) =>
          html` <label>
            <input
              type="radio"
              name=${name}
              value=${value}
              .checked=${state.options[name] === value}
              @change=${() => actions.choose(name, value)}
            />
            <span>${names[index]}</span>
          </label>`,
      )}
    </div>
  </fieldset>`
}
