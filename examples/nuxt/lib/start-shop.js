let started

/** Makes the lists live: once, in the browser alone, and after the page is hydrated. */
export function startShop() {
  started ??= start()
}

async function start() {
  const { createRecommender, defineShelves, watchPage } = await import('windowshop')
  const recommender = await createRecommender({ bundle: '/windowshop/manifest.json', consent: 'granted' })
  watchPage(recommender)
  defineShelves(recommender)
}
