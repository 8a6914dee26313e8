import { createRandom } from '../../core/random.ts'
import type { Dataset } from './dataset.ts'
import { judge, type Estimate } from './judge.ts'
import type { Case, FittedModel } from './model.ts'
import { recommendAll } from './recommend-all.ts'

/** Quality for shoppers of whom only the last `events` events are known. */
export interface ColdStartPoint {
  readonly events: number
  readonly recall: Estimate
}

/** How many events of a shopper are known. */
const known = [0, 1, 2, 3, 5]
/** Shoppers that are asked about at each point, drawn at random where there are more. */
const most = 2000

/**
 * The same shoppers, those with at least five events, as if only their last 0, 1, 2, 3 or 5 events were known. Events that are not known hide nothing. Empty without such shoppers.
 */
export async function coldStartCurve(
  model: FittedModel,
  { training, cases, hide }: Pick<Dataset, 'training' | 'cases' | 'hide'>,
  { k, seed }: { k: number; seed: number },
): Promise<ColdStartPoint[]> {
  const shoppers = draw(
    cases.filter(({ rows }) => rows.length >= known.at(-1)!),
    seed,
  )
  if (shoppers.length === 0) return []
  const points: ColdStartPoint[] = []
  for (const events of known) {
    const { lists } = await recommendAll(
      model,
      shoppers.map((shopper) => lastEvents(shopper, events)),
      { items: training.items, count: k, hide },
    )
    const wanted = shoppers.map((shopper) => shopper.wanted)
    const quality = judge(lists, wanted, { ks: [k], seed, resamples: 200 })
    points.push({ events, recall: quality[`recall@${k}`]! })
  }
  return points
}

function lastEvents({ rows, times, kinds, ...rest }: Case, count: number): Case {
  const from = rows.length - count
  return {
    ...rest,
    rows: rows.subarray(from),
    ...(times && { times: times.subarray(from) }),
    ...(kinds && { kinds: kinds.slice(from) }),
  }
}

function draw(cases: readonly Case[], seed: number): readonly Case[] {
  if (cases.length <= most) return cases
  const random = createRandom(seed)
  const left = [...cases]
  return Array.from({ length: most }, () => {
    const at = Math.floor(random() * left.length)
    const [chosen] = left.splice(at, 1)
    return chosen!
  })
}
