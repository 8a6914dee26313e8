import { html, nothing } from 'lit'
import type { View } from '../view.ts'
import { sparkline } from './sparkline.ts'

/** The three numbers. */
export const vitals: View = ({ state, texts, format }) => {
  const { status, requestTimes, traffic } = state
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
  </dl>`
}

/** Milliseconds that the worker took for the last request; undefined before the first. */
export function requestTime(timings: Readonly<Record<string, number>>): number | undefined {
  return timings['page']
}
