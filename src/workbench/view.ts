import type { TemplateResult } from 'lit'
import type { Actions } from './actions.ts'
import type { Format } from './format.ts'
import type { State } from './state.ts'
import type { Texts } from './texts.ts'

/** What every view is drawn from. */
export interface Bench {
  readonly state: State
  readonly actions: Actions
  readonly texts: Texts
  readonly format: Format
}

export type View = (bench: Bench) => TemplateResult
