// The work of a training step in phases. A phase is cut into shards that any thread may take: a result depends on the shards,
// whose number is fixed, and never on who took them.

import { adam, adamParameters, catchUp } from './adam.as'
import { addScaled, addUnitGradient, drop, dropGradient, fill, mix, unit } from './elementwise.as'
import { encode, encodeBackwards, packWeights } from './encoder.as'
import { Job, parameterAt } from './job.as'
import { multiply, packColumns, packRows, PANEL } from './matmul.as'
import { localBonus, softmaxLoss } from './softmax.as'

export { multiply, packColumns, packRows } from './matmul.as'
export { exp4, sigmoid4, tanh4 } from './elementwise.as'

/** Phases; STOP ends a helping thread. */
const GATHER: u32 = 0
const LEARN: u32 = 1
const UPDATE: u32 = 2
const NORMALISE: u32 = 3
const RANK: u32 = 4
const STOP: u32 = 15

/**
 * Threads share a word: sequence (12 bits), phase (4), shards (8), next shard (8); and behind it the count of finished shards.
 * Takes shards until there are none left. Returns the word that it saw last.
 */
export function takeShards(word: usize, address: usize): u32 {
  while (true) {
    const state = atomic.load<u32>(word)
    const phase = (state >>> 16) & 15
    const shards = (state >>> 8) & 255
    const next = state & 255
    if (phase == STOP || next >= shards) return state
    if (atomic.cmpxchg<u32>(word, state, state + 1) != state) continue
    run(changetype<Job>(address), phase, next, shards)
    if (atomic.add<u32>(word, 1, 4) + 1 == shards) atomic.notify(word + 4, -1)
  }
}

/** What a helping thread does all its life. */
export function help(word: usize, address: usize): void {
  while (true) {
    const state = takeShards(word, address)
    if (((state >>> 16) & 15) == STOP) return
    atomic.wait<u32>(word, state, -1)
  }
}

/** Begins a phase, takes part in it, and returns when it is done. */
export function lead(word: usize, address: usize, phase: u32, shards: u32): void {
  const sequence = (atomic.load<u32>(word) >>> 20) + 1
  atomic.store<u32>(word, 0, 4)
  atomic.store<u32>(word, (sequence << 20) | (phase << 16) | (shards << 8))
  atomic.notify(word, -1)
  takeShards(word, address)
  for (let done = atomic.load<u32>(word, 4); done < shards; done = atomic.load<u32>(word, 4)) {
    atomic.wait<u32>(word + 4, done, -1)
  }
}

function run(job: Job, phase: u32, shard: usize, shards: usize): void {
  if (phase == GATHER) gather(job, shard, shards)
  else if (phase == LEARN) learn(job, shard, shards)
  else if (phase == UPDATE) update(job, shard, shards)
  else if (phase == NORMALISE) normalise(job, shard, shards)
  else if (phase == RANK) rank(job, shard, shards)
}

// @ts-ignore: decorator
@inline
function cut(count: usize, part: usize, parts: usize, unit: usize): usize {
  return min(count, ((count + unit * parts - 1) / (unit * parts)) * unit * part)
}

/** Rows of the batch: brought up to date, unit length, dropout for those that stand as candidates, packed. */
function gather(job: Job, shard: usize, shards: usize): void {
  const dims = job.dims
  const bytes = dims * 4
  const from = cut(job.slots, shard, shards, 8)
  const to = cut(job.slots, shard + 1, shards, 8)
  for (let slot = from; slot < to; slot++) {
    const item = <usize>load<u32>(job.slotItem + slot * 4)
    catchUp(job, item, job.step - 1)
    const row = job.rows + item * bytes
    const candidate = job.candidates + slot * bytes
    store<f32>(job.norms + slot * 4, unit(row, job.units + slot * bytes, dims))
    if (job.candidateThreshold) {
      const key = mix(~job.seed + job.step * 0x9e3779b1) + <u32>item * 0x85ebca77
      drop(row, candidate, dims, key, job.candidateThreshold, job.candidateScale)
      store<f32>(job.candidateNorms + slot * 4, unit(candidate, candidate, dims))
    } else {
      store<f32>(job.candidateNorms + slot * 4, unit(row, candidate, dims))
    }
  }
  const negatives = min(to, job.negatives)
  if (from < negatives) packColumns(job.candidates, bytes, dims, from / PANEL, negatives / PANEL, job.candidateColumns)
  for (let slot = from; slot < negatives; slot++) {
    for (let panel: usize = 0; panel < dims / PANEL; panel++) {
      const into = job.candidateRows + (panel * job.negatives + slot) * PANEL * 4
      memory.copy(into, job.candidates + slot * bytes + panel * PANEL * 4, PANEL * 4)
    }
  }
  if (shard == 0) packWeights(job)
}

