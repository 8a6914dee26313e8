import type { ItemId } from '../core/event.ts'
import type { Fold } from '../core/fold.ts'
import { userVector } from '../core/user-vector.ts'
import { exactScore } from '../scoring/exact-score.ts'
import { priorBias } from './prior-bias.ts'
import type { Shop } from './shop.ts'
import { userSpace } from './user-space.ts'

/** The shop's own list, best for this shopper first; items that the bundle does not know keep their order at the end. */
export async function rerank(
  shop: Omit<Shop, 'scorer'>,
  fold: Fold,
  ids: readonly ItemId[],
  now: number,
): Promise<ItemId[]> {
  const { bundle } = shop
  const { settings } = bundle.manifest
  const space = await userSpace(shop, fold, settings, now)
  const query = { vector: userVector(fold, space, settings, now).query, bias: priorBias(bundle, settings) }
  const known = ids.flatMap((id) => {
    const row = bundle.rowOf(id)
    return row === undefined ? [] : [{ id, score: exactScore(bundle.table, query, row) }]
  })
  const unknown = ids.filter((id) => bundle.rowOf(id) === undefined)
  return [...known.sort((a, b) => b.score - a.score).map(({ id }) => id), ...unknown]
}
