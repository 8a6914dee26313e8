import { html, type TemplateResult } from 'lit'
import { tabs, type Tab } from '../tabs.ts'
import type { Bench } from '../view.ts'

/** The panel's views, as WAI-ARIA's tabs: the arrow keys go from one to the next. */
export function tabList({ state, actions, texts }: Bench): TemplateResult {
  const onKey = (event: KeyboardEvent) => {
    const next = nextTab(event, state.tab)
    if (!next) return
    event.preventDefault()
    actions.openTab(next)
    queueMicrotask(() => document.querySelector<HTMLElement>(`#tab-${next}`)?.focus())
  }
  return html` <div class="tabs" role="tablist" aria-label=${texts.panel} @keydown=${onKey}>
    ${tabs.map(
      (tab) =>
        html` <button
          role="tab"
          id="tab-${tab}"
          aria-selected=${tab === state.tab ? 'true' : 'false'}
          aria-controls="panel-view"
          tabindex=${tab === state.tab ? 0 : -1}
          @click=${() => actions.openTab(tab)}
        >
          ${texts.tabs[tab]}
        </button>`,
    )}
  </div>`
}

function nextTab({ key, currentTarget }: KeyboardEvent, now: Tab): Tab | undefined {
  const at = tabs.indexOf(now)
  const back = getComputedStyle(currentTarget as Element).direction === 'rtl' ? 'ArrowRight' : 'ArrowLeft'
  if (key === 'Home') return tabs[0]
  if (key === 'End') return tabs.at(-1)
  if (key !== 'ArrowLeft' && key !== 'ArrowRight') return undefined
  return tabs[(at + (key === back ? tabs.length - 1 : 1)) % tabs.length]
}