/** Loss and gradients of a shard's examples. */
function learn(job: Job, shard: usize, shards: usize): void {
  const dims = job.dims
  const bytes = dims * 4
  const from = cut(job.examples, shard, shards, job.tile)
  const to = cut(job.examples, shard + 1, shards, job.tile)
  const negatives = job.negatives
  const gradient = job.weightGradient + shard * job.parameters * 4
  const candidateGradient = job.candidateGradient + shard * negatives * bytes
  const scratch = job.scratch + shard * job.scratchBytes
  fill(gradient, job.parameters * 4)
  fill(candidateGradient, negatives * bytes)
  let loss: f64 = 0
  if (from < to) {
    encode(job, from, to)
    const logits = job.logits + shard * job.tile * job.logitBytes
    const bonusGradient = gradient + parameterAt(job, 4) * 4
    for (let start = from; start < to; start += job.tile) {
      const count = min(job.tile, to - start)
      const query = job.query + start * bytes
      const queryGradient = job.queryGradient + start * bytes
      multiply(query, bytes, 4, job.candidateColumns, dims, logits, job.logitBytes, count, negatives, false)
      fill(queryGradient, count * bytes)
      for (let i: usize = 0; i < count; i++) {
        loss += softmaxLoss(job, start + i, logits + i * job.logitBytes, bonusGradient)
      }
      multiply(logits, job.logitBytes, 4, job.candidateRows, negatives, queryGradient, bytes, count, dims, true)
      packRows(query, bytes, count, 0, dims / PANEL, scratch)
      multiply(logits, 4, job.logitBytes, scratch, count, candidateGradient, bytes, negatives, dims, true)
    }
    encodeBackwards(job, from, to, shard, scratch)
  }
  store<f64>(job.loss + shard * 8, loss)
}

/** Gradients of rows from all that used them, in a fixed order; then Adam. */
function update(job: Job, shard: usize, shards: usize): void {
  const dims = job.dims
  const bytes = dims * 4
  const from = cut(job.slots, shard, shards, 8)
  const to = cut(job.slots, shard + 1, shards, 8)
  const total = job.scratch + shard * job.scratchBytes
  const own = total + bytes
  const sum = own + bytes
  for (let slot = from; slot < to; slot++) {
    fill(total, 3 * bytes)
    const events = <usize>load<u32>(job.slotEvents + (slot + 1) * 4)
    for (let i = <usize>load<u32>(job.slotEvents + slot * 4); i < events; i++) {
      addScaled(job.eventGradients + <usize>load<u32>(job.slotEventAt + i * 4) * bytes, 1, sum, dims)
    }
    addUnitGradient(job.units + slot * bytes, load<f32>(job.norms + slot * 4), sum, total, dims)

    fill(sum, bytes)
    if (slot < job.negatives) {
      for (let part: usize = 0; part < job.shards; part++) {
        addScaled(job.candidateGradient + (part * job.negatives + slot) * bytes, 1, sum, dims)
      }
    }
    const locals = <usize>load<u32>(job.slotLocals + (slot + 1) * 4)
    for (let i = <usize>load<u32>(job.slotLocals + slot * 4); i < locals; i++) {
      const local = <usize>load<u32>(job.slotLocalAt + i * 4)
      const example = <usize>load<u32>(job.localExample + local * 4)
      addScaled(job.query + example * bytes, load<f32>(job.localGradient + local * 4), sum, dims)
    }
    addUnitGradient(job.candidates + slot * bytes, load<f32>(job.candidateNorms + slot * 4), sum, own, dims)
    if (job.candidateThreshold) dropGradient(job.candidates + slot * bytes, own, dims, job.candidateScale)
    addScaled(own, 1, total, dims)

    const item = <usize>load<u32>(job.slotItem + slot * 4)
    const at = item * bytes
    adam(job, total, job.rows + at, job.rowMeans + at, job.rowSquares + at, bytes)
    store<u32>(job.rowSteps + item * 4, job.step)
  }
  adamParameters(job, cut(job.parameters, shard, shards, 4), cut(job.parameters, shard + 1, shards, 4))
}

