import type { Reason, ShelfItem } from '../core/shelf.ts'
import { formatShare } from './format-share.ts'
import { plainText } from '../core/plain-text.ts'
import { fill } from './strings.ts'
import type { StringKey, Strings } from './strings.ts'

/** One line of "why this?": a share where there is one, and what it is of. */
export interface ReasonLine {
  readonly share: string
  readonly text: string
  readonly kind: 'for' | 'against' | 'note'
}

const most = { for: 4, against: 2 }

/**
 * Why an item stands on its shelf, in words: the largest contributions (those of the same words as one), the sum of the
 * smaller ones, what spoke against the item, and what else moved it. Percentages are whole; where smaller ones are summed
 * up, those that speak for the item add up to 100.
 */
export function reasonLines(item: ShelfItem, strings: Strings, language: string): ReasonLine[] {
  const percents = new Map<string, number>()
  for (const reason of item.reasons) {
    const text = describe(reason, strings)
    percents.set(text, (percents.get(text) ?? 0) + reason.share * 100)
  }
  const named = [...percents].filter(([text]) => text !== strings.other)
  const top = named
    .filter(([, percent]) => percent >= 0.5)
    .sort(([, a], [, b]) => b - a)
    .slice(0, most.for)
  const against = named
    .filter(([, percent]) => percent <= -0.5)
    .sort(([, a], [, b]) => a - b)
    .slice(0, most.against)
  const others = 100 - top.reduce((sum, [, percent]) => sum + Math.round(percent), 0)
  const hidden = [...percents.values()].filter((percent) => percent > 0).length > top.length

  const share = (percent: number) => formatShare(percent / 100, language)
  return [
    ...top.map(([text, percent]): ReasonLine => ({ share: share(percent), text, kind: 'for' })),
    ...(hidden && others > 0 ? [{ share: share(others), text: strings.other, kind: 'for' as const }] : []),
    ...against.map(([text, percent]): ReasonLine => {
      return { share: fill(strings.less, share(-percent)), text, kind: 'against' }
    }),
    ...notes(item, strings).map((text): ReasonLine => ({ share: '', text, kind: 'note' })),
  ]
}

/** What moved the item beside its score: the shop's rules by name, and variety. */
function notes({ moved, rules = [] }: ShelfItem, strings: Strings): string[] {
  const own = rules.map((rule) => fill(strings.rule, plainText(rule)))
  return moved.length > own.length ? [...own, strings.variety] : own
}

function describe(reason: Reason, strings: Strings): string {
  const named = reason.kind === 'rule' ? reason.id : reason.title || reason.event?.item
  const name = plainText(named ?? '') || strings.something
  return fill(template(reason, strings), name)
}

function template({ kind, id, event }: Reason, strings: Strings): string {
  if (kind === 'event') return strings[event?.kind ?? 'other']
  if (kind === 'prior') return priors.has(id) ? strings[id as StringKey] : strings.other
  return kind === 'rest' ? strings.other : strings[kind]
}

const priors = new Set(['popularity', 'trend', 'newness', 'price'])
