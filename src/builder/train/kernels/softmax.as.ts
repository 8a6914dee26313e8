// Cross-entropy of a softmax over the candidates that a batch shares and an example's own, the target first among these.

import { addScaled, dot, exp4, sum4 } from './elementwise.as'
import { Job, parameterAt } from './job.as'

/** The sum of a local candidate's bonuses. */
export function localBonus(job: Job, local: usize): f32 {
  const bonuses = job.weights + parameterAt(job, 4) * 4
  let sum: f32 = 0
  for (let term = local * job.bonusTerms; term < (local + 1) * job.bonusTerms; term++) {
    sum += load<f32>(bonuses + load<u32>(job.localBonus + term * 4) * 4) * load<f32>(job.localValue + term * 4)
  }
  return sum
}

const MASKED: f32 = -1e30

/**
 * Turns an example's products with the shared candidates (at `logits`) into gradients with respect to them; writes the local
 * candidates' gradients, adds these to the query's gradient and the bonuses' to `bonusGradient`. Returns the weighted loss.
 */
export function softmaxLoss(job: Job, example: usize, logits: usize, bonusGradient: usize): f64 {
  const dims = job.dims
  const bytes = dims * 4
  const query = job.query + example * bytes
  const first = <usize>load<u32>(job.localFrom + example * 4)
  const end = <usize>load<u32>(job.localFrom + (example + 1) * 4)
  const negatives = job.negatives
  const scale = job.inverseTemperature

  let most: f32 = MASKED
  for (let local = first; local < end; local++) {
    const slot = <usize>load<u32>(job.localSlot + local * 4)
    const product = dot(query, job.candidates + slot * bytes, dims)
    const score = product * scale + localBonus(job, local)
    store<f32>(job.localGradient + local * 4, score)
    most = max(most, score)
  }
  const factor = f32x4.splat(scale)
  const offset = f32x4.splat(job.correction)
  let largest = f32x4.splat(most)
  for (let n: usize = 0; n < negatives * 4; n += 16) {
    const score = f32x4.add(f32x4.mul(v128.load(logits + n), factor), offset)
    v128.store(logits + n, score)
    largest = f32x4.max(largest, score)
  }
  most = max(
    max(f32x4.extract_lane(largest, 0), f32x4.extract_lane(largest, 1)),
    max(f32x4.extract_lane(largest, 2), f32x4.extract_lane(largest, 3)),
  )
  for (let local = first; local < end; local++) {
    const slot = <usize>load<u32>(job.localSlot + local * 4)
    if (slot < negatives) store<f32>(logits + slot * 4, MASKED)
  }

  const top = f32x4.splat(most)
  let sums = f32x4.splat(0)
  for (let n: usize = 0; n < negatives * 4; n += 16) {
    const share = exp4(f32x4.sub(v128.load(logits + n), top))
    v128.store(logits + n, share)
    sums = f32x4.add(sums, share)
  }
  let sum = sum4(sums)
  const target = load<f32>(job.localGradient + first * 4)
  for (let local = first; local < end; local++) {
    const at = job.localGradient + local * 4
    const share = f32x4.extract_lane(exp4(f32x4.splat(load<f32>(at) - most)), 0)
    store<f32>(at, share)
    sum += share
  }

  const weight = load<f32>(job.exampleWeight + example * 4) / job.totalWeight
  const shared = f32x4.splat((weight * scale) / sum)
  for (let n: usize = 0; n < negatives * 4; n += 16) v128.store(logits + n, f32x4.mul(v128.load(logits + n), shared))
  const gradient = job.queryGradient + example * bytes
  for (let local = first; local < end; local++) {
    const at = job.localGradient + local * 4
    const slope = weight * (load<f32>(at) / sum - (local == first ? <f32>1 : <f32>0))
    for (let term = local * job.bonusTerms; term < (local + 1) * job.bonusTerms; term++) {
      const into = bonusGradient + <usize>load<u32>(job.localBonus + term * 4) * 4
      store<f32>(into, load<f32>(into) + slope * load<f32>(job.localValue + term * 4))
    }
    // The first bonus is none, and stays so.
    store<f32>(bonusGradient, 0)
    store<f32>(at, slope * scale)
    addScaled(job.candidates + <usize>load<u32>(job.localSlot + local * 4) * bytes, slope * scale, gradient, dims)
  }
  return <f64>weight * (<f64>(most - target) + Math.log(<f64>sum))
}
