import type { Random } from '../../../core/random.ts'
import type { Model, ScoringModel } from '../model.ts'
import { fitNextItem, randomTable, type Encoder } from './next-item.ts'

const settings = { dims: 32, epochs: 4, negatives: 32, length: 20 }

/**
 * A factorisation machine (Rendle, 2010) over three features: the candidate, the last item, and the shares of all items of the
 * prefix. Of its pairs only those with the candidate move a ranking: v_i . (a_last + mean of b_j), and the candidate's bias.
 */
export const factorisationMachine: Model<ScoringModel> = {
  name: 'fm',
  fit(training, options) {
    const create = (random: Random) => pairEncoder(training.items, settings.dims, random)
    return fitNextItem(training, create, settings, options)
  },
}

/** a of the last item + mean of b over the prefix. */
export function pairEncoder(items: number, dims: number, random: Random): Encoder {
  const last = randomTable(items, dims, random)
  const all = randomTable(items, dims, random)
  const query = new Float64Array(dims)
  let prefix = new Uint32Array()
  return {
    size: last.values.length + all.values.length,
    encode(rows) {
      prefix = rows.slice()
      for (let d = 0; d < dims; d++) {
        let sum = 0
        for (const row of prefix) sum += all.values[row * dims + d]!
        query[d] = last.values[prefix.at(-1)! * dims + d]! + sum / prefix.length
      }
      return query
    },
    learn(gradient) {
      for (let d = 0; d < dims; d++) {
        last.step(prefix.at(-1)! * dims + d, gradient[d]!)
        for (const row of prefix) all.step(row * dims + d, gradient[d]! / prefix.length)
      }
    },
  }
}
