import { html, type TemplateResult } from 'lit'
import type { Bench } from './view.ts'

interface Snippet {
  readonly title: string
  readonly help: string
  readonly text: string
}

/** A text to take away, and a button that copies it. */
export function snippet(name: string, { title, help, text }: Snippet, { actions, texts }: Bench): TemplateResult {
  return html` <figure class="snippet">
    <figcaption>
      <b>${title}</b> <span class="hint">${help}</span>
      <button class="text-button" aria-label="${texts.copy}: ${title}" @click=${() => actions.copy(text, texts.copied)}>
        ${texts.copy}
      </button>
    </figcaption>
    <pre dir="ltr" tabindex="0" aria-label=${title} data-paste=${name}><code>${text}</code></pre>
  </figure>`
}
