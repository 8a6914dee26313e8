import type { Bundle } from '../bundle/bundle.ts'
import type { EventRecord } from '../core/event.ts'
import { createFold, type Fold } from '../core/fold.ts'
import type { Rule } from '../core/rule.ts'
import type { Settings } from '../core/settings.ts'
import type { ShelfAnswer, ShelfRequest } from '../core/shelf.ts'
import type { SessionEncoder } from '../models/session-encoder.ts'
import { answerPage } from '../pipeline/answer-page.ts'
import { withPrices } from '../pipeline/with-prices.ts'
import { applyRules } from '../pipeline/rules/apply-rules.ts'
import type { ShopRules } from '../pipeline/rules/shelf-rules.ts'
import type { Scorer } from '../scoring/scorer.ts'

/** What a lab works on: a bundle, the scorer of its table, and one shopper. */
export interface LabBench {
  readonly bundle: Bundle
  readonly scorer: Scorer
  readonly encoder: SessionEncoder | undefined
  /** What the shop wishes beside what suits the shopper. */
  readonly rules: readonly Rule[]
  readonly fold: Fold
  readonly now: number
}

/** The fold of a log. */
export function foldOf(events: readonly EventRecord[]): Fold {
  const fold = createFold()
  fold.append(events.toSorted((a, b) => a.seq - b.seq))
  return fold
}

/** The bundle's settings with changes. */
export function settingsOf({ bundle }: Pick<LabBench, 'bundle'>, change: Partial<Settings> = {}): Settings {
  return { ...bundle.manifest.settings, ...change }
}

const applied = new WeakMap<readonly Rule[], ShopRules>()

/** Rules ready for use, made once for each list of them; undefined where there are none. */
export function rulesOf(rules: readonly Rule[]): ShopRules | undefined {
  if (rules.length === 0) return undefined
  const known = applied.get(rules) ?? applyRules(rules)
  applied.set(rules, known)
  return known
}

/** One shelf, alone on its page: exactly what the shop's own worker would answer. */
export async function shelfOf(
  { bundle, scorer, encoder, rules, fold, now }: LabBench,
  request: ShelfRequest,
): Promise<ShelfAnswer> {
  const shop = { bundle, scorer, encoder, rules: withPrices(rulesOf(rules)) }
  const [answer] = await answerPage(shop, fold, [request], now)
  return answer!
}
