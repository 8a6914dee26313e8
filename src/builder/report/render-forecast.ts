import type { DemandForecast, ItemForecast } from '../forecast/forecast-demand.ts'
import { html, type Markup } from '../html.ts'
import { demandColors, demandPlot } from './demand-plot.ts'
import { percent } from './draw.ts'
import { reportPage } from './report-page.ts'

const count = (units: number) => Math.round(units).toLocaleString('en')

/** Items that the page lists; the CSV has all. */
const shown = 100

/** A demand forecast as one HTML page for people. */
export function renderForecast(name: string, forecast: DemandForecast): string {
  const { items, from, to, held_out: held } = forecast
  const own = held.methods[held.chosen]!
  const total = items.reduce((sum, { average }) => sum + average, 0)
  const body = html`<div class="intro">
      <p class="eyebrow">${name} · ${from} to ${to}</p>
      <h1>What will be asked for?</h1>
      <p class="lead">
        The next four weeks, item by item: <strong>${count(total)}</strong> units on average, of ${count(items.length)}
        items that were sold before.
      </p>
      ${verdict(forecast)}
    </div>
    <ul class="tiles">
      <li><strong>${count(total)}</strong>units in the next four weeks, on average</li>
      <li>
        <strong>${percent(own.wape, 0)}</strong>too many or too few of what was sold in the last four weeks, item by
        item
      </li>
      <li><strong>${percent(held.enough, 0)}</strong>of the items stayed within what should have been enough</li>
      <li><strong>${percent(held.unforeseen, 0)}</strong>of the units were of items that nobody had bought before</li>
    </ul>
    ${shop(forecast)} ${errors(forecast)} ${list(items)} ${method(forecast)}`
  return reportPage(`What will be asked for? ${name}`, body)
}

function verdict({ held_out: { gain, methods, chosen, rival } }: DemandForecast): Markup {
  const less = 1 - methods[chosen]!.wape / methods[rival]!.wape
  if (gain.interval[0] > 0) {
    return html`<p class="verdict">${percent(less, 0)} less wrong than “${rival}”: more than chance</p>`
  }
  return html`<p class="verdict unsure">
    Not better than “${rival}” by more than chance: so that is what forecasts here
  </p>`
}

function shop(forecast: DemandForecast): Markup {
  const { chosen, rival } = forecast.held_out
  const legend = [
    ['sold', demandColors.sold],
    [`forecast, and what it would have been: ${chosen}`, demandColors.chosen],
    [rival, demandColors.rival],
  ] as const
  return html`<section>
    <h2>The whole shop, week by week</h2>
    <p>
      The last four weeks were forecast as if they were still to come, to see how well that goes. The shaded ones are to
      come.
    </p>
    <ul class="legend">
      ${legend.map(([name, color]) => html`<li style="--swatch: ${color}">${name}</li>`)}
    </ul>
    ${demandPlot(forecast)}
  </section>`
}

function errors({ held_out: { methods, chosen, rival, groups } }: DemandForecast): Markup {
  const head = (names: readonly string[]) =>
    html`<thead>
      <tr>
        ${names.map((name) => html`<th scope="col">${name}</th>`)}
      </tr>
    </thead>`
  return html`<section>
    <h2>How wrong it was</h2>
    <p>
      Units forecast too many or too few, added up over all items, as a share of what was sold. Single items are hard to
      forecast: one large order changes everything.
    </p>
    <div class="scroll" tabindex="0" role="region" aria-label="Errors by method">
      <table class="wrapped">
        ${head(['Method', 'Four weeks', 'Week by week', 'MASE', 'Too much in all'])}
        <tbody>
          ${Object.entries(methods).map(
            ([name, { wape, wape_by_week, mase, bias }]) =>
              html`<tr class="${name === chosen ? 'own' : ''}">
                <th scope="row">${name}</th>
                <td>${percent(wape)}</td>
                <td>${percent(wape_by_week)}</td>
                <td>${mase.toFixed(2)}</td>
                <td>${percent(bias)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    <h3>By how much an item sells</h3>
    <div class="scroll" tabindex="0" role="region" aria-label="Errors by how much an item sells">
      <table class="wrapped">
        ${head(['Items', 'How many', 'Units', 'This forecast', `“${rival}”`])}
        <tbody>
          ${groups.map(
            ({ name, items, units, chosen: own, rival: other }) =>
              html`<tr>
                <th scope="row">${name}</th>
                <td>${count(items)}</td>
                <td>${count(units)}</td>
                <td>${percent(own)}</td>
                <td>${percent(other)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </section>`
}

function list(items: readonly ItemForecast[]): Markup {
  const more = items.length - shown
  return html`<section>
    <h2>Item by item</h2>
    <p>
      <em>Likely</em> is the middle of what may come. <em>On average</em> is what to count with in sums. <em>Enough</em>
      should do in nine of ten cases: what to have in stock where running out is worse than a rest.
    </p>
    <div class="scroll" tabindex="0" role="region" aria-label="Items">
      <table class="wrapped">
        <thead>
          <tr>
            <th scope="col">Item</th>
            <th scope="col">Last 12 weeks</th>
            <th scope="col">Last 4</th>
            <th scope="col">Likely</th>
            <th scope="col">On average</th>
            <th scope="col">Enough</th>
          </tr>
        </thead>
        <tbody>
          ${items.slice(0, shown).map(
            ({ id, title, past, likely, average, enough }) =>
              html`<tr>
                <th scope="row">${title}<small>${id}</small></th>
                <td>${bars(past)}</td>
                <td>${count(past.slice(-4).reduce((sum, units) => sum + units, 0))}</td>
                <td>${count(likely)}</td>
                <td>${count(average)}</td>
                <td>${count(enough)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    ${more > 0 ? html`<p class="soft">And ${count(more)} more, which <code>--csv</code> lists.</p>` : undefined}
  </section>`
}

/** Units by week as small bars; the numbers are in the label. */
function bars(past: readonly number[]): Markup {
  const highest = Math.max(1, ...past)
  return html`<svg
    class="bars"
    viewBox="0 0 ${7 * past.length - 2} 24"
    role="img"
    aria-label="${past.map(count).join(', ')}"
  >
    ${past.map((units, week) => {
      const height = Math.max(1, Math.round((24 * Math.max(0, units)) / highest))
      return html`<rect x="${7 * week}" y="${24 - height}" width="5" height="${height}" rx="1" />`
    })}
  </svg>`
}

function method({ method: name, held_out: held, validation, shop: weeks }: DemandForecast): Markup {
  const tried = Object.keys(validation.wape).length
  return html`<section>
    <h2>How this was made</h2>
    <p>
      From ${weeks.length} weeks of purchases, less what was given back; also those of customers without a name.
      ${tried} methods forecast ${validation.times} times four weeks before ${held.from}; the best of them was asked
      once about ${held.from} to ${held.to}, beside repeating what was. Forecast by: ${name}. Prices, campaigns, stock
      that ran out and holidays are not known to it.
    </p>
    <details>
      <summary>The measures</summary>
      <dl>
        <dt>Four weeks (WAPE)</dt>
        <dd>what was wrong of each item’s four weeks together, added up, as a share of all units sold; 0 is perfect</dd>
        <dt>Week by week</dt>
        <dd>the same for single weeks, which are harder to hit</dd>
        <dt>MASE</dt>
        <dd>
          an item’s error as a multiple of what repeating the last four weeks had made before, averaged over items
        </dd>
        <dt>Too much in all</dt>
        <dd>
          by how much the sum of the likely units was too high; a middle lies below the mean where few orders are large
        </dd>
      </dl>
    </details>
  </section>`
}
