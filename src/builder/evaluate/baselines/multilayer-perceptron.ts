import { normal, type Random } from '../../../core/random.ts'
import type { Model, ScoringModel } from '../model.ts'
import { Adagrad, fitNextItem, randomTable, type Encoder } from './next-item.ts'

const settings = { dims: 32, hidden: 64, epochs: 4, negatives: 32, length: 20 }

/** A multilayer perceptron: the last item's vector and the mean of the prefix's, one hidden layer of rectifiers, a query. */
export const multilayerPerceptron: Model<ScoringModel> = {
  name: 'mlp',
  fit(training, options) {
    const create = (random: Random) => perceptron(training.items, settings, random)
    return fitNextItem(training, create, settings, options)
  },
}

/** query = V relu(W [a_last; mean of a_j] + c); a is one table. */
export function perceptron(
  items: number,
  { dims, hidden }: { readonly dims: number; readonly hidden: number },
  random: Random,
): Encoder {
  const table = randomTable(items, dims, random)
  const weights = (rows: number, columns: number) =>
    new Adagrad(Float64Array.from({ length: rows * columns }, () => normal(random) * Math.sqrt(2 / columns)))
  const into = weights(hidden, 2 * dims)
  const out = weights(dims, hidden)
  const biases = new Adagrad(new Float64Array(hidden))
  const input = new Float64Array(2 * dims)
  const active = new Float64Array(hidden)
  const slopes = new Float64Array(hidden)
  const query = new Float64Array(dims)
  let prefix = new Uint32Array()
  return {
    size: table.values.length + into.values.length + out.values.length + biases.values.length,
    encode(rows) {
      prefix = rows.slice()
      for (let d = 0; d < dims; d++) {
        let sum = 0
        for (const row of prefix) sum += table.values[row * dims + d]!
        input[d] = table.values[prefix.at(-1)! * dims + d]!
        input[dims + d] = sum / prefix.length
      }
      for (let h = 0; h < hidden; h++) {
        let sum = biases.values[h]!
        for (let i = 0; i < input.length; i++) sum += into.values[h * input.length + i]! * input[i]!
        active[h] = Math.max(0, sum)
      }
      for (let d = 0; d < dims; d++) {
        let sum = 0
        for (let h = 0; h < hidden; h++) sum += out.values[d * hidden + h]! * active[h]!
        query[d] = sum
      }
      return query
    },
    learn(gradient) {
      slopes.fill(0)
      for (let d = 0; d < dims; d++) {
        for (let h = 0; h < hidden; h++) {
          if (active[h] === 0) continue
          slopes[h]! += out.values[d * hidden + h]! * gradient[d]!
          out.step(d * hidden + h, gradient[d]! * active[h]!)
        }
      }
      const inputSlopes = new Float64Array(input.length)
      for (let h = 0; h < hidden; h++) {
        if (active[h] === 0) continue
        biases.step(h, slopes[h]!)
        for (let i = 0; i < input.length; i++) {
          inputSlopes[i]! += into.values[h * input.length + i]! * slopes[h]!
          into.step(h * input.length + i, slopes[h]! * input[i]!)
        }
      }
      for (let d = 0; d < dims; d++) {
        table.step(prefix.at(-1)! * dims + d, inputSlopes[d]!)
        for (const row of prefix) table.step(row * dims + d, inputSlopes[dims + d]! / prefix.length)
      }
    },
  }
}
