/** What the first shelf does not wait for, in a file of its own: the choice, the GPU, kernels for other browsers than most. */
export { chooseScorer } from './choose-scorer.ts'
