/** TensorFlow.js, for models that are not ours, in a file of its own. */
export { openForeign } from './foreign-encoder.ts'
