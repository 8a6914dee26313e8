import type { Bundle } from '../../bundle/bundle.ts'
import type { EventRecord } from '../../core/event.ts'
import { createFold } from '../../core/fold.ts'
import type { Settings } from '../../core/settings.ts'
import { answerPage } from '../../pipeline/answer-page.ts'
import type { Shop } from '../../pipeline/shop.ts'
import { meanOf } from '../evaluate/bootstrap.ts'
import { exceedsChance } from '../evaluate/exceeds-chance.ts'
import type { Interactions } from './interactions.ts'
import type { Session } from './session-examples.ts'

/** A moment of a shopper's session, and the row that came next. */
export interface NextItemCase {
  /** The shopper's events up to then, oldest first. */
  readonly events: readonly { readonly row: number; readonly time: number; readonly kind: EventRecord['kind'] }[]
  readonly next: number
}

/** Events of a shopper's past that a case keeps. */
const mostEvents = 200

/** At most `count` moments of these sessions, spread evenly over them, that go on to a row that the session has not seen. */
export function nextItemCases({ events }: Interactions, sessions: readonly Session[], count: number): NextItemCase[] {
  const byUser = new Map<number, NextItemCase['events'][number][]>()
  for (const { user, row, time, kind } of events) {
    const own = byUser.get(user) ?? []
    byUser.set(user, own)
    own.push({ row, time, kind })
  }
  const moments = sessions.flatMap(({ user, events: own }) =>
    own.flatMap(({ row }, i) => {
      const before = own.slice(0, i)
      return i === 0 || before.some((event) => event.row === row)
        ? []
        : [{ user, time: before.at(-1)!.time, next: row }]
    }),
  )
  const step = Math.max(1, moments.length / count)
  return Array.from({ length: Math.min(count, moments.length) }, (_, i) => moments[Math.floor(i * step)]!).map(
    ({ user, time, next }) => ({
      events: byUser
        .get(user)!
        .filter((event) => event.time <= time)
        .slice(-mostEvents),
      next,
    }),
  )
}

/** Mean reciprocal rank of what came next on a for-you shelf of 20, as it is served. */
export async function measureQuery(
  shop: Shop,
  cases: readonly NextItemCase[],
  settings: Partial<Settings>,
): Promise<number> {
  return meanOf(await reciprocalRanks(shop, cases, settings))
}

/** The reciprocal rank of each case, 0 where what came next is not on the shelf. */
export async function reciprocalRanks(
  shop: Shop,
  cases: readonly NextItemCase[],
  settings: Partial<Settings>,
): Promise<Float64Array> {
  const ranks = new Float64Array(cases.length)
  for (const [at, { events, next }] of cases.entries()) {
    const fold = createFold()
    fold.append(events.map((event, i) => toRecord(shop.bundle, event, i)))
    const request = { placement: 'for-you', limit: 20, reasons: 1, settings } as const
    const [shelf] = await answerPage(shop, fold, [request], events.at(-1)!.time)
    const wanted = shop.bundle.idOf(next)
    const place = shelf && 'items' in shelf ? shelf.items.findIndex(({ card }) => card.id === wanted) : -1
    if (place >= 0) ranks[at] = 1 / (place + 1)
  }
  return ranks
}

function toRecord(bundle: Bundle, { row, time, kind }: NextItemCase['events'][number], at: number): EventRecord {
  return { seq: at + 1, id: String(at), profile: 'builder', time, kind, item: bundle.idOf(row) }
}

/** Values that are tried for a setting, one setting after the other. */
export type QueryGrid = readonly (readonly [keyof Settings & ('profile' | 'trend' | 'popularity'), readonly number[]])[]

/**
 * Changes of the settings, from `start` on, one setting after the other: those that find more of what came next than chance may. What comes
 * next is not all that a shelf is for, so the settings' defaults stay where nothing speaks against them.
 */
export async function searchQuery(
  shop: Shop,
  cases: readonly NextItemCase[],
  { start, grid }: { start: Partial<Settings>; grid: QueryGrid },
): Promise<Partial<Settings>> {
  let best = { settings: start, ranks: await reciprocalRanks(shop, cases, start) }
  for (const [name, values] of grid) {
    const before = best
    for (const value of values) {
      const settings = { ...before.settings, [name]: value }
      const ranks = await reciprocalRanks(shop, cases, settings)
      if (exceedsChance(ranks, before.ranks) && meanOf(ranks) > meanOf(best.ranks)) best = { settings, ranks }
    }
  }
  return best.settings
}
