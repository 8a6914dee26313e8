import { loadExtras } from './page/load-extras.ts'
import { startPage } from './page/start-page.ts'
import { createRecommender } from './recommender.ts'

/** The script tag without shelves: `windowshop.core.js`. */
startPage(createRecommender, loadExtras)
