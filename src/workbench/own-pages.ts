import type { Card, Recommender, ShelfAnswer } from '../index.ts'
import { coverOf } from './cover.ts'
import type { Options } from './options.ts'
import { hrefOf } from './routes.ts'

/** A recommender whose cards lead to the workbench's pages and have pictures here, whatever the bundle's shop has. */
export function withOwnPages(recommender: Recommender, manifest: string): Recommender {
  const adopt = (card: Card): Card => ({
    ...card,
    image: pictureOf(card, manifest),
    url: hrefOf({ page: 'item', id: card.id }),
  })
  const adoptAll = (answer: ShelfAnswer): ShelfAnswer =>
    'fallback' in answer
      ? answer
      : { ...answer, items: answer.items.map((item) => ({ ...item, card: adopt(item.card) })) }
  return {
    ...recommender,
    recommend: async (request) => adoptAll(await recommender.recommend(request)),
    page: async (requests) => (await recommender.page(requests)).map(adoptAll),
    watch: (request, listener, options) => recommender.watch(request, (answer) => listener(adoptAll(answer)), options),
    cards: async (ids) => (await recommender.cards(ids)).map(adopt),
  }
}

/** The picture of a card that comes from the bundle itself, not by way of the recommender. */
export function pictureHere(card: Card, { bundle, sample }: Pick<Options, 'bundle' | 'sample'>): string | undefined {
  return sample ? card.image : pictureOf(card, bundle)
}

/** A relative address is relative to the bundle's shop, the folder that holds the bundle's; a drawn cover where there is none. */
function pictureOf({ image, category, id }: Card, manifest: string): string {
  if (!image) return new URL(`covers/${coverOf(category ?? id)}.svg`, location.href).href
  return new URL(image.replace(/^\//, ''), new URL('../', new URL(manifest, location.href))).href
}
