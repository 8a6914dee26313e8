/** Entry of `windowshop.late.js`: what the worker needs after the first shelf, or in few shops. */
export { rerank } from '../src/pipeline/rerank.ts'
export { compactLog } from './compact-log.ts'
export { addHistory, exportLog, importLog } from './late-calls.ts'
export { followDeltas } from './follow-deltas.ts'
export { who } from './who.ts'
export { keepBundle } from './keep-bundle.ts'
export { recallChoice, rememberChoice } from './remember-choice.ts'
export { ShopDesk } from './shop-desk.ts'
