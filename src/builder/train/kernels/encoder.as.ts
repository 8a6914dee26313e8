// The encoder, forwards and backwards, on examples `from` to `to`:
//   key_t = tanh(W e_t + sum of feature rows), gate_t = sigmoid(key_t + V e_last), a_t = softmax over the example of q . gate_t,
//   query = unit(sum a_t e_t). After Hou et al., CORE (SIGIR 2022).

import { addScaled, addUnitGradient, dot, drop, dropGradient, exp4, fill, mix, sigmoid4, tanh4, unit } from './elementwise.as'
import { Job, parameterAt } from './job.as'
import { multiply, packColumns, packRows, PANEL } from './matmul.as'

/** Packs W and V for products with their columns (forwards) and their rows (backwards). */
export function packWeights(job: Job): void {
  const dims = job.dims
  const square = dims * dims * 4
  for (let which: usize = 0; which < 2; which++) {
    const matrix = job.weights + parameterAt(job, which) * 4
    packColumns(matrix, dims * 4, dims, 0, dims / PANEL, job.packedWeights + 2 * which * square)
    packRows(matrix, dims * 4, dims, 0, dims / PANEL, job.packedWeights + (2 * which + 1) * square)
  }
}

export function encode(job: Job, from: usize, to: usize): void {
  const dims = job.dims
  const bytes = dims * 4
  const square = dims * bytes
  const first = load<u32>(job.eventFrom + from * 4)
  const end = load<u32>(job.eventFrom + to * 4)
  const featureRows = job.weights + parameterAt(job, 2) * 4
  const q = job.weights + parameterAt(job, 3) * 4

  for (let event: usize = first; event < end; event++) {
    const row = job.units + load<u32>(job.eventSlot + event * 4) * bytes
    const into = job.events + event * bytes
    if (job.eventThreshold) {
      const key = mix(job.seed + job.step * 0x9e3779b1) + <u32>event * 0x85ebca77
      drop(row, into, dims, key, job.eventThreshold, job.eventScale)
    } else {
      memory.copy(into, row, bytes)
    }
  }
  for (let example = from; example < to; example++) {
    const event = load<u32>(job.eventFrom + (example + 1) * 4) - 1
    memory.copy(job.last + example * bytes, job.events + event * bytes, bytes)
  }
  multiply(job.events + first * bytes, bytes, 4, job.packedWeights, dims, job.keys + first * bytes, bytes, end - first, dims, false)
  const lastWeights = job.packedWeights + 2 * square
  multiply(job.last + from * bytes, bytes, 4, lastWeights, dims, job.lastKeys + from * bytes, bytes, to - from, dims, false)

  for (let example = from; example < to; example++) {
    const start = <usize>load<u32>(job.eventFrom + example * 4)
    const stop = <usize>load<u32>(job.eventFrom + (example + 1) * 4)
    const lastKey = job.lastKeys + example * bytes
    let most: f32 = -3e38
    for (let event = start; event < stop; event++) {
      const key = job.keys + event * bytes
      const gate = job.gates + event * bytes
      for (let f: usize = 0; f < job.features; f++) {
        const feature = load<u32>(job.eventFeature + (event * job.features + f) * 4)
        addScaled(featureRows + feature * bytes, 1, key, dims)
      }
      for (let d: usize = 0; d < bytes; d += 16) {
        const value = tanh4(v128.load(key + d))
        v128.store(key + d, value)
        v128.store(gate + d, sigmoid4(f32x4.add(value, v128.load(lastKey + d))))
      }
      const score = dot(q, gate, dims)
      store<f32>(job.attention + event * 4, score)
      most = max(most, score)
    }
    let sum: f32 = 0
    for (let event = start; event < stop; event++) {
      const at = job.attention + event * 4
      const share = f32x4.extract_lane(exp4(f32x4.splat(load<f32>(at) - most)), 0)
      store<f32>(at, share)
      sum += share
    }
    const query = job.query + example * bytes
    fill(query, bytes)
    for (let event = start; event < stop; event++) {
      const at = job.attention + event * 4
      const share = load<f32>(at) / sum
      store<f32>(at, share)
      addScaled(job.events + event * bytes, share, query, dims)
    }
    store<f32>(job.queryNorm + example * 4, unit(query, query, dims))
  }
}

