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
import { plan, type Plan, type ScanPlan } from './plan.ts'
import { priorBias } from './prior-bias.ts'
import type { ShelfRules } from './rules/shelf-rules.ts'
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
 * item on two of them. A pure function of shop, log, requests and `now`.
 */
export async function answerPage(
  shop: Shop,
  fold: Fold,
  requests: readonly ShelfRequest[],
  now: number,
): Promise<ShelfAnswer[]> {
  const { bundle, scorer, revision = 0 } = shop
  const wanted = requests.reduce((sum, request) => sum + limitOf(request), 0)
  const asked = requests.map((request) => ({ request, settings: { ...bundle.manifest.settings, ...request.settings } }))
  let version: number
  let spaces: UserSpace[]
  do {
    ;({ version } = fold)
    spaces = await Promise.all(asked.map(({ settings }) => userSpace(shop, fold, settings, now)))
    // Events may come while a model works on a GPU.
  } while (fold.version !== version)
  version += revision
  const shopper = shopperItems(fold.counted)
  const rows = shopperRows(bundle, shopper)
  const shelves = asked.map(({ request, settings }, i): Planned => {
    const ruled = shop.rules?.({ bundle, fold, shopper, rows, request, now })
    const context = { bundle, fold, shopper, rows, request, settings, space: spaces[i]!, now, hidden: ruled?.hidden }
    return { request, settings, ruled, plan: plan(context) }
  })
  const scans = shelves.flatMap(({ plan, ruled }) => {
    if (plan.from === 'list') return []
    const { vector, priors, mask, bonuses } = plan
    const k = Math.min(maxK, pool + wanted + bonuses.size)
    return [{ plan, query: { vector, bias: priorBias(bundle, priors, ruled?.boosts), mask, k } }]
  })
  const found = scans.length > 0 ? await scorer.topK(scans.map(({ query }) => query)) : []
  const results = new Map<Plan, Found>(
    scans.map(({ plan, query }, i) => [plan, withBonuses(bundle, plan, query, found[i]!)]),
  )

  const taken = new Set<number>()
  const pinned = shelves.map(({ request, plan, ruled }) => ruled?.claim(limitOf(request), plan.mask, taken) ?? 0)
  return shelves.map((shelf, i) => {
    const items = fill(bundle, shelf, results.get(shelf.plan) ?? fromList(shelf), { pinned: pinned[i]!, taken })
    if (items.length === 0) return { fallback: 'no-items' }
    return {
      placement: shelf.request.placement,
      items,
      version,
      coverage: bundle.table.items / bundle.manifest.items,
    }
  })
}

interface Planned {
  readonly request: ShelfRequest
  readonly settings: Settings
  readonly plan: Plan
  readonly ruled: ShelfRules | undefined
}

interface Found {
  readonly rows: readonly number[]
  readonly scores: readonly number[]
  /** Score of a row that is not among them. */
  readonly scoreOf: (row: number) => number
}

/** Merges rows that carry a bonus into the top k of a scan that did not know of it. */
function withBonuses({ table }: Bundle, { bonuses, mask }: ScanPlan, query: ScoreQuery, { rows, scores }: TopK): Found {
  const scoreOf = (row: number) => exactScore(table, query, row) + (bonuses.get(row)?.bonus ?? 0)
  const plain = Array.from(rows, (row, i) => ({ row, score: scores[i]! })).filter(({ row }) => !bonuses.has(row))
  const raised = [...bonuses.keys()].flatMap((row) => (hasBit(mask, row) ? [] : [{ row, score: scoreOf(row) }]))
  const all = raised.length > 0 ? byScore([...plain, ...raised]) : plain
  return { rows: all.map(({ row }) => row), scores: all.map(({ score }) => score), scoreOf }
}

function byScore<T extends { readonly row: number; readonly score: number }>(candidates: T[]): T[] {
  return candidates.sort((a, b) => b.score - a.score || a.row - b.row)
}

function fromList({ plan, ruled }: Planned): Found {
  const listed = plan.from === 'list' ? plan.candidates : []
  const scoreOf = (row: number) =>
    ruled?.contributions(row).reduce((sum, { contribution }) => sum + contribution, 0) ?? 0
  const boosted = listed.map(({ row, score }) => ({ row, score: score + scoreOf(row) }))
  const all = ruled?.boosts ? byScore(boosted) : boosted
  return { rows: all.map(({ row }) => row), scores: all.map(({ score }) => score), scoreOf }
}

interface Room {
  /** Places that rules have given away. */
  readonly pinned: number
  /** Rows that stand on this page already. */
  readonly taken: Set<number>
}

function fill(
  bundle: Bundle,
  { plan, request, settings, ruled }: Planned,
  { rows, scores, scoreOf }: Found,
  { pinned, taken }: Room,
): ShelfItem[] {
  const { language = bundle.manifest.locale } = request
  const { categories, table } = bundle
  const limit = limitOf(request)
  const isScan = plan.from === 'scan'
  const free = rows.flatMap((row, i) => (taken.has(row) ? [] : [{ row, relevance: scores[i]! }]))
  const caps = [...(ruled?.caps ?? [])]
  if (isScan && settings.categoryCap > 0) caps.push({ most: settings.categoryCap, group: (row) => categories[row] })
  const segment = contentSegment(bundle)
  const most = request.reasons ?? defaultReasons
  const explain = isScan ? explainScan(bundle, plan, most) : explainListed(bundle, plan.candidates)
  // Diversity scales relevance over its candidates: how many there are must not depend on the page's other shelves.
  const arranged = arrange(ruled?.caps.length ? free : free.slice(0, pool + limit), {
    limit: limit - pinned,
    diversity: isScan ? settings.diversity : 0,
    caps,
    similarity: (a, b) => Math.max(0, cosineOfRows(table, segment, [a, b])),
  })
  ruled?.place(arranged, scoreOf)
  return arranged.map(({ candidate: { row, relevance }, moved, rules }) => {
    taken.add(row)
    const contributions = [...explain(row), ...(ruled?.contributions(row) ?? [])]
    const card = bundle.card(row)
    const price = card.price === undefined ? undefined : formatPrice(card.price, card.currency, language)
    return {
      card,
      ...(price !== undefined && { price }),
      score: relevance,
      reasons: toReasons(contributions, most),
      moved,
      rules,
    }
  })
}

function limitOf({ limit = defaultLimit }: ShelfRequest): number {
  return limit
}

/** Diversity looks at what items are, not at who buys them; without a content segment it takes what there is. */
export function contentSegment({ manifest }: Bundle): number {
  return Math.max(
    0,
    manifest.segments.findIndex(({ name }) => name === 'content'),
  )
}
