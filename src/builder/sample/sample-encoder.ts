import { shopEncoder, type EncoderOptions } from '../encoder-options.ts'

/**
 * The encoder of the sample shop. Its truth is known, so the weights of the query are chosen by what lists are worth to shoppers whom no
 * test asks (`bench:sample`), not by what they looked at next.
 */
export const sampleEncoder: EncoderOptions = {
  ...shopEncoder,
  settings: { profile: 0.8, content: 0.5, trend: 0.3, popularity: 0 },
}
