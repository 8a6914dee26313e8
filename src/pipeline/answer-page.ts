import { cosineOfRows } from '../bundle/row-vector.ts'
import type { Bundle } from '../bundle/bundle.ts'
import { arrange } from '../core/arrange.ts'
import { hasBit } from '../core/bitmask.ts'
import type { Fold } from '../core/fold.ts'
import { formatPrice } from '../core/format-price.ts'
import type { Settings } from '../core/settings.ts'
import type { ShelfAnswer, ShelfItem, ShelfRequest } from '../core/shelf.ts'
import { shopperItems } from '../core/shopper-items.ts'
import type { UserSpace } from '../core/user-vector.ts'
import { exactScore } from '../scoring/exact-score.ts'
import type { ScoreQuery, TopK } from '../scoring/scorer.ts'
import { explainListed, explainScan, toReasons } from './explain.ts'
import { plan, type ListCandidate, type Plan, type ScanPlan } from './plan.ts'
import { priorBias } from './prior-bias.ts'
import type { Shop } from './shop.ts'
import { shopperRows } from './shopper-rows.ts'
import { userSpace } from './user-space.ts'

/** Candidates that diversity may choose from, beyond those that other shelves of the page may take away. */
const pool = 64
const maxK = 512
const defaultLimit = 8
const defaultReasons = 12

/**
 * Answers all shelves of a page: one pass over the table for all queries, then shelf by shelf in the given order, no
 * item on two of them. A pure function of bundle, log, requests and `now`.
 */
export async function answerPage(
  shop: Shop,
  fold: Fold,
  requests: readonly ShelfRequest[],
  now: number,
): Promise<ShelfAnswer[]> {
  const { bundle, scorer } = shop
  const wanted = requests.reduce((sum, { limit = defaultLimit }) => sum + limit, 0)
  const asked = requests.map((request) => ({ request, settings: { ...bundle.manifest.settings, ...request.settings } }))
  let version: number
  let spaces: UserSpace[]
  do {
    ;({ version } = fold)
    spaces = await Promise.all(asked.map(({ settings }) => userSpace(shop, fold, settings, now)))
    // Events may come while a model works on a GPU.
  } while (fold.version !== version)
  const shopper = shopperItems(fold.counted)
  const rows = shopperRows(bundle, shopper)
  const shelves = asked.map(({ request, settings }, i) => {
    return { request, settings, plan: plan({ bundle, fold, shopper, rows, request, settings, space: spaces[i]!, now }) }
  })
  const scans = shelves.flatMap((shelf) => (shelf.plan.from === 'scan' ? [shelf.plan] : []))
  const queries = scans.map((scan) => toQuery(bundle, scan, Math.min(maxK, pool + wanted + scan.bonuses.size)))
  const found = scans.length > 0 ? await scorer.topK(queries) : []
  const results = new Map<Plan, Found>(
    scans.map((scan, i) => [scan, withBonuses(bundle, scan, queries[i]!, found[i]!)]),
  )

  const taken = new Set<number>()
  return shelves.map(({ request, settings, plan }) => {
    const candidates = plan.from === 'list' ? fromList(plan.candidates) : results.get(plan)!
    const items = fill({ bundle, plan, request, settings }, candidates, taken)
    if (items.length === 0) return { fallback: 'no-items' }
    return {
      placement: request.placement,
      items,
      version,
      coverage: bundle.table.items / bundle.manifest.items,
    }
  })
}

interface Found {
  readonly rows: readonly number[]
  readonly scores: readonly number[]
}

function toQuery(bundle: Bundle, { vector, priors, mask }: ScanPlan, k: number): ScoreQuery {
  return { vector, bias: priorBias(bundle, priors), mask, k }
}

/** Merges rows that carry a bonus into the top k of a scan that did not know of it. */
function withBonuses({ table }: Bundle, { bonuses, mask }: ScanPlan, query: ScoreQuery, { rows, scores }: TopK): Found {
  const plain = Array.from(rows, (row, i) => ({ row, score: scores[i]! })).filter(({ row }) => !bonuses.has(row))
  const raised = [...bonuses].flatMap(([row, { bonus }]) => {
    return hasBit(mask, row) ? [] : [{ row, score: exactScore(table, query, row) + bonus }]
  })
  const all = raised.length > 0 ? [...plain, ...raised].sort((a, b) => b.score - a.score || a.row - b.row) : plain
  return { rows: all.map(({ row }) => row), scores: all.map(({ score }) => score) }
}

function fromList(candidates: readonly ListCandidate[]): Found {
  return { rows: candidates.map(({ row }) => row), scores: candidates.map(({ score }) => score) }
}

interface ShelfContext {
  readonly bundle: Bundle
  readonly plan: Plan
  readonly request: ShelfRequest
  readonly settings: Settings
}

function fill(
  { bundle, plan, request, settings }: ShelfContext,
  { rows, scores }: Found,
  taken: Set<number>,
): ShelfItem[] {
  const { limit = defaultLimit, language = bundle.manifest.locale } = request
  const free = rows.flatMap((row, i) =>
    taken.has(row) ? [] : [{ row, relevance: scores[i]!, category: bundle.categories[row]! }],
  )
  // Diversity scales relevance over its candidates: how many there are must not depend on the page's other shelves.
  const candidates = free.slice(0, pool + limit)
  const segment = contentSegment(bundle)
  const explain = plan.from === 'scan' ? explainScan(bundle, plan) : explainListed(bundle, plan.candidates)
  const arranged = arrange(candidates, {
    limit,
    diversity: plan.from === 'scan' ? settings.diversity : 0,
    categoryCap: plan.from === 'scan' ? settings.categoryCap : 0,
    similarity: (a, b) => Math.max(0, cosineOfRows(bundle.table, segment, [a, b])),
  })
  return arranged.map(({ candidate: { row, relevance }, moved }) => {
    taken.add(row)
    const reasons = toReasons(explain(row), request.reasons ?? defaultReasons)
    const card = bundle.card(row)
    const price = card.price === undefined ? undefined : formatPrice(card.price, card.currency, language)
    return { card, ...(price !== undefined && { price }), score: relevance, reasons, moved }
  })
}

/** Diversity looks at what items are, not at who buys them; without a content segment it takes what there is. */
function contentSegment({ manifest }: Bundle): number {
  return Math.max(
    0,
    manifest.segments.findIndex(({ name }) => name === 'content'),
  )
}
