import { html, nothing, type TemplateResult } from 'lit'
import { live } from 'lit/directives/live.js'
import type { ReplayAnswer } from '../../lab/lab-api.ts'
import { productOfCard } from '../catalogue.ts'
import { loading } from '../loading.ts'
import { pictureHere } from '../own-pages.ts'
import { drawPlots, type Plots } from '../plots.ts'
import { mayPass } from '../problem-of.ts'
import { inWords, problem } from '../problem.ts'
import { picture } from '../shop/product-card.ts'
import type { Tool } from '../tool-panel.ts'
import type { Bench } from '../view.ts'
import type { MeasureModel } from './measure-model.ts'
import { measureTexts } from './measure-texts.ts'

interface MeasureBench {
  readonly bench: Bench
  readonly model: MeasureModel
}

/** How good the settings are, on the panel. */
export function measureTool(model: MeasureModel): Tool {
  return {
    store: model.store,
    start: model.start,
    isAway: () => model.store.state.areAway || mayPass(model.store.state.problem),
    view: (bench) => measureView({ bench, model }),
    drawn: (root, bench) => drawPlots(root, plots({ bench, model })),
  }
}

function measureView({ bench, model }: MeasureBench): TemplateResult {
  const { problem: why, replay } = model.store.state
  const texts = measureTexts[bench.state.options.language]
  return html` <div class="evaluation">
    ${why ? problem(why, bench) : nothing}
    ${replay ? replayView(replay, { bench, model }) : why ? nothing : loading(texts.measuring)}
    ${coldView({ bench, model })} ${personasView({ bench, model })} ${populationView({ bench, model })}
    ${reportView({ bench, model })}
  </div>`
}

