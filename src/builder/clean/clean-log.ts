import type { EventKind } from '../../core/event.ts'
import type { LogLine } from '../read/read-events.ts'
import { cancelPurchases } from './cancel-purchases.ts'
import { dropBots } from './drop-bots.ts'
import { createFeeRule } from './fee-rule.ts'
import { joinSpellings } from './join-spellings.ts'
import type { CleaningReport } from './report.ts'

/** A line of the log that counts: complete, and about goods. */
export interface CleanLine extends LogLine {
  readonly kind: EventKind
  readonly user: string
  readonly item: string
}

/**
 * Leaves the lines that say who did what with which item, oldest first, and tells the report about the others.
 * `known` are the catalogue's ids, where there is a catalogue: its ids are neither fees nor misspelled.
 */
export function cleanLog(
  lines: readonly LogLine[],
  report: CleaningReport,
  known?: ReadonlySet<string>,
): readonly CleanLine[] {
  return dropBots(cancelPurchases(goodsLines(lines, report, known), report), report)
}

/** The same before returns are taken off purchases: what was given back later still stands there. */
export function goodsLines(
  lines: readonly LogLine[],
  report: CleaningReport,
  known?: ReadonlySet<string>,
): readonly CleanLine[] {
  const isFee = createFeeRule(lines)
  const complete: CleanLine[] = []
  for (const line of lines) {
    const { item, user, kind } = line
    if (kind === undefined) report.drop('other-event', line.line)
    else if (item === undefined) report.drop(kind === 'search' ? 'search' : 'no-item', line.line)
    else if (!known?.has(item) && isFee(item, line.title)) report.drop('fee', line.line)
    else if (user === undefined) report.drop('no-user', line.line)
    else if (Number.isNaN(line.time)) report.drop('no-time', line.line)
    else complete.push({ ...line, kind, item, user })
  }
  const joined = joinSpellings(complete, report, known)
  joined.sort((a, b) => a.time - b.time || a.line - b.line)
  return mergeRepeats(joined, report)
}

/** Drops exact repeats, and adds up the lines that one order has for one item. */
function mergeRepeats(lines: readonly CleanLine[], report: CleaningReport): CleanLine[] {
  const seen = new Map<string, number>()
  const kept: CleanLine[] = []
  for (const line of lines) {
    const { user, item, kind, time, order, quantity, price } = line
    const exact = JSON.stringify([user, item, kind, time, order, quantity, price])
    const sameOrder = order === undefined ? exact : JSON.stringify([user, item, kind, order, quantity < 0])
    if (seen.has(exact)) {
      report.drop('duplicate', line.line)
      continue
    }
    const at = seen.get(sameOrder)
    seen.set(exact, kept.length)
    if (at !== undefined) {
      report.drop('repeated', line.line)
      kept[at] = { ...kept[at]!, quantity: kept[at]!.quantity + quantity }
      continue
    }
    seen.set(sameOrder, kept.length)
    kept.push(line)
  }
  return kept
}
