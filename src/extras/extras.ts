/** The entry of `windowshop.extras.js`: what a page needs once its first shelf stands. */
export { withLiveCards } from '../worker-client/live-cards.ts'
export { diagnose, startExtras } from './run-extras.ts'
