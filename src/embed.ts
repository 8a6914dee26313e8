import { loadExtras } from './page/load-extras.ts'
import { startPage } from './page/start-page.ts'
import { createRecommender } from './recommender.ts'
import { connectShelves } from './shelf/connect.ts'
import { defineShelves } from './shelf/define-shelves.ts'

/** The script tag with shelves: `windowshop.js`. */
const { options, recommender } = startPage(createRecommender, loadExtras)
if (options.shelves !== 'off') {
  defineShelves()
  // Without a recommender the shop's own HTML stays.
  recommender.then(connectShelves, () => {})
}
