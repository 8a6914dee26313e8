import type { Reason, ShelfItem } from '../core/shelf.ts'
import { formatShare } from './format-price.ts'
import { plainText } from './plain-text.ts'
import { fill } from './strings.ts'
import type { StringKey, Strings } from './strings.ts'

/** One line of "why this?": a share where there is one, and what it is of. */
export interface ReasonLine {
  readonly share: string
  readonly text: string
  readonly kind: 'for' | 'against' | 'note'
}

const shown = { for: 4, against: 2 }

/**
 * Why an item stands on its shelf, in words: the largest contributions, the sum of the smaller ones, what spoke against
 * it, and what else moved it. Whole percentages of the lines that speak for it add up to 100.
 */
export function reasonLines(item: ShelfItem, strings: Strings, language: string): ReasonLine[] {
  const percent = (share: number) => formatShare(share, language)
  const name = ({ title, event }: Reason) => plainText(title || event?.item || '') || strings.something
  const text = (reason: Reason) => fill(template(reason, strings), name(reason))

  const positive = item.reasons.filter((reason) => reason.share > 0).sort((a, b) => b.share - a.share)
  const top = positive.slice(0, shown.for).filter((reason) => Math.round(reason.share * 100) > 0)
  const rest = 100 - top.reduce((sum, reason) => sum + Math.round(reason.share * 100), 0)
  const lines: ReasonLine[] = top.map((reason) => ({ share: percent(reason.share), text: text(reason), kind: 'for' }))
  if (positive.length > top.length && rest > 0) {
    lines.push({ share: percent(rest / 100), text: strings.other, kind: 'for' })
  }

  const negative = item.reasons.filter((reason) => Math.round(reason.share * 100) < 0).sort((a, b) => a.share - b.share)
  for (const reason of negative.slice(0, shown.against)) {
    lines.push({ share: fill(strings.less, percent(-reason.share)), text: text(reason), kind: 'against' })
  }

  const moved = new Set(item.moved.map((name) => moves[name]))
  for (const key of moved) if (key) lines.push({ share: '', text: strings[key], kind: 'note' })
  return lines
}

const moves: Readonly<Record<string, StringKey | undefined>> = {
  repeat: 'repeat',
  diversity: 'variety',
  cap: 'variety',
  neighbours: 'neighbours',
}

function template(reason: Reason, strings: Strings): string {
  if (reason.kind === 'event') return strings[reason.event?.kind ?? 'other']
  if (reason.kind === 'context') return strings.context
  return strings[reason.id as StringKey] ?? strings.other
}
