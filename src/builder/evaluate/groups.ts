import type { Dataset } from './dataset.ts'
import { judge, type Estimate } from './judge.ts'

/** Some cases, or some of what they want. */
export interface Group {
  readonly by: 'shopper activity' | 'item popularity'
  readonly name: string
  /** Cases by number, and what of theirs counts. */
  readonly members: readonly { readonly at: number; readonly wanted: ArrayLike<number> }[]
}

export interface GroupQuality {
  readonly by: Group['by']
  readonly name: string
  readonly cases: number
  readonly recall: Estimate
  readonly ndcg: Estimate
}

/** Upper ends of the events a shopper has, in words. */
const activity = [
  { most: 1, name: '1 event' },
  { most: 3, name: '2 or 3 events' },
  { most: 10, name: '4 to 10 events' },
  { most: Infinity, name: 'more than 10 events' },
]

/**
 * The cases by how many events the shopper has, and by how popular the wanted items are: the best sellers that stand for a half of all
 * training events, the next third, the rest, and items without any.
 */
export function groupsOf({ training, cases }: Dataset): Group[] {
  const active = activity.map(({ most, name }, at): Group => {
    const least = activity[at - 1]?.most ?? -1
    const members = cases.flatMap(({ rows, wanted }, at) =>
      rows.length > least && rows.length <= most ? [{ at, wanted }] : [],
    )
    return { by: 'shopper activity', name, members }
  })
  const classOf = popularityClasses(training.sequences.rows, training.items)
  const popular = ['best sellers (half of all events)', 'middle (the next third)', 'long tail', 'never seen'].map(
    (name, number): Group => {
      const members = cases.flatMap(({ wanted }, at) => {
        const own = wanted.filter((row) => classOf[row] === number)
        return own.length > 0 ? [{ at, wanted: own }] : []
      })
      return { by: 'item popularity', name, members }
    },
  )
  return [...active, ...popular].filter(({ members }) => members.length > 0)
}

export function judgeGroup(
  { by, name, members }: Group,
  lists: readonly ArrayLike<number>[],
  { k, seed }: { k: number; seed: number },
): GroupQuality {
  const quality = judge(
    members.map(({ at }) => lists[at]!),
    members.map(({ wanted }) => wanted),
    { ks: [k], seed, resamples: 200 },
  )
  return { by, name, cases: members.length, recall: quality[`recall@${k}`]!, ndcg: quality[`ndcg@${k}`]! }
}

/** 0, 1 or 2 from best sellers to the long tail, 3 for items without an event. */
function popularityClasses(events: Uint32Array, items: number): Uint8Array {
  const counts = new Uint32Array(items)
  for (const row of events) counts[row]!++
  const ranked = Uint32Array.from({ length: items }, (_, row) => row).sort((a, b) => counts[b]! - counts[a]! || a - b)
  const classes = new Uint8Array(items)
  let before = 0
  for (const row of ranked) {
    const share = before / events.length
    classes[row] = counts[row] === 0 ? 3 : share < 1 / 2 ? 0 : share < 5 / 6 ? 1 : 2
    before += counts[row]!
  }
  return classes
}
