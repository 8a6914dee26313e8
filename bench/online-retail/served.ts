import { openBundle } from '../../src/bundle/open-bundle.ts'
import { buildBundle, type BuildOptions } from '../../src/builder/build-bundle.ts'
import type { Bundle } from '../../src/bundle/bundle.ts'
import { createFold } from '../../src/core/fold.ts'
import type { Settings } from '../../src/core/settings.ts'
import { answerPage } from '../../src/pipeline/answer-page.ts'
import { createPlainScorer } from '../../src/scoring/plain-scorer.ts'
import type { Case, Recommend } from './next-items.ts'
import { onlineRetail, onlineRetailMap } from './purchases.ts'

/** The bundle that the builder makes of the log before `until`. */
export async function buildOnlineRetail(options: Omit<BuildOptions, 'events' | 'map'> = {}): Promise<Bundle> {
  const { manifest, files } = await buildBundle({ events: onlineRetail, map: onlineRetailMap, ...options })
  return openBundle(manifest, files)
}

/** What a page would show: the customer's purchases as the event log, the for-you shelf at the cutoff. */
export function servedForYou(bundle: Bundle, now: number, settings?: Partial<Settings>): Recommend {
  const shop = { bundle, scorer: createPlainScorer(bundle.table) }
  return async (shopper, limit) => {
    const fold = createFold()
    fold.append(recordsOf(shopper))
    const [shelf] = await answerPage(shop, fold, [{ placement: 'for-you', limit, ...(settings && { settings }) }], now)
    return shelf && 'items' in shelf ? shelf.items.map(({ card }) => card.id) : []
  }
}

function recordsOf({ customer, history }: Case) {
  return history.map(({ item, order, time }, seq) => ({
    seq: seq + 1,
    id: `${customer}-${seq}`,
    profile: customer,
    time,
    kind: 'purchase' as const,
    item,
    context: { order },
  }))
}
