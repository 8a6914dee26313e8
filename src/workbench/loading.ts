import { html, type TemplateResult } from 'lit'

/** A view that is not there yet: what it waits for, and the room that it will take. */
export function loading(words: string): TemplateResult {
  return html`<div class="loading" aria-busy="true"><p class="hint">${words}</p></div>`
}
