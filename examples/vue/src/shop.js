import { createRecommender, defineShelves, watchPage } from 'windowshop'

/** One recommender for the whole page. */
export const recommender = createRecommender({ bundle: '/windowshop/manifest.json', consent: 'granted' })

recommender.then((made) => {
  watchPage(made)
  defineShelves(made)
})

export async function addFirstToCart() {
  const made = await recommender
  const shelf = await made.recommend({ placement: 'for-you', limit: 1 })
  if ('items' in shelf) await made.track({ kind: 'add_to_cart', item: shelf.items[0].card.id })
}
