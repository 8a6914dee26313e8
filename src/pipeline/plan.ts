import { addRow } from '../bundle/row-vector.ts'
import type { Bundle } from '../bundle/bundle.ts'
import { hasBit, unite, type Bitmask } from '../core/bitmask.ts'
import type { EventRecord, ItemId } from '../core/event.ts'
import type { Fold } from '../core/fold.ts'
import type { Settings } from '../core/settings.ts'
import type { ShelfRequest } from '../core/shelf.ts'
import type { ShopperItems } from '../core/shopper-items.ts'
import { zeroVector } from '../core/zero-vector.ts'
import { userVector, type SegmentWeights, type UserSpace, type UserVector } from '../core/user-vector.ts'
import type { PriorWeights } from './prior-bias.ts'
import { rowMask } from './row-mask.ts'
import type { ShopperRows } from './shopper-rows.ts'

/** Where the candidates of a shelf come from. */
export type Plan = ScanPlan | ListPlan

/** All rows, scored against a query. */
export interface ScanPlan {
  readonly from: 'scan'
  readonly vector: Float64Array
  readonly priors: PriorWeights
  readonly mask: Bitmask
  /** Who the query speaks for: the shopper's events, or the row of one item. */
  readonly speaks: { readonly user: UserVector } | { readonly item: ItemId; readonly because?: EventRecord } | undefined
  /** Added to the score of a row, by the event that earned it. */
  readonly bonuses: ReadonlyMap<number, { readonly event: EventRecord; readonly bonus: number }>
}

/** A list that the log or the bundle already has, best first. */
export interface ListPlan {
  readonly from: 'list'
  readonly mask: Bitmask
  readonly candidates: readonly ListCandidate[]
}

export interface ListCandidate {
  readonly row: number
  readonly score: number
  /** What speaks for it; the contributions sum to `score`. */
  readonly sources: readonly { readonly item: ItemId; readonly contribution: number; readonly event?: EventRecord }[]
}

export interface PlanContext {
  readonly bundle: Bundle
  readonly fold: Fold
  /** What the fold's counted events say of items. */
  readonly shopper: ShopperItems
  /** The rows of them. */
  readonly rows: ShopperRows
  readonly request: ShelfRequest
  readonly settings: Settings
  readonly space: UserSpace
  readonly now: number
  /** What the shop's rules hide. */
  readonly hidden?: Bitmask | undefined
}

/** Reads a request against the log: what to score, or the list itself. */
export function plan(context: PlanContext): Plan {
  const { fold, shopper, request, settings } = context
  switch (request.placement) {
    case 'for-you':
      return forYou(context)
    case 'similar':
      return similar(context, request.item)
    case 'because-you-viewed': {
      const because = [...shopper.viewed.values()].findLast(({ item }) => item !== request.item)
      return similar(context, because?.item, because)
    }
    case 'bought-together':
      return neighbours(context, request.item === undefined ? cart(context) : [request.item])
    case 'cart':
      return neighbours(context, cart(context))
    case 'trending':
      return byPrior(context, { trend: 1, popularity: settings.popularity })
    case 'new':
      return byPrior(context, { newness: 1 })
    case 'recently-viewed':
      return fromLog(context, [...shopper.viewed.values()].reverse())
    case 'buy-again': {
      const bought = fold.counted.filter(({ kind, item }) => kind === 'purchase' && shopper.purchased.has(item!))
      return fromLog(context, bought.reverse())
    }
  }
}

function forYou(context: PlanContext): ScanPlan {
  const { bundle, fold, settings, space, now } = context
  const user = userVector(fold, space, settings, now)
  const seen = user.session.flatMap(({ item }) => item ?? [])
  const repeats = settings.repeatBonus.length > 0
  const bonuses: [number, { event: EventRecord; bonus: number }][] = []
  for (const [age, bonus] of repeats ? [...settings.repeatBonus.entries()].reverse() : []) {
    const event = user.session[age]
    const row = event?.item === undefined ? undefined : bundle.rowOf(event.item)
    if (event && row !== undefined) bonuses.push([row, { event, bonus }])
  }
  return {
    from: 'scan',
    vector: user.query,
    priors: settings,
    mask: maskOf(context, ['dismissed', 'inCart', 'purchased'], repeats ? [] : seen),
    speaks: { user },
    bonuses: new Map(bonuses),
  }
}

