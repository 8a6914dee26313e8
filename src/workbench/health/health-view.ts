import { html, nothing, type TemplateResult } from 'lit'
import { engine } from '../panel/engine.ts'
import { drawPlots, type Plots } from '../plots.ts'
import { inWords } from '../problem.ts'
import type { Tool } from '../tool-panel.ts'
import type { Bench } from '../view.ts'
import type { HealthModel } from './health-model.ts'
import { faultNames, type FaultName, type Recovery, type Signal } from './health-state.ts'
import { healthTexts } from './health-texts.ts'

interface HealthBench {
  readonly bench: Bench
  readonly model: HealthModel
}

/** How the recommender fares on this device, and what it does when something breaks. */
export function healthTool(model: HealthModel): Tool {
  return {
    store: model.store,
    start: model.start,
    view: (bench) => healthView({ bench, model }),
    drawn: (root, bench) => drawPlots(root, plots({ bench, model })),
  }
}

function healthView({ bench, model }: HealthBench): TemplateResult {
  const texts = healthTexts[bench.state.options.language]
  return html` <div class="health">
    ${faults({ bench, model })}
    <section>
      <h3>${texts.engine}</h3>
      ${engine(bench)}
    </section>
    ${timings({ bench, model })} ${device({ bench, model })} ${signals({ bench, model })}
  </div>`
}

function faults({ bench, model }: HealthBench): TemplateResult {
  const { on, trying, recoveries } = model.store.state
  const texts = healthTexts[bench.state.options.language]
  const isOn = (name: FaultName) => name in on && on[name as keyof typeof on]
  return html` <section>
    <h3>${texts.faults}</h3>
    <p class="hint">${texts.faultsHelp}</p>
    <div class="buttons">
      ${faultNames.map(
        (name) =>
          html`<button
            class="button ${isOn(name) ? 'danger' : 'quiet'}"
            aria-disabled=${trying ? 'true' : 'false'}
            @click=${() => trying ?? model.fault(name)}
          >
            ${texts.fault[name][isOn(name) ? 1 : 0]}
          </button>`,
      )}
    </div>
    <ol class="recoveries" data-health="recoveries" aria-live="polite">
      ${trying ? html`<li class="hint">${texts.trying}</li>` : nothing}
      ${recoveries.map((recovery) => html`<li>${recoveryRow(recovery, bench)}</li>`)}
    </ol>
  </section>`
}

function recoveryRow({ fault, on, milliseconds, scorer, same, problem }: Recovery, bench: Bench): TemplateResult {
  const texts = healthTexts[bench.state.options.language]
  return html`${texts.recovered(texts.fault[fault][on ? 0 : 1], bench.format.milliseconds(milliseconds), scorer)},
    <b class=${same ? 'good' : 'bad'}>${same ? texts.same : texts.other}</b>
    ${problem ? inWords({ code: problem, message: problem }, bench.state.options.language) : nothing}`
}

function timings({ bench, model }: HealthBench): TemplateResult {
  const texts = healthTexts[bench.state.options.language]
  const { answers } = model.store.state
  if (answers.length === 0) {
    return html`<section>
      <h3>${texts.timings}</h3>
      <p class="hint">${texts.noTimes}</p>
    </section>`
  }
  return html` <section>
    <h3>${texts.timings}</h3>
    <div class="pair">
      <div>
        <h4>${texts.answers}</h4>
        <div class="plot" data-plot="answers"></div>
      </div>
      <div>
        <h4>${texts.roundTrips}</h4>
        <div class="plot" data-plot="roundTrips"></div>
      </div>
    </div>
  </section>`
}

function plots({ bench, model }: HealthBench): Plots {
  const { answers, roundTrips } = model.store.state
  const texts = healthTexts[bench.state.options.language]
  const histogram = (label: string, values: readonly number[]) =>
    ({ kind: 'histogram', label, x: texts.milliseconds, y: texts.times, values }) as const
  return {
    answers: histogram(texts.answers, answers),
    roundTrips: histogram(texts.roundTrips, roundTrips),
  }
}

function device({ bench, model }: HealthBench): TemplateResult {
  const texts = healthTexts[bench.state.options.language]
  const { format, state } = bench
  const { device: here } = model.store.state
  if (!here) return html``
  const names = (list: readonly string[]) => (list.length > 0 ? list.join(', ') : texts.none)
  const facts: readonly (readonly [string, string | undefined])[] = [
    [texts.heap, here.heap === undefined ? undefined : format.bytes(here.heap)],
    [
      texts.storage,
      here.used === undefined ? undefined : texts.used(format.bytes(here.used), format.bytes(here.quota ?? 0)),
    ],
    [texts.databases, names(here.databases)],
    [texts.caches, names(here.caches)],
    [texts.serviceWorkers, format.count(here.serviceWorkers)],
    [texts.tabs, format.count(here.tabs)],
    [texts.starts, format.count(here.starts)],
    [texts.consent, state.status?.consent],
  ]
  return html` <section>
    <h3>${texts.device}</h3>
    <dl class="facts" data-health="device">
      ${facts.flatMap(([name, value]) =>
        value === undefined
          ? []
          : [
              html`<dt>${name}</dt>
                <dd>${value}</dd>`,
            ],
      )}
    </dl>
    <h4>${texts.files}</h4>
    <div class="scrolls" tabindex="0" role="region" aria-label=${texts.files}>
      <table>
        <thead>
          <tr>
            <th scope="col">${texts.file}</th>
            <th scope="col">${texts.bytes}</th>
          </tr>
        </thead>
        <tbody>
          ${here.files.map(
            ({ url, bytes }) =>
              html`<tr>
                <th scope="row">${new URL(url).pathname}</th>
                <td>${format.count(bytes)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </section>`
}

function signals({ bench, model }: HealthBench): TemplateResult {
  const texts = healthTexts[bench.state.options.language]
  const { signals: all } = model.store.state
  return html` <section>
    <h3>${texts.signals}</h3>
    <p class="hint">${all.length === 0 ? texts.noSignals : texts.signalsHelp}</p>
    <ol class="signals" data-health="signals" tabindex=${all.length === 0 ? nothing : '0'} aria-label=${texts.signals}>
      ${all.map(
        (signal) =>
          html`<li>
            <b class=${signal.result && 'refused' in signal.result ? 'bad' : 'good'}>${became(signal, bench)}</b>
            <code>${signal.raw}</code>
          </li>`,
      )}
    </ol>
  </section>`
}

function became({ result }: Signal, { state }: Bench): string | TemplateResult {
  const texts = healthTexts[state.options.language]
  if (!result) return texts.waiting
  if ('stored' in result) return texts.stored[result.stored]
  const { refused: code, reason } = result
  return html`${texts.refused}
  ${inWords({ code, message: reason ? `${code}: ${reason}` : code }, state.options.language)}`
}
