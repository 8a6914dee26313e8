import { html, nothing, type TemplateResult } from 'lit'
import type { Near } from '../../lab/lab-api.ts'
import type { Card } from '../../index.ts'
import { mayPass } from '../problem-of.ts'
import { problem } from '../problem.ts'
import { picture } from '../shop/product-card.ts'
import { loading } from '../loading.ts'
import { productOfCard } from '../catalogue.ts'
import { hrefOf } from '../routes.ts'
import type { Tool } from '../tool-panel.ts'
import type { Bench } from '../view.ts'
import { departmentHue } from './draw-cloud.ts'
import type { ItemMap } from './item-map.ts'
import { logView } from './log-view.ts'
import type { MindModel } from './mind-model.ts'
import { mindTexts } from './mind-texts.ts'
import { scoreView } from './score-view.ts'

export interface MindBench {
  readonly bench: Bench
  readonly model: MindModel
}

/** What the recommender makes of the shopper, on the panel. */
export function mindTool(model: MindModel): Tool {
  return {
    store: model.store,
    start: model.start,
    isAway: () => mayPass(model.store.state.problem),
    view: (bench) => mindView({ bench, model }),
    drawn: (root, bench) => drawMap(root, { bench, model }),
  }
}

function mindView({ bench, model }: MindBench): TemplateResult {
  const { mind, problem: why } = model.store.state
  const texts = mindTexts[bench.state.options.language]
  if (why && !mind) return problem(why, bench)
  if (!mind) return loading(texts.reading)
  return html` <div class="mind">
    ${why ? problem(why, bench) : nothing} ${mapView({ bench, model })} ${scoreView({ bench, model })}
    ${interests({ bench, model })} ${vectors({ bench, model })} ${logView({ bench, model })}
  </div>`
}

function mapView({ bench, model }: MindBench): TemplateResult {
  const { map, pointedCard } = model.store.state
  const texts = mindTexts[bench.state.options.language]
  return html` <section class="mind-map">
    <h3>${texts.map}</h3>
    <item-map
      tabindex="0"
      role="img"
      aria-label=${texts.mapLabel(bench.format.count(map?.x.length ?? 0))}
      @point=${({ detail }: CustomEvent<number | undefined>) => model.point(detail)}
      @click=${() => pointedCard && model.pick(pointedCard.id)}
    ></item-map>
    <p class="map-label" role="status">
      ${pointedCard ? itemRow(pointedCard) : html`<span class="hint">${texts.mapHelp}</span>`}
    </p>
    <ul class="legend">
      ${map?.departments
        .slice(0, 12)
        .map(
          (name, department) =>
            html`<li><i style="--hue:${departmentHue(department)}" aria-hidden="true"></i>${name || texts.none}</li>`,
        )}
    </ul>
  </section>`
}

function drawMap(root: HTMLElement, { bench, model }: MindBench): void {
  const { map, mind, listed, pointed } = model.store.state
  if (!map || !mind) return
  const { session, profile, query } = mindTexts[bench.state.options.language]
  const labels = { session, profile, query }
  root.querySelector<ItemMap>('item-map')?.show({ points: map, at: mind.at, listed, pointed, labels })
}

/** Words, departments and items in the direction of the query. */
function interests({ bench, model }: MindBench): TemplateResult {
  const { mind } = model.store.state
  const texts = mindTexts[bench.state.options.language]
  const { words, categories, nearest } = mind!
  const widest = words[0]?.cosine ?? 1
  return html` <section class="interests">
    <h3>${texts.words}</h3>
    ${
      words.length === 0
        ? html`<p class="hint">${texts.empty}</p>`
        : html`<p class="hint">${texts.wordsHelp}</p>
            <ul class="words" data-mind="words">
              ${words.map(
                ({ of, cosine }) =>
                  html`<li style="--near:${(cosine / widest).toFixed(2)}" title=${bench.format.cosine(cosine)}>
                    ${of}
                  </li>`,
              )}
            </ul>`
    }
    ${
      categories.length === 0
        ? nothing
        : html`<h3>${texts.categories}</h3>
            <ul class="near">
              ${categories.map(
                ({ of, cosine }) =>
                  html` <li>
                    <a href=${hrefOf({ page: 'category', path: of.split(' > ') })}>${of}</a>
                    <span class="bar-track"
                      ><span class="bar-fill" style="inline-size:${(100 * cosine).toFixed(0)}%"></span
                    ></span>
                    <span class="figure">${bench.format.cosine(cosine)}</span>
                  </li>`,
              )}
            </ul>`
    }
    <div class="pair">
      ${nearItems(texts.nearSession, nearest.session, bench)} ${nearItems(texts.nearProfile, nearest.profile, bench)}
    </div>
  </section>`
}

function nearItems(title: string, items: readonly Near<Card>[], bench: Bench): TemplateResult | typeof nothing {
  if (items.length === 0) return nothing
  return html` <div>
    <h3>${title}</h3>
    <ol class="near-items">
      ${items.map(
        ({ of, cosine }) => html`<li>${itemRow(of)}<span class="figure">${bench.format.cosine(cosine)}</span></li>`,
      )}
    </ol>
  </div>`
}

function itemRow(card: Card): TemplateResult {
  return html`<a class="item-row" href=${hrefOf({ page: 'item', id: card.id })}>
    ${picture(productOfCard(card))}<span class="rank-title">${card.title}</span>
  </a>`
}

/** A bar for each dimension, above the line or below it. */
function vectors({ bench, model }: MindBench): TemplateResult {
  const { mind } = model.store.state
  const texts = mindTexts[bench.state.options.language]
  const parts = ['session', 'profile', 'query'] as const
  const most = Math.max(
    ...mind!.segments.flatMap((segment) => parts.flatMap((part) => Array.from(segment[part], Math.abs))),
  )
  return html` <section class="vectors">
    <h3>${texts.vectors}</h3>
    <p class="hint">${texts.vectorsHelp}</p>
    ${mind!.segments.map(
      (segment) =>
        html` <h4>${texts.segments[segment.name] ?? segment.name}</h4>
          <dl>
            ${parts.map(
              (part) =>
                html`<dt>${texts[part]}</dt>
                  <dd>${strip(segment[part], most || 1)}</dd>`,
            )}
          </dl>`,
    )}
  </section>`
}

const stripHeight = 28

function strip(values: Float32Array, most: number): TemplateResult {
  const bars = Array.from(values, (value, d) => {
    const height = (Math.abs(value) / most) * (stripHeight / 2)
    const top = stripHeight / 2 - (value > 0 ? height : 0)
    return `M${d} ${top.toFixed(2)}h.8v${Math.max(0.2, height).toFixed(2)}h-.8z`
  })
  return html`<svg
    class="strip"
    viewBox="0 0 ${values.length} ${stripHeight}"
    preserveAspectRatio="none"
    aria-hidden="true"
  >
    <path d=${bars.join('')} />
  </svg>`
}
