import { html, type TemplateResult } from 'lit'
import type { Bench } from './view.ts'

/** Why a view cannot be shown: offline that is no fault, and passes. */
export function problem(message: string, { state, texts }: Bench): TemplateResult {
  const isOffline = !state.online || state.airplane
  if (isOffline) return html`<p class="hint away" role="status">${texts.viewAway}</p>`
  return html`<p class="problem" role="alert">${message}</p>`
}
