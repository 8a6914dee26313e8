import type { Evaluation, ModelReport } from '../evaluate/evaluate.ts'
import { coldStartPlot } from './cold-start-plot.ts'
import { colors, percent } from './draw.ts'
import { groupsPlot } from './groups-plot.ts'
import { html, Markup } from '../html.ts'
import { modelWords } from './model-words.ts'
import { numbersTable } from './numbers-table.ts'
import { qualityPlot } from './quality-plot.ts'
import { reportPage } from './report-page.ts'
import { tradeOffPlot } from './trade-off-plot.ts'
import { trainingPlot } from './training-plot.ts'

/** The models that a report speaks of by name. */
interface Cast {
  readonly own: string
  /** The best of the others, by what it finds; undefined where there is no other. */
  readonly rival: string | undefined
  /** Colour by model, of those that stand out. */
  readonly named: ReadonlyMap<string, string>
}

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(bytes < 1e6 ? 2 : 1)}\u00a0MB`
const count = (n: number) => n.toLocaleString('en')
const found = (report: ModelReport) => report.quality['recall@20']!

/** Fewer shoppers than these say little about a group. */
const smallestGroup = 20

/** An evaluation as one HTML page that needs nothing else: plots, words for a shop's manager, and every number. */
export function renderReport(evaluation: Evaluation): string {
  const { dataset, models } = evaluation
  const cast = castOf(models)
  const own = models[cast.own]!
  const body = html`<div class="intro">
      <p class="eyebrow">${dataset.name} · ${dataset.split} data · ${count(dataset.cases)} questions</p>
      <h1>How good are the suggestions?</h1>
      ${introduction(evaluation, cast)}
    </div>
    <ul class="tiles">
      <li><strong>${percent(found(own).value)}</strong>found: of what was wanted, as much stands in a list of 20</li>
      <li><strong>${percent(own.quality['hit@20']!.value, 0)}</strong>of the lists hold at least one wanted item</li>
      <li><strong>${percent(own.catalogue.coverage, 0)}</strong>of the catalogue stands in somebody’s list</li>
      <li>
        <strong>${megabytes(own.bytes)}</strong>to download once; an answer takes ${own.milliseconds.toFixed(1)} ms
      </li>
    </ul>
    ${comparison(evaluation, cast)} ${newVisitors(evaluation, cast)} ${newItems(evaluation, cast)}
    ${groups(evaluation, cast)} ${breadth(evaluation, cast)} ${size(evaluation, cast)} ${training(evaluation)}
    <section>
      <h2>Every number</h2>
      <p class="soft">Small print: 95 % intervals.</p>
      ${numbersTable(evaluation, cast.own)}
    </section>
    ${method(evaluation)}`
  return reportPage(`How good are the suggestions? ${dataset.name}`, body)
}

function castOf(models: Evaluation['models']): Cast {
  const ranked = Object.keys(models).sort((a, b) => found(models[b]!).value - found(models[a]!).value)
  const own = models['windowshop'] ? 'windowshop' : ranked[0]!
  const rival = ranked.find((model) => model !== own)
  const named = new Map<string, string>([[own, colors.own]])
  if (rival) named.set(rival, colors.rival)
  if (models['popular'] && !named.has('popular')) named.set('popular', colors.floor)
  return { own, rival, named }
}

function introduction({ dataset, models }: Evaluation, { own, rival }: Cast): Markup {
  const { value, interval } = found(models[own]!)
  const popular = models['popular']
  const more = popular && own !== 'popular' ? value / found(popular).value : NaN
  return html`<p class="lead">
      The question: ${dataset.task}. Of that, <strong>${percent(value)}</strong> stands in the 20 suggestions of
      ${modelWords(own).name} (with 95 % certainty between ${percent(interval[0])} and
      ${percent(interval[1])})${Number.isFinite(more) ? html`, ${more.toFixed(1)} times as much as in a list of best sellers` : ''}.
    </p>
    ${rival ? verdict(models, { own, rival }) : undefined}`
}

function verdict(models: Evaluation['models'], { own, rival }: { own: string; rival: string }): Markup {
  const ahead = found(models[own]!).value / found(models[rival]!).value - 1
  const others = Object.keys(models).length - 1
  const { value, interval } = gapOf(models, own, rival)
  const [name, other] = [modelWords(own).name, modelWords(rival).name]
  if (interval[0] > 0) {
    const sure = others > 1 ? `the best of ${others} others, ${other}` : other
    return html`<p class="verdict">${percent(ahead, 0)} more than ${sure}: more than chance</p>`
  }
  const words = interval[1] < 0 ? 'less, and more than chance' : `${value < 0 ? 'less' : 'more'}, which may be chance`
  return html`<p class="verdict unsure">
    ${name} finds ${percent(Math.abs(ahead), 0)} ${words}, compared with ${other}
  </p>`
}

/** Gaps are told from the first model: turned round where that is not the one we speak of. */
function gapOf(models: Evaluation['models'], own: string, rival: string): ModelReport['gap']['recall'] {
  const first = Object.keys(models)[0]
  if (own === first) return models[rival]!.gap.recall
  const { value, interval } = models[own]!.gap.recall
  return rival === first ? { value: -value, interval: [-interval[1], -interval[0]] } : { value: 0, interval: [0, 0] }
}

const views = [
  { metric: 'recall', name: 'Found', does: 'Share of the wanted items that stand in the list of 20.' },
  { metric: 'ndcg', name: 'High up', does: 'The same, but the higher on the list the better (NDCG).' },
  { metric: 'hit', name: 'At least one', does: 'Share of the lists that hold any wanted item.' },
] as const

function comparison({ models }: Evaluation, { own }: Cast): Markup {
  const panel = ({ metric, does, name }: (typeof views)[number]) => {
    const ranked = Object.entries(models).map(([model, { quality }]) => ({
      model,
      estimate: quality[`${metric}@20`]!,
    }))
    return html`<div class="panel ${metric}">
      <p class="soft">${does} The bar is what it may be by chance.</p>
      ${qualityPlot(ranked, own, name)}
    </div>`
  }
  return html`<section>
    <h2>Beside the classics</h2>
    <p>Every model learned from the same log, and was asked the same questions. None had seen the answers.</p>
    <fieldset class="choices" aria-label="What is compared">
      ${views.map(
        ({ metric, name }, at) =>
          html`<label
            ><input type="radio" name="view" value="${metric}" ${new Markup(at === 0 ? 'checked' : '')} />${name}</label
          >`,
      )}
    </fieldset>
    ${views.map(panel)}
  </section>`
}

function newVisitors({ models }: Evaluation, { own, named }: Cast): Markup | undefined {
  const curves = [...named].map(([model, color]) => ({ model, color, points: models[model]!.cold_start }))
  const points = models[own]!.cold_start
  if (points.length === 0) return undefined
  return html`<section>
    <h2>New visitors</h2>
    <p>
      The same shoppers, as if only their last events were known: with none, it is the same list for everyone; the first
      click should already tell.
    </p>
    ${legend(named)} ${coldStartPlot(curves)}
  </section>`
}

function newItems({ new_items: found }: Evaluation, { own }: Cast): Markup | undefined {
  if (!found || Object.keys(found.recall).length === 0) return undefined
  const ranked = Object.entries(found.recall).map(([model, estimate]) => ({ model, estimate }))
  return html`<section>
    <h2>New items</h2>
    <p>
      ${found.items.toLocaleString('en')} items were hidden from training, as if they had come today, and the
      ${found.cases.toLocaleString('en')} shoppers who wanted one of them were asked: the share of these items that
      stand in a list of 20 out of the whole catalogue. Only what the catalogue says of them can bring them there.
    </p>
    ${qualityPlot(ranked, own, 'Found')}
  </section>`
}

function groups({ models }: Evaluation, { own, rival, named }: Cast): Markup | undefined {
  const series = [own, rival].flatMap((model) =>
    model === undefined ? [] : [{ model, color: named.get(model)!, groups: models[model]!.groups }],
  )
  const plots = ['shopper activity', 'item popularity'].flatMap((by) => {
    const own = series.map((line) => ({
      ...line,
      groups: line.groups.filter((group) => group.by === by && group.cases >= smallestGroup),
    }))
    if (own[0]!.groups.length === 0) return []
    const title = by === 'shopper activity' ? 'By how active the shopper is' : 'By how popular the wanted item is'
    return [html`<h3>${title}</h3>`, groupsPlot(own)]
  })
  if (plots.length === 0) return undefined
  return html`<section>
    <h2>For whom, and for which items</h2>
    <p>
      Good suggestions are not for regulars and best sellers alone. Groups of fewer than ${smallestGroup} are left out.
    </p>
    ${legend(new Map(series.map(({ model, color }) => [model, color])))} ${plots}
  </section>`
}

function breadth({ models }: Evaluation, { named }: Cast): Markup {
  const points = Object.entries(models).map(([model, report]) => ({
    model,
    x: report.catalogue.coverage,
    found: found(report).value,
  }))
  const axis = {
    type: 'linear',
    label: 'share of the catalogue that somebody is shown',
    format: (share: number) => percent(share, 0),
  } as const
  return html`<section>
    <h2>The whole shop, or best sellers only</h2>
    <p>
      To the right, more of the catalogue is shown; higher up, more of what was wanted is found. Point at a dot for its
      name.
    </p>
    ${tradeOffPlot(points, axis, named)}
  </section>`
}

function size({ models }: Evaluation, { named }: Cast): Markup {
  const points = Object.entries(models).map(([model, report]) => ({
    model,
    x: Math.max(1e3, report.bytes),
    found: found(report).value,
  }))
  const axis = { type: 'log', label: 'bytes to download', format: shortBytes } as const
  return html`<section>
    <h2>What it takes to download</h2>
    <p>
      What a visitor’s browser would have to fetch for each model, once. To the left is smaller, higher up finds more.
    </p>
    ${tradeOffPlot(points, axis, named)}
  </section>`
}

function shortBytes(bytes: number): string {
  return bytes < 1e6 ? `${+(bytes / 1e3).toPrecision(2)} kB` : `${+(bytes / 1e6).toPrecision(2)} MB`
}

function training({ models }: Evaluation): Markup | undefined {
  const palette = [colors.own, colors.rival, colors.floor, colors.others]
  const curves = Object.entries(models).flatMap(([model, report]) =>
    report.training && report.training.length > 1 ? [{ model, points: report.training }] : [],
  )
  if (curves.length === 0) return undefined
  const colored = curves.map((curve, at) => ({ ...curve, color: palette[at % palette.length]! }))
  return html`<section>
    <h2>How training went</h2>
    <p>
      The surprise that is left at the next item, epoch by epoch: a curve that still falls at its end would have learned
      more. Models that do not learn in epochs have none.
    </p>
    ${legend(new Map(colored.map(({ model, color }) => [model, color])))} ${trainingPlot(colored)}
  </section>`
}

function legend(entries: ReadonlyMap<string, string>): Markup {
  return html`<ul class="legend">
    ${[...entries].map(([model, color]) => html`<li style="--swatch: ${color}">${modelWords(model).name}</li>`)}
  </ul>`
}

function method({ dataset, models }: Evaluation): Markup {
  return html`<section>
    <h2>How this was measured</h2>
    <p>
      Learned from ${count(dataset.events)} events in ${count(dataset.sequences)} histories over ${count(dataset.items)}
      items; asked ${count(dataset.cases)} questions that lie after what was learned from. Every item of the catalogue
      competes in every answer. An interval is what 1,000 drawings of as many shoppers give in 95 of 100 cases.
      ${dataset.split === 'validation' ? 'These are validation data: settings may be chosen by them, and look better than they are where they were.' : 'These are test data: no setting was chosen by them.'}
    </p>
    <details>
      <summary>The models</summary>
      <dl>
        ${Object.keys(models).map((model) => {
          const { name, does } = modelWords(model)
          return html`<dt>${name}</dt>
            <dd>${does ? `${does}; ` : ''}<code>${model}</code></dd>`
        })}
      </dl>
    </details>
    <details>
      <summary>The measures</summary>
      <dl>
        ${measures.map(
          ([name, does]) =>
            html`<dt>${name}</dt>
              <dd>${does}</dd>`,
        )}
      </dl>
    </details>
  </section>`
}

const measures = [
  ['Recall (found)', 'share of the wanted items that are in the list'],
  ['Precision', 'share of the list that is wanted'],
  ['F1', 'harmonic mean of recall and precision'],
  ['Hit rate', 'share of the lists with at least one wanted item'],
  ['NDCG', 'as recall, places further down count less; 1 is a perfect order'],
  ['MRR', '1 divided by the place of the first wanted item, 0 without one'],
  ['AUC', 'the chance that a wanted item scores higher than another one; 0.5 is a guess'],
  ['Coverage', 'share of the catalogue that stands in somebody’s list'],
  ['Gini', 'how unevenly items are shown: 0 all alike, 1 one item alone'],
  ['Popularity', 'how many histories hold a suggested item, on average: high is a bias to best sellers'],
  ['Novelty', 'how surprising a suggested item is, in bits: one more bit is an item half as popular'],
  ['Diversity', 'how different two items of one list are by their texts: 0 the same, 1 nothing in common'],
] as const
