import type { Bundle } from '../bundle/bundle.ts'
import type { EventRecord } from '../core/event.ts'
import { createFold, type Fold } from '../core/fold.ts'
import type { Settings } from '../core/settings.ts'
import type { ShelfAnswer, ShelfRequest } from '../core/shelf.ts'
import type { SessionEncoder } from '../models/session-encoder.ts'
import { answerPage } from '../pipeline/answer-page.ts'
import type { Scorer } from '../scoring/scorer.ts'

/** What a lab works on: a bundle, the scorer of its table, and one shopper. */
export interface LabBench {
  readonly bundle: Bundle
  readonly scorer: Scorer
  readonly encoder: SessionEncoder | undefined
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

/** One shelf, alone on its page: exactly what the shop's own worker would answer. */
export async function shelfOf(
  { bundle, scorer, encoder, fold, now }: LabBench,
  request: ShelfRequest,
): Promise<ShelfAnswer> {
  const [answer] = await answerPage({ bundle, scorer, encoder }, fold, [request], now)
  return answer!
}
