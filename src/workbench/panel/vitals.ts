import { html, nothing, type TemplateResult } from 'lit'
import type { Format } from '../format.ts'
import type { View } from '../view.ts'
import { sparkline } from './sparkline.ts'

/** The three numbers, and what all of it weighs. */
export const vitals: View = ({ state, texts, format }) => {
  const { status, requestTimes, traffic, weight } = state
  const scored = status?.bundle ? Math.round(status.coverage * status.bundle.items) : undefined
  const total = status && requestTime(status.timings)
  const sent = traffic.sent + (status?.transfer.sent ?? 0)
  return html` <dl class="vitals">
    <div>
      <dt>${texts.itemsScored}</dt>
      <dd data-vital="items">${scored === undefined ? '–' : format.count(scored)}</dd>
    </div>
    <div>
      <dt>${texts.lastRequest}</dt>
      <dd data-vital="milliseconds">
        ${total === undefined ? '–' : html`${format.milliseconds(total)}<small>ms</small>`}
      </dd>
      ${requestTimes.length > 1 ? sparkline(requestTimes) : nothing}
    </div>
    <div title=${texts.bytesSentHelp(traffic.requests, traffic.pictures)}>
      <dt>${texts.bytesSent}</dt>
      <dd data-vital="bytes" class=${sent === 0 ? 'good' : 'bad'}>${format.count(sent)}</dd>
    </div>
    <div title=${texts.weightHelp}>
      <dt>${texts.weight}</dt>
      <dd data-vital="weight">${weight === 0 ? '–' : weightOf(weight, format)}</dd>
    </div>
  </dl>`
}

/** "1.2 MB", its unit small. */
function weightOf(bytes: number, format: Format): TemplateResult {
  const [number, unit] = format.bytes(bytes).split(/\s|(?<=\d)(?=\p{L})/u)
  return html`${number}<small>${unit}</small>`
}

/** Milliseconds that the worker took for the last request; undefined before the first. */
export function requestTime(timings: Readonly<Record<string, number>>): number | undefined {
  return timings['page']
}
