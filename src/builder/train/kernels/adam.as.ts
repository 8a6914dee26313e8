// Adam (Kingma and Ba, 2015) on the rows that a batch touches. What a dense Adam would have done to a row in the steps since, in
// which its gradient was 0, is made up for before the row is read again: moments decay, and the mean goes on moving it.

import { addScaled } from './elementwise.as'
import { Job, POWERS } from './job.as'

/** Missed steps that still move a row: (.9 / sqrt(.999))^64 is a thousandth. */
const MOVING: u32 = 96

/** Brings an item's row up to the end of step `now`. */
export function catchUp(job: Job, item: usize, now: u32): void {
  const stepAt = job.rowSteps + item * 4
  const before = load<u32>(stepAt)
  if (before >= now) return
  store<u32>(stepAt, now)
  const missed = now - before
  let move: f32 = 0
  if (before > 0) {
    const ratio = job.meanDecay / sqrt(job.squareDecay)
    let share: f32 = 1
    for (let i: u32 = 1; i <= min(missed, MOVING); i++) {
      share *= ratio
      move += share * load<f32>(job.rates + (before + i) * 4)
    }
  }
  const meanDecay = f32x4.splat(power(job.meanPowers, missed))
  const squareDecay = f32x4.splat(power(job.squarePowers, missed))
  const factor = f32x4.splat(move)
  const epsilon = f32x4.splat(job.epsilon)
  const bytes = job.dims * 4
  const row = job.rows + item * bytes
  const means = job.rowMeans + item * bytes
  const squares = job.rowSquares + item * bytes
  for (let d: usize = 0; d < bytes; d += 16) {
    const mean = v128.load(means + d)
    const square = v128.load(squares + d)
    const step = f32x4.div(f32x4.mul(factor, mean), f32x4.add(f32x4.sqrt(square), epsilon))
    v128.store(row + d, f32x4.sub(v128.load(row + d), step))
    v128.store(means + d, f32x4.mul(mean, meanDecay))
    v128.store(squares + d, f32x4.mul(square, squareDecay))
  }
}

function power(table: usize, exponent: u32): f32 {
  let value: f32 = 1
  while (exponent >= POWERS) {
    value *= load<f32>(table + (POWERS - 1) * 4)
    exponent -= POWERS - 1
  }
  return value * load<f32>(table + exponent * 4)
}

/** One step of Adam on `bytes` of numbers, 16 at a time. */
export function adam(job: Job, gradient: usize, row: usize, means: usize, squares: usize, bytes: usize): void {
  const rate = f32x4.splat(load<f32>(job.rates + job.step * 4))
  const meanDecay = f32x4.splat(job.meanDecay)
  const meanShare = f32x4.splat(1 - job.meanDecay)
  const squareDecay = f32x4.splat(job.squareDecay)
  const squareShare = f32x4.splat(1 - job.squareDecay)
  const epsilon = f32x4.splat(job.epsilon)
  for (let d: usize = 0; d < bytes; d += 16) {
    const slope = v128.load(gradient + d)
    const mean = f32x4.add(f32x4.mul(v128.load(means + d), meanDecay), f32x4.mul(slope, meanShare))
    const square = f32x4.add(f32x4.mul(v128.load(squares + d), squareDecay), f32x4.mul(f32x4.mul(slope, slope), squareShare))
    v128.store(means + d, mean)
    v128.store(squares + d, square)
    const step = f32x4.div(f32x4.mul(rate, mean), f32x4.add(f32x4.sqrt(square), epsilon))
    v128.store(row + d, f32x4.sub(v128.load(row + d), step))
  }
}

/** Adam on the parameters `from` to `to`, % 4 = 0, whose gradients the shards hold apart; they are added in their order. */
export function adamParameters(job: Job, from: usize, to: usize): void {
  const bytes = job.parameters * 4
  for (let shard: usize = 1; shard < job.shards; shard++) {
    addScaled(job.weightGradient + shard * bytes + from * 4, 1, job.weightGradient + from * 4, to - from)
  }
  const at = from * 4
  adam(job, job.weightGradient + at, job.weights + at, job.weightMeans + at, job.weightSquares + at, (to - from) * 4)
}
