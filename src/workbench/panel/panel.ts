import { html, nothing, type TemplateResult } from 'lit'
import { chevronIcon } from '../shop/icons.ts'
import type { View } from '../view.ts'
import { comparison } from './comparison.ts'
import { engine } from './engine.ts'
import { eventLog } from './event-log.ts'
import { reasons } from './reasons.ts'
import { stage } from './stage.ts'
import { switches } from './switches.ts'
import { tabList } from './tab-list.ts'
import { vitals } from './vitals.ts'

/** The mind beside the shop: a column on wide screens, a sheet from below on narrow ones. */
export const panel: View = (bench) => {
  const { state, actions, texts } = bench
  const { sheet, status } = state
  return html` <aside
    class="panel ${sheet ? 'raised' : ''}"
    data-tab=${state.tab}
    aria-label=${texts.panel}
    data-scorer=${status?.scorer?.name ?? nothing}
    data-coverage=${status?.coverage ?? nothing}
    @keydown=${({ key }: KeyboardEvent) => sheet && key === 'Escape' && actions.toggleSheet()}
  >
    <header class="panel-head">
      <h2>${texts.panel}</h2>
      ${vitals(bench)}
      <button
        class="sheet-handle"
        aria-expanded=${sheet ? 'true' : 'false'}
        aria-controls="panel-body"
        aria-label=${sheet ? texts.panelClose : texts.panelOpen}
        @click=${actions.toggleSheet}
      >
        ${chevronIcon}
      </button>
    </header>
    <div class="panel-body" id="panel-body">
      ${stage(bench)} ${tabList(bench)}
      <div id="panel-view" role="tabpanel" aria-labelledby="tab-${state.tab}">${view(bench)}</div>
    </div>
  </aside>`
}

const view: View = (bench) => {
  const { tab } = bench.state
  return tab === 'now' ? now(bench) : html`<tool-panel .tool=${bench.tools[tab]} .bench=${bench}></tool-panel>`
}

/** What is on screen now, and why. */
const now: View = (bench) => {
  const { texts } = bench
  return html` ${comparison(bench)} ${section(texts.why, reasons(bench), texts.whyHelp)}
  ${section(texts.events, eventLog(bench))} ${section(texts.engine, engine(bench))}
  ${section(texts.switches, switches(bench))}`
}

function section(title: string, content: TemplateResult, help = ''): TemplateResult {
  return html` <details class="panel-section" open>
    <summary title=${help}><h3>${title}</h3></summary>
    ${content}
  </details>`
}