function replayView({ k, steps, quality }: ReplayAnswer, { bench }: MeasureBench): TemplateResult {
  const texts = measureTexts[bench.state.options.language]
  const { format } = bench
  if (steps.length === 0) {
    return html`<section>
      <h3>${texts.replay}</h3>
      <p class="hint">${texts.replayHelp(k)}</p>
      <p class="hint" data-measure="few">${texts.few}</p>
    </section>`
  }
  return html` <section>
    <h3>${texts.replay}</h3>
    <p class="hint">${texts.replayHelp(k)}</p>
    <table data-measure="quality">
      <thead>
        <tr>
          <th scope="col">${texts.metric}</th>
          <th scope="col">A</th>
          <th scope="col">B</th>
        </tr>
      </thead>
      <tbody>
        ${Object.entries(texts.metrics).map(
          ([name, [label, help]]) =>
            html`<tr>
              <th scope="row"><b>${label}</b> <span class="hint">${help}</span></th>
              ${quality.map((each) => html`<td>${format.setting(each[name as keyof typeof each])}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
    <h4>${texts.curve}</h4>
    <div class="plot" data-plot="curve"></div>
    <h4>${texts.steps}</h4>
    <div class="plot" data-plot="steps"></div>
  </section>`
}

/** What the plots of this view show; the library draws them when it has come. */
function plots({ bench, model }: MeasureBench): Plots {
  const { replay, population } = model.store.state
  const texts = measureTexts[bench.state.options.language]
  const names = ['A', 'B'] as const
  const made: Plots = {}
  if (replay && replay.steps.length > 0) {
    const { k, steps } = replay
    const within = (which: number, place: number) =>
      steps.filter(({ places }) => (places[which] ?? Infinity) <= place).length / steps.length
    const places = Array.from({ length: k }, (_, at) => at + 1)
    made['curve'] = {
      kind: 'lines',
      label: texts.curve,
      x: texts.curveX,
      y: texts.curveY,
      points: names.flatMap((name, which) => places.map((x) => ({ x, y: within(which, x), name }))),
    }
    made['steps'] = {
      kind: 'dots',
      label: texts.steps,
      x: texts.stepsX,
      y: texts.stepsY,
      none: texts.notFound,
      most: k,
      points: names.flatMap((name, which) =>
        steps.map((step, at) => ({ x: at + 1, y: step.places[which] ?? k + 1, name })),
      ),
    }
  }
  if (population) {
    made['worth'] = {
      kind: 'histogram',
      label: texts.worthX,
      x: texts.worthX,
      y: texts.shoppers,
      values: population.worth.map(({ a, b }) => b - a),
    }
  }
  return made
}

function coldView({ bench, model }: MeasureBench): TemplateResult | typeof nothing {
  const { cold } = model.store.state
  const texts = measureTexts[bench.state.options.language]
  if (cold.length === 0) return nothing
  const [first, ...others] = cold.map((strips) => JSON.stringify(strips))
  const areAlike = others.every((other) => other === first)
  return html` <section>
    <h3>${texts.cold}</h3>
    <p class="hint">${texts.coldHelp}</p>
    ${(areAlike ? cold.slice(0, 1) : cold).map(
      (strips, which) =>
        html` <h4>${areAlike ? texts.both : 'AB'[which]}</h4>
          <dl class="cold" data-measure="cold">
            ${strips.map(
              ({ count, cards }) =>
                html`<dt>${texts.afterEvents(count)}</dt>
                  <dd>
                    ${cards.map((card) => {
                      const image = pictureHere(card, bench.state.options)
                      return html`<a
                        href="#/item/${encodeURIComponent(card.id)}"
                        title=${card.title}
                        aria-label=${card.title}
                      >
                        ${picture(productOfCard({ ...card, ...(image && { image }) }))}
                      </a>`
                    })}
                  </dd>`,
            )}
          </dl>`,
    )}
  </section>`
}

function personasView({ bench, model }: MeasureBench): TemplateResult | typeof nothing {
  const { personas, persona, areAway, problem: why } = model.store.state
  const texts = measureTexts[bench.state.options.language]
  if (areAway && !why) return html`<p class="hint">${texts.personasAway}</p>`
  if (personas.length === 0) return nothing
  const choice = (id: string | undefined, name: string) =>
    html`<li>
      <button class="text-button" aria-pressed=${id === persona ? 'true' : 'false'} @click=${() => model.become(id)}>
        ${name}
      </button>
    </li>`
  return html` <section>
    <h3>${texts.personas}</h3>
    <p class="hint">${texts.personasHelp}</p>
    <ul class="chips" data-measure="personas">
      ${choice(undefined, texts.yourself)} ${personas.map(({ id, archetype }) => choice(id, archetype))}
    </ul>
  </section>`
}

function populationView({ bench, model }: MeasureBench): TemplateResult | typeof nothing {
  const { personas, population, running } = model.store.state
  const texts = measureTexts[bench.state.options.language]
  const { format } = bench
  if (personas.length === 0) return nothing
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / (values.length || 1)
  const result = population && {
    a: mean(population.worth.map(({ a }) => a)),
    b: mean(population.worth.map(({ b }) => b)),
    half: halfInterval(population.worth.map(({ a, b }) => b - a)),
  }
  return html` <section>
    <h3>${texts.population}</h3>
    <p class="hint">${texts.populationHelp}</p>
    <div class="buttons">
      ${[1, 5, 10].map(
        (views) =>
          html`<button class="button quiet" ?disabled=${live(running)} @click=${() => model.survey(views)}>
            ${running ? texts.asking : texts.ask(views)}
          </button>`,
      )}
    </div>
    ${
      population && result
        ? html`<div data-measure="population" role="status">
              <p>
                <b
                  >${texts.wins(format.count(population.wins.a), format.count(population.wins.b), format.count(population.ties))}</b
                >
              </p>
              <p>${texts.chance(format.setting(population.p))}</p>
              <p>${texts.worth(format.setting(result.a), format.setting(result.b), format.setting(result.half))}</p>
            </div>
            <div class="plot" data-plot="worth"></div>`
        : nothing
    }
  </section>`
}

/** A page of its own in a frame that may run no script and open nothing. */
function reportView({ bench, model }: MeasureBench): TemplateResult {
  const { report, reportProblem } = model.store.state
  const texts = measureTexts[bench.state.options.language]
  return html` <section data-measure="report">
    <h3>${texts.report}</h3>
    <p class="hint">${texts.reportHelp}</p>
    <div class="buttons">
      <label class="button quiet file">
        ${texts.openReport}
        <input
          type="file"
          class="unseen"
          accept=".html,.json"
          @change=${({ target }: Event) => {
            const input = target as HTMLInputElement
            const [file] = input.files ?? []
            if (file) model.open(file)
            // The same file may be chosen again when it has been written anew.
            input.value = ''
          }}
        />
      </label>
      ${report ? html`<button class="button quiet" @click=${model.close}>${texts.closeReport}</button>` : nothing}
    </div>
    ${reportProblem ? html`<p class="problem" role="alert">${inWords(reportProblem, bench.state.options.language)}</p>` : nothing}
    ${report ? html`<iframe class="report" sandbox title="${texts.report}: ${report.name}" srcdoc=${report.page}></iframe>` : nothing}
  </section>`
}

/** Half of the 95 % interval of a mean, normal approximation. */
function halfInterval(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length - 1)
  return 1.96 * Math.sqrt(variance / values.length)
}