/**
 * From the gradients of queries to those of events and weights. Keys, gates and last keys are overwritten by their gradients;
 * `scratch` holds dims numbers and then the packed events.
 */
export function encodeBackwards(job: Job, from: usize, to: usize, shard: usize, scratch: usize): void {
  const dims = job.dims
  const bytes = dims * 4
  const square = dims * bytes
  const first = <usize>load<u32>(job.eventFrom + from * 4)
  const end = <usize>load<u32>(job.eventFrom + to * 4)
  const q = job.weights + parameterAt(job, 3) * 4
  const gradient = job.weightGradient + shard * job.parameters * 4
  const qGradient = gradient + parameterAt(job, 3) * 4
  const featureGradient = gradient + parameterAt(job, 2) * 4
  const one = f32x4.splat(1)

  for (let example = from; example < to; example++) {
    const start = <usize>load<u32>(job.eventFrom + example * 4)
    const stop = <usize>load<u32>(job.eventFrom + (example + 1) * 4)
    fill(scratch, bytes)
    const norm = load<f32>(job.queryNorm + example * 4)
    addUnitGradient(job.query + example * bytes, norm, job.queryGradient + example * bytes, scratch, dims)
    let mean: f32 = 0
    for (let event = start; event < stop; event++) {
      mean += load<f32>(job.attention + event * 4) * dot(scratch, job.events + event * bytes, dims)
    }
    const lastKey = job.lastKeys + example * bytes
    fill(lastKey, bytes)
    for (let event = start; event < stop; event++) {
      const share = load<f32>(job.attention + event * 4)
      const slope = share * (dot(scratch, job.events + event * bytes, dims) - mean)
      const eventGradient = job.eventGradients + event * bytes
      fill(eventGradient, bytes)
      addScaled(scratch, share, eventGradient, dims)
      const gate = job.gates + event * bytes
      const key = job.keys + event * bytes
      addScaled(gate, slope, qGradient, dims)
      const factor = f32x4.splat(slope)
      for (let d: usize = 0; d < bytes; d += 16) {
        const open = v128.load(gate + d)
        const before = f32x4.mul(f32x4.mul(factor, v128.load(q + d)), f32x4.mul(open, f32x4.sub(one, open)))
        v128.store(lastKey + d, f32x4.add(v128.load(lastKey + d), before))
        const value = v128.load(key + d)
        v128.store(key + d, f32x4.mul(before, f32x4.sub(one, f32x4.mul(value, value))))
      }
      for (let f: usize = 0; f < job.features; f++) {
        const feature = load<u32>(job.eventFeature + (event * job.features + f) * 4)
        addScaled(key, 1, featureGradient + feature * bytes, dims)
      }
    }
  }

  const packed = scratch + bytes
  const keys = job.keys + first * bytes
  const events = job.events + first * bytes
  multiply(keys, bytes, 4, job.packedWeights + square, dims, job.eventGradients + first * bytes, bytes, end - first, dims, true)
  packRows(events, bytes, end - first, 0, dims / PANEL, packed)
  multiply(keys, 4, bytes, packed, end - first, gradient + parameterAt(job, 0) * 4, bytes, dims, dims, true)

  const lastKeys = job.lastKeys + from * bytes
  const lastGradient = job.lastGradient + from * bytes
  multiply(lastKeys, bytes, 4, job.packedWeights + 3 * square, dims, lastGradient, bytes, to - from, dims, false)
  packRows(job.last + from * bytes, bytes, to - from, 0, dims / PANEL, packed)
  multiply(lastKeys, 4, bytes, packed, to - from, gradient + parameterAt(job, 1) * 4, bytes, dims, dims, true)
  for (let example = from; example < to; example++) {
    const event = <usize>load<u32>(job.eventFrom + (example + 1) * 4) - 1
    addScaled(job.lastGradient + example * bytes, 1, job.eventGradients + event * bytes, dims)
  }
  if (job.eventThreshold) {
    for (let event = first; event < end; event++) {
      dropGradient(job.events + event * bytes, job.eventGradients + event * bytes, dims, job.eventScale)
    }
  }
}
