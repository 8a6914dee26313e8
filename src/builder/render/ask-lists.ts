import { createFold } from '../../core/fold.ts'
import type { Card, ShelfItem } from '../../core/shelf.ts'
import { answerPage } from '../../pipeline/answer-page.ts'
import type { Shop } from '../../pipeline/shop.ts'
import { cardUrl } from '../card-url.ts'
import type { CheckedOptions, RenderedPlacement } from './render-options.ts'

/** A card as it may be put into a page: its addresses are http(s) or relative. */
export type ListedCard = Pick<Card, 'id' | 'title'> &
  Partial<Omit<Card, 'id' | 'title'>> & { readonly priceText?: string }

/** The lists of one item, for somebody of whom nothing is known. */
export interface ItemLists {
  readonly item: string
  readonly lists: readonly { readonly placement: RenderedPlacement; readonly cards: readonly ListedCard[] }[]
}

/** Asks the pipeline for the lists of every item, in the order of the rows: what a page of that item would show. */
export async function* askLists(
  shop: Shop,
  { placements, limit, prices, at }: Pick<CheckedOptions, 'placements' | 'limit' | 'prices' | 'at'>,
): AsyncGenerator<ItemLists> {
  const fold = createFold()
  for (let row = 0; row < shop.bundle.manifest.items; row++) {
    const item = shop.bundle.idOf(row)
    const requests = placements.map((placement) => ({ placement, item, limit }))
    const answers = await answerPage(shop, fold, requests, at)
    const lists = answers.map((answer, i) => ({
      placement: placements[i]!,
      cards: 'items' in answer ? answer.items.map((shown) => listed(shown, prices)) : [],
    }))
    yield { item, lists }
  }
}

function listed({ card, price: priceText }: ShelfItem, prices: boolean): ListedCard {
  const { url: _url, image: _image, price, currency, ...rest } = card
  const [url, image] = [cardUrl(card.url), cardUrl(card.image ?? '')]
  return {
    ...rest,
    ...(url && { url }),
    ...(image && { image }),
    ...(prices && price !== undefined && { price, currency, ...(priceText !== undefined && { priceText }) }),
  }
}
