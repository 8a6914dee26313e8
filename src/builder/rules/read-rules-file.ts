import { readFile } from 'node:fs/promises'
import * as v from 'valibot'
import { parseRules } from '../../bundle/parse-rules.ts'
import type { Rule } from '../../core/rule.ts'
import { WindowshopError } from '../../errors.ts'
import type { ColumnMap } from '../read/columns.ts'
import { checkMap } from '../read/columns.ts'
import { openRows } from '../read/open-rows.ts'
import { highMargins, readMargins } from './margins.ts'

export interface RulesInput {
  readonly rules: string
  /** Where rules on margin find it: a column of margins, or prices and costs. */
  readonly catalogue?: string
  readonly map?: ColumnMap
}

const marginRule = v.strictObject({
  name: v.string(),
  when: v.optional(v.unknown()),
  margin: v.strictObject({
    by: v.pipe(v.number(), v.gtValue(0), v.maxValue(1e6)),
    /** Share of the items that counts as high. */
    share: v.optional(v.pipe(v.number(), v.minValue(0.05), v.maxValue(0.5)), 1 / 3),
  }),
})

/**
 * Reads what a merchandiser writes: a list of rules, or an object with one. A rule on `margin` becomes a boost of the items
 * with a high one, in the order of their ids, among which the numbers cannot be told. Throws `input-missing`,
 * `input-format`, `rules-malformed` and what reading the catalogue throws.
 */
export async function readRulesFile({ rules: file, catalogue, map = {} }: RulesInput): Promise<Rule[]> {
  const list = listOf(await readJson(file))
  const onMargin = list.some((rule) => isObject(rule) && 'margin' in rule)
  if (!onMargin) return parseRules(list, file)
  if (catalogue === undefined) {
    throw new WindowshopError('option-invalid', { where: '--catalogue', expected: 'a catalogue, for rules on margin' })
  }
  const opened = await openRows(catalogue)
  const margins = await readMargins(opened, map)
  checkMap(map, [opened])
  const expanded = list.map((rule) => {
    if (!isObject(rule) || !('margin' in rule)) return rule
    const { name, when, margin } = readMarginRule(rule, file)
    const items = highMargins(margins, margin.share)
    return { name, ...(when !== undefined && { when }), boost: { items }, by: margin.by }
  })
  return parseRules(expanded, file)
}

async function readJson(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new WindowshopError('input-missing', { where: file, got: error.code ?? error.message }, { cause: error })
  })
  try {
    return JSON.parse(text)
  } catch (error) {
    const details = { where: file, expected: 'JSON', got: text.slice(0, 40) }
    throw new WindowshopError('input-format', details, { cause: error })
  }
}

/** A bare list, or a file that a bundle carries. */
function listOf(value: unknown): unknown[] {
  const list = isObject(value) && !Array.isArray(value) ? value['rules'] : value
  return Array.isArray(list) ? list : (parseRules(list) as unknown[])
}

function readMarginRule(rule: unknown, file: string): v.InferOutput<typeof marginRule> {
  const result = v.safeParse(marginRule, rule)
  if (result.success) return result.output
  const [issue] = result.issues
  throw new WindowshopError('rules-malformed', {
    where: file,
    column: v.getDotPath(issue) ?? 'margin',
    expected: issue.message,
    got: issue.received.slice(0, 80),
  })
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