function similar(context: PlanContext, item?: ItemId, because?: EventRecord): Plan {
  const { bundle, space } = context
  const row = item === undefined ? undefined : bundle.rowOf(item)
  if (item === undefined || row === undefined)
    return { from: 'list', mask: maskOf(context, ['dismissed']), candidates: [] }
  const { table } = bundle
  const vector = zeroVector(table)
  addRow(table, row, 1, vector)
  scaleSegments(vector, table.dims, space.weights)
  return {
    from: 'scan',
    vector,
    priors: {},
    mask: maskOf(context, ['dismissed'], [item]),
    speaks: { item, ...(because && { because }) },
    bonuses: new Map(),
  }
}

/** Makes each segment of a vector as long as its weight. */
function scaleSegments(vector: Float64Array, dims: readonly number[], weights: SegmentWeights): void {
  let from = 0
  for (const [g, size] of dims.entries()) {
    const segment = vector.subarray(from, from + size)
    const norm = Math.sqrt(segment.reduce((sum, value) => sum + value * value, 0))
    for (let d = 0; d < size; d++) segment[d]! *= norm > 0 ? weights[g]! / norm : 0
    from += size
  }
}

function byPrior(context: PlanContext, priors: PriorWeights): ScanPlan {
  const { table } = context.bundle
  return {
    from: 'scan',
    vector: zeroVector(table),
    priors,
    mask: maskOf(context, ['dismissed']),
    speaks: undefined,
    bonuses: new Map(),
  }
}

function neighbours(context: PlanContext, items: readonly ItemId[]): ListPlan {
  const { bundle } = context
  const mask = maskOf(context, ['dismissed', 'inCart'], items)
  const sources = new Map<number, { item: ItemId; contribution: number }[]>()
  for (const item of new Set(items)) {
    const from = bundle.rowOf(item)
    if (from === undefined) continue
    const { rows, weights } = bundle.neighbours(from)
    for (const [n, row] of rows.entries()) {
      if (row >= bundle.table.items || hasBit(mask, row)) continue
      sources.set(row, [...(sources.get(row) ?? []), { item, contribution: weights[n]! / 255 }])
    }
  }
  const candidates = [...sources].map(([row, list]) => ({
    row,
    score: list.reduce((sum, { contribution }) => sum + contribution, 0),
    sources: list,
  }))
  return { from: 'list', mask, candidates: candidates.sort((a, b) => b.score - a.score || a.row - b.row) }
}

function fromLog(context: PlanContext, events: readonly EventRecord[]): ListPlan {
  const { bundle } = context
  const mask = maskOf(context, ['dismissed'])
  const candidates = new Map<number, ListCandidate>()
  for (const event of events) {
    const row = bundle.rowOf(event.item!)
    if (row === undefined || candidates.has(row) || hasBit(mask, row)) continue
    const score = 1 / (1 + candidates.size)
    candidates.set(row, { row, score, sources: [{ item: event.item!, contribution: score, event }] })
  }
  return { from: 'list', mask, candidates: [...candidates.values()] }
}

function cart({ request, shopper }: PlanContext): readonly ItemId[] {
  return request.items ?? [...shopper.inCart]
}

/** What a shelf may not show: these, the item of the page, and what the request leaves out. */
function maskOf(
  { bundle, rows, request, hidden }: PlanContext,
  sets: readonly (keyof ShopperItems)[],
  items: readonly ItemId[] = [],
): Bitmask {
  const { item, exclude = [], filter } = request
  const mask = rowMask(bundle, rows, {
    sets,
    items: [...items, ...(item === undefined ? [] : [item]), ...exclude],
    filter,
  })
  if (hidden) unite(mask, hidden)
  return mask
}
