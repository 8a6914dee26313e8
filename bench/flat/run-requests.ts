import type { Page } from 'playwright'
import type { ShelfRequest } from '../../src/core/shelf.ts'

type Command = (command: string, ...values: unknown[]) => Promise<never>

/** As many as the log holds: what a longer one takes is no leak. */
const logLength = 40
/** Requests between two events. */
const eventEvery = 100

/**
 * Asks for `count` shelves one after the other, the `first`-th of all first: all placements, filters, limits and settings in turn.
 * Every hundredth is followed by an event, and by the removal of the oldest one. Resolves to how many were filled.
 */
export function runRequests(page: Page, items: readonly string[], first: number, count: number): Promise<number> {
  return page.evaluate(
    async ({ ids, from, until, keep, every }) => {
      const { windowshop } = globalThis as unknown as { windowshop: Command }
      const at = <T>(values: readonly T[], i: number): T => values[i % values.length]!
      const kinds = ['view_item', 'select_item', 'add_to_cart', 'view_item', 'remove_from_cart', 'dismiss', 'purchase']
      const placements = ['for-you', 'similar', 'trending', 'because-you-viewed', 'new', 'bought-together'] as const
      const filters = [
        undefined,
        { minPrice: 10 },
        { not: { seen: true } },
        { or: [{ maxPrice: 40 }, { inCart: true }] },
      ]
      let filled = 0
      for (let i = from; i < until; i++) {
        const filter = at(filters, i >> 3)
        const request: ShelfRequest = {
          placement: at(placements, i),
          item: at(ids, i * 7),
          limit: 1 + (i % 24),
          ...(filter && { filter }),
          settings: { diversity: (i % 3) / 3, popularity: (i % 5) / 5 },
        }
        const answer: { items?: readonly unknown[] } = await windowshop('recommend', request)
        if (answer.items) filled += 1
        if (i % every) continue
        const kind = at(kinds, i / every)
        await windowshop('track', { kind, item: at(ids, i / every) })
        const events: readonly { id: string }[] = await windowshop('profile', 'events')
        for (const { id } of events.slice(0, Math.max(0, events.length - keep)))
          await windowshop('profile', 'remove', id)
      }
      return filled
    },
    { ids: items, from: first, until: first + count, keep: logLength, every: eventEvery },
  )
}