/** Brings all items up to date; their unit rows, as they are and packed. */
function normalise(job: Job, shard: usize, shards: usize): void {
  const dims = job.dims
  const bytes = dims * 4
  const padded = (job.items + PANEL - 1) & ~(PANEL - 1)
  const from = cut(padded, shard, shards, PANEL)
  const to = cut(padded, shard + 1, shards, PANEL)
  for (let item = from; item < to; item++) {
    if (item < job.items) {
      catchUp(job, item, job.step)
      unit(job.rows + item * bytes, job.itemUnits + item * bytes, dims)
    } else {
      fill(job.itemUnits + item * bytes, bytes)
    }
  }
  packColumns(job.itemUnits, bytes, dims, from / PANEL, to / PANEL, job.itemColumns)
  if (shard == 0) packWeights(job)
}

/** Counts the items that score above each example's target; `units` are all items' rows here. Ties count for the target. */
function rank(job: Job, shard: usize, shards: usize): void {
  const dims = job.dims
  const bytes = dims * 4
  const from = cut(job.examples, shard, shards, job.tile)
  const to = cut(job.examples, shard + 1, shards, job.tile)
  if (from >= to) return
  encode(job, from, to)
  const logits = job.logits + shard * job.tile * job.logitBytes
  const chunk = job.logitBytes / 4
  const padded = (job.items + PANEL - 1) & ~(PANEL - 1)
  for (let start = from; start < to; start += job.tile) {
    const count = min(job.tile, to - start)
    for (let example = start; example < start + count; example++) store<u32>(job.better + example * 4, localRank(job, example))
    for (let item: usize = 0; item < padded; item += chunk) {
      const columns = min(chunk, padded - item)
      const packed = job.itemColumns + item * bytes
      multiply(job.query + start * bytes, bytes, 4, packed, dims, logits, job.logitBytes, count, columns, false)
      const real = min(columns, job.items - item)
      for (let i: usize = 0; i < count; i++) {
        const at = job.better + (start + i) * 4
        store<u32>(at, load<u32>(at) + countAbove(logits + i * job.logitBytes, real, load<f32>(job.localGradient + (start + i) * 4)))
      }
    }
  }
}

function countAbove(scores: usize, count: usize, bar: f32): u32 {
  const bars = f32x4.splat(bar)
  let above = i32x4.splat(0)
  let n: usize = 0
  for (; n + 4 <= count; n += 4) above = i32x4.sub(above, f32x4.gt(v128.load(scores + n * 4), bars))
  let sum = i32x4.extract_lane(above, 0) + i32x4.extract_lane(above, 1) + i32x4.extract_lane(above, 2) + i32x4.extract_lane(above, 3)
  for (; n < count; n++) sum += <i32>(load<f32>(scores + n * 4) > bar)
  return sum
}

/**
 * Leaves the target's score in `localGradient` of the example, and returns what the local candidates with their bonuses add to
 * the count of plain products above it.
 */
function localRank(job: Job, example: usize): u32 {
  const bytes = job.dims * 4
  const query = job.query + example * bytes
  const first = <usize>load<u32>(job.localFrom + example * 4)
  const end = <usize>load<u32>(job.localFrom + (example + 1) * 4)
  let bar: f32 = 0
  let sum: i32 = 0
  for (let local = first; local < end; local++) {
    const plain = product(query, job.units + <usize>load<u32>(job.localSlot + local * 4) * bytes, job.dims)
    const score = plain + localBonus(job, local) / job.inverseTemperature
    if (local == first) bar = score
    else sum += <i32>(score > bar)
    sum -= <i32>(plain > bar)
  }
  store<f32>(job.localGradient + example * 4, bar)
  return sum
}

/** As `multiply` does it: in ascending order. */
function product(a: usize, b: usize, dims: usize): f32 {
  let sum: f32 = 0
  for (let d: usize = 0; d < dims * 4; d += 4) sum = load<f32>(a + d) * load<f32>(b + d) + sum
  return sum
}
