import { addRow } from '../bundle/row-vector.ts'
import { hasBit } from '../core/bitmask.ts'
import type { ItemId } from '../core/event.ts'
import type { Settings } from '../core/settings.ts'
import { shopperItems } from '../core/shopper-items.ts'
import { eventVectors } from '../pipeline/event-vectors.ts'
import { priceFit } from '../pipeline/price-fit.ts'
import { priorBias, priorContributions } from '../pipeline/prior-bias.ts'
import { joinBoosts } from '../pipeline/with-prices.ts'
import { rowsOf } from '../pipeline/shopper-rows.ts'
import { exactScore } from '../scoring/exact-score.ts'
import { rulesOf, settingsOf, type LabBench } from './bench.ts'
import { hidingRules, ruleContext } from './preview-rules.ts'
import { blendOf } from './blend.ts'
import { placeOnList } from './place-on-list.ts'
import type { Decomposition, HiddenBy } from './lab-api.ts'
import { userOf } from './read-mind.ts'
import { dot, split } from './vectors.ts'
import { zeroVector } from '../core/zero-vector.ts'

/** Takes the score of any item apart, shown or not: events by segments, priors, the bonus for coming back. */
export async function decompose(
  bench: LabBench,
  { item, settings: change }: { readonly item: ItemId; readonly settings: Partial<Settings> },
): Promise<Decomposition | undefined> {
  const { bundle } = bench
  const { table } = bundle
  const row = bundle.rowOf(item)
  if (row === undefined) return undefined
  const settings = settingsOf(bench, change)
  const user = await userOf(bench, change)
  const own = zeroVector(table)
  addRow(table, row, 1, own)
  const ownParts = split(own, table.dims)
  const vectors = eventVectors(bundle)
  const events = user.factors().flatMap(({ event, factors }) => {
    const vector = new Float64Array(own.length)
    if (!vectors.add(event, 1, vector)) return []
    const parts = Float64Array.from(split(vector, table.dims), (part, g) => factors[g]! * dot(part, ownParts[g]!))
    return [{ id: event.id, parts, sum: parts.reduce((sum, part) => sum + part, 0) }]
  })
  const repeat = Math.max(
    0,
    ...user.session.map(({ item: seen }, age) =>
      seen !== undefined && bundle.rowOf(seen) === row ? (settings.repeatBonus[age] ?? 0) : 0,
    ),
  )
  const prices = priceFit({ bundle, fold: bench.fold, settings, now: bench.now })
  const price = prices?.of(row) ?? 0
  const priors = [
    ...priorContributions(bundle, settings, row).map(({ name, contribution }) => ({
      name,
      value: contribution / (settings[name] || 1),
      weight: settings[name],
      part: contribution,
    })),
    ...(prices
      ? [{ name: 'price', value: price / settings.priceSensitivity, weight: settings.priceSensitivity, part: price }]
      : []),
  ]
  const context = ruleContext(bench, { placement: 'for-you', settings: change })
  const ruled = rulesOf(bench.rules)?.(context)
  const rules = (ruled?.contributions(row) ?? []).map(({ contribution, describe }) => ({
    name: describe().id,
    part: contribution,
  }))
  const query = {
    vector: user.query,
    bias: priorBias(bundle, settings, joinBoosts(prices, ruled?.boosts)),
    mask: new Uint32Array(0),
    k: 1,
  }
  const score = exactScore(table, query, row)
  let place = 1
  for (let other = 0; other < table.items; other++) if (exactScore(table, query, other) > score) place++
  return {
    card: bundle.card(row),
    score: score + repeat,
    events: events.sort((a, b) => Math.abs(b.sum) - Math.abs(a.sum)),
    blend: await blendOf(bench, { row, settings: change }),
    priors,
    repeat,
    rules,
    hiddenByRules: hidingRules(bench.rules, context)(row),
    hidden: await hiddenBy(bench, row, settings),
    place,
    listed: await placeOnList(bench, row, change),
  }
}

async function hiddenBy(bench: LabBench, row: number, settings: Settings): Promise<HiddenBy[]> {
  const { bundle, fold } = bench
  const shopper = shopperItems(fold.counted)
  const seen = (await userOf(bench, {})).session.flatMap(({ item }) => item ?? [])
  const sets: readonly (readonly [HiddenBy, Iterable<ItemId>])[] = [
    // A bonus for coming back shows what was seen.
    ['session', settings.repeatBonus.length > 0 ? [] : seen],
    ['inCart', shopper.inCart],
    ['purchased', shopper.purchased],
    ['dismissed', shopper.dismissed],
  ]
  const hidden = sets.flatMap(([name, items]) => (hasBit(rowsOf(bundle, items), row) ? [name] : []))
  return hasBit(bundle.unavailable, row) ? ['unavailable', ...hidden] : hidden
}
