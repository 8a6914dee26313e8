import { createRandom, normal, type Random } from '../../../core/random.ts'
import type { FitOptions, ScoringModel, Training, TrainingPoint } from '../model.ts'

/** Turns a prefix of rows into a query, and the query's gradient into steps of what it learned. */
export interface Encoder {
  /** The query, `dims` long; valid until the next call. */
  encode(prefix: Uint32Array): Float64Array
  /** Learns from the loss's gradient by the query of the last `encode`. */
  learn(gradient: Float64Array): void
  /** Numbers that it holds. */
  readonly size: number
}

export interface NextItemSettings {
  readonly dims: number
  readonly epochs: number
  /** Items drawn beside the wanted one at each step. */
  readonly negatives: number
  /** Latest events of a prefix that are looked at. */
  readonly length: number
}

const rate = 0.1

/**
 * Trains item vectors and an encoder to tell the next item from uniformly drawn ones, by the softmax over both, and
 * steps of Adagrad (Duchi et al., 2011). The score of an item is its product with the query, and its bias.
 */
export function fitNextItem(
  { items, sequences: { offsets, rows } }: Training,
  createEncoder: (random: Random) => Encoder,
  { dims, epochs, negatives, length }: NextItemSettings,
  { seed, onProgress }: FitOptions,
): ScoringModel {
  const random = createRandom(seed)
  const encoder = createEncoder(random)
  const vectors = randomTable(items, dims, random)
  const biases = new Adagrad(new Float64Array(items))
  const ends = shuffledPrefixEnds(offsets, random)
  const drawn = new Uint32Array(1 + negatives)
  const chances = new Float64Array(drawn.length)
  const gradient = new Float64Array(dims)
  const curve: TrainingPoint[] = []
  for (let epoch = 0; epoch < epochs; epoch++) {
    let loss = 0
    for (const [step, { from, at }] of ends.entries()) {
      if (step % 4096 === 0) onProgress?.((epoch + step / ends.length) / epochs)
      const query = encoder.encode(rows.subarray(Math.max(from, at - length), at))
      drawn[0] = rows[at]!
      for (let n = 1; n < drawn.length; n++) drawn[n] = Math.floor(random() * items)
      for (const [n, row] of drawn.entries()) chances[n] = biases.values[row]! + dot(vectors.values, row * dims, query)
      softmax(chances)
      loss -= Math.log(Math.max(chances[0]!, 1e-300))
      gradient.fill(0)
      for (const [n, row] of drawn.entries()) {
        const slope = chances[n]! - (n === 0 ? 1 : 0)
        biases.step(row, slope)
        for (let d = 0, i = row * dims; d < dims; d++, i++) {
          gradient[d]! += slope * vectors.values[i]!
          vectors.step(i, slope * query[d]!)
        }
      }
      encoder.learn(gradient)
    }
    curve.push({ epoch: epoch + 1, loss: loss / ends.length })
  }
  return {
    bytes: 4 * (vectors.values.length + biases.values.length + encoder.size),
    curve,
    score(shopper, scores) {
      scores.set(biases.values)
      if (shopper.rows.length === 0) return
      const query = encoder.encode(shopper.rows.subarray(-length))
      for (let row = 0; row < items; row++) scores[row]! += dot(vectors.values, row * dims, query)
    },
  }
}

/** Numbers with the sums of squared gradients that scale their steps. */
export class Adagrad {
  readonly values: Float64Array
  readonly #squares: Float64Array

  constructor(values: Float64Array) {
    this.values = values
    this.#squares = new Float64Array(values.length).fill(1e-3)
  }

  step(at: number, slope: number): void {
    this.#squares[at]! += slope * slope
    this.values[at]! -= (rate * slope) / Math.sqrt(this.#squares[at]!)
  }
}

/** A table of small random numbers, rows x dims. */
export function randomTable(rows: number, dims: number, random: Random): Adagrad {
  return new Adagrad(Float64Array.from({ length: rows * dims }, () => (0.1 * normal(random)) / Math.sqrt(dims)))
}

function dot(table: Float64Array, start: number, query: Float64Array): number {
  let sum = 0
  for (let d = 0; d < query.length; d++) sum += table[start + d]! * query[d]!
  return sum
}

function softmax(scores: Float64Array): void {
  let highest = -Infinity
  for (const score of scores) highest = Math.max(highest, score)
  let sum = 0
  for (let n = 0; n < scores.length; n++) sum += scores[n] = Math.exp(scores[n]! - highest)
  for (let n = 0; n < scores.length; n++) scores[n]! /= sum
}

/** Every event that has one before it, in random order, with the start of its sequence. */
function shuffledPrefixEnds(offsets: Uint32Array, random: Random): { from: number; at: number }[] {
  const ends: { from: number; at: number }[] = []
  for (let s = 0; s + 1 < offsets.length; s++) {
    for (let at = offsets[s]! + 1; at < offsets[s + 1]!; at++) ends.push({ from: offsets[s]!, at })
  }
  for (let at = ends.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1))
    ;[ends[at], ends[other]] = [ends[other]!, ends[at]!]
  }
  return ends
}
