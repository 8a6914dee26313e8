import type { TemplateResult } from 'lit'
import type { Actions } from './actions.ts'
import type { Format } from './format.ts'
import type { State } from './state.ts'
import type { Tab } from './tabs.ts'
import type { Texts } from './texts.ts'
import type { Tool } from './tool-panel.ts'

/** The views of the panel that have a state of their own. */
export type Tools = Readonly<Record<Exclude<Tab, 'now'>, Tool>>

/** What every view is drawn from. */
export interface Bench {
  readonly state: State
  readonly actions: Actions
  readonly texts: Texts
  readonly format: Format
  readonly tools: Tools
}

export type View = (bench: Bench) => TemplateResult
