import { html, nothing } from 'lit'
import { live } from 'lit/directives/live.js'
import { sizeOf, type Size } from '../options.ts'
import { tourTexts } from '../tour/tour-texts.ts'
import type { View } from '../view.ts'

/** What one would try first: another size of the shop, and no network at all. */
export const stage: View = ({ state, actions, texts, format }) => {
  const size = sizeOf(state.options)
  const sizes: readonly [Size, number][] = [
    ['small', 2000],
    ['large', 100_000],
  ]
  return html` <div class="stage">
    ${
      size === undefined
        ? nothing
        : html`<fieldset class="segments" title=${texts.sizeHelp}>
            <legend class="unseen">${texts.size}</legend>
            ${sizes.map(
              ([name, items]) =>
                html`<label>
                  <input
                    type="radio"
                    name="size"
                    value=${name}
                    .checked=${live(name === size)}
                    @change=${() => actions.resize(name)}
                  />
                  <span>${format.count(items)}</span>
                </label>`,
            )}
          </fieldset>`
    }
    <button
      class="text-button"
      data-tour="start"
      aria-pressed=${state.tour === undefined ? 'false' : 'true'}
      @click=${() => actions.tour(state.tour === undefined ? 0 : undefined)}
    >
      ${tourTexts[state.options.language].start}
    </button>
    <label class="text-button file" title=${texts.bringHelp}>
      ${texts.bring}
      <input
        type="file"
        class="unseen"
        accept=".csv,.tsv,.txt"
        @change=${({ target }: Event) => actions.bring([...((target as HTMLInputElement).files ?? [])])}
      />
    </label>
    <button
      class="switch"
      role="switch"
      aria-checked=${state.airplane ? 'true' : 'false'}
      title=${texts.airplaneHelp}
      @click=${() => actions.fly(!state.airplane)}
    >
      <span class="switch-track" aria-hidden="true"></span>${texts.airplane}
    </button>
    ${state.airplane ? html`<span class="stage-note" role="status">${texts.blocked(state.blocked)}</span>` : nothing}
  </div>`
}
