import type { Card, Placement, Rule } from '../../index.ts'
import type { RulesPreview } from '../../lab/lab-api.ts'
import type { Problem } from '../problem-of.ts'
import type { RuleDraft, RuleFields } from './rule-fields.ts'

export interface RulesState {
  /** The lab could not be asked. */
  readonly problem: Problem | undefined
  /** Why the rules as they stand cannot be used. */
  readonly malformed: Problem | undefined
  /** Undefined until the bundle is open. */
  readonly rules: readonly RuleDraft[] | undefined
  /** Those of the bundle's file. */
  readonly filed: readonly Rule[]
  /** Number of the rule whose form is open, and what stands in the form. */
  readonly editing: number | undefined
  readonly fields: RuleFields | undefined
  /** The rules as text, while it differs from what can be read. */
  readonly text: string | undefined
  readonly categories: readonly string[]
  readonly brands: readonly string[]
  readonly search: string
  readonly found: readonly Card[]
  readonly placement: Placement
  readonly visitor: 'you' | 'new'
  /** As a date field has it, in the visitor's own time; empty: now. */
  readonly at: string
  readonly category: string
  readonly preview: RulesPreview | undefined
  /** Whether the shop on the left uses them. */
  readonly used: boolean
}

export const emptyRulesState: RulesState = {
  problem: undefined,
  malformed: undefined,
  rules: undefined,
  filed: [],
  editing: undefined,
  fields: undefined,
  text: undefined,
  categories: [],
  brands: [],
  search: '',
  found: [],
  placement: 'for-you',
  visitor: 'you',
  at: '',
  category: '',
  preview: undefined,
  used: false,
}
