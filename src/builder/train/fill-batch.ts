import type { Examples } from './examples.ts'
import type { JobMemory } from './job-memory.ts'

/** Adds a candidate of an example; its bonuses follow by calls of `bonus`. */
export interface AddLocal {
  (item: number): void
  bonus(index: number, value: number): void
}

/** Candidates of one example alone: adds each distinct one once, the target first. */
export type LocalCandidates = (examples: Examples, example: number, add: AddLocal) => void

/** The target and the other items of the session, each with the bonus of its recency: 1 for the last event's item. */
export const sessionCandidates: LocalCandidates = ({ items, target, first }, example, add) => {
  const at = target[example]!
  const wanted = items[at]!
  add(wanted)
  for (let event = at - 1; event >= first[example]!; event--) {
    if (items[event] !== wanted) continue
    add.bonus(at - event, 1)
    break
  }
  for (let event = at - 1; event >= first[example]!; event--) {
    const item = items[event]!
    if (item === wanted) continue
    let newer = event + 1
    while (newer < at && items[newer] !== item) newer++
    if (newer < at) continue
    add(item)
    add.bonus(at - event, 1)
  }
}

/** The same, but with the first bonus for all other items of the session: where it is low enough, only unseen items compete. */
export const unseenCandidates: LocalCandidates = ({ items, target, first }, example, add) => {
  const at = target[example]!
  add(items[at]!)
  for (const item of new Set(items.subarray(first[example]!, at))) {
    add(item)
    add.bonus(1, 1)
  }
}

/** Writes the examples `chosen` into the shared memory; `slotOf` numbers their items. */
export function fillExamples(
  job: JobMemory,
  examples: Examples,
  chosen: ArrayLike<number>,
  options: { slotOf: (item: number) => number; locals: LocalCandidates; features: number; terms: number },
): { events: number; locals: number } {
  const { slotOf, locals, features, terms } = options
  const { items, target, first, weight, eventFeatures } = examples
  const { limits } = job
  const count = chosen.length
  const eventSlot = job.whole('eventSlot', limits.examples * limits.events)
  const eventFeature = job.whole('eventFeature', limits.examples * limits.events * features)
  const eventFrom = job.whole('eventFrom', count + 1)
  const localSlot = job.whole('localSlot', limits.examples * limits.locals)
  const localBonus = job.whole('localBonus', limits.examples * limits.locals * terms)
  const localValue = job.floats('localValue', limits.examples * limits.locals * terms)
  const localExample = job.whole('localExample', limits.examples * limits.locals)
  const localFrom = job.whole('localFrom', count + 1)
  const exampleWeight = job.floats('exampleWeight', count)
  let events = 0
  let local = 0
  let place = 0
  let term = 0
  const add = Object.assign(
    (item: number): void => {
      localSlot[local] = slotOf(item)
      localExample[local++] = place
      term = (local - 1) * terms
      localBonus.fill(0, term, term + terms)
      localValue.fill(0, term, term + terms)
    },
    {
      bonus(index: number, value: number): void {
        localBonus[term] = index
        localValue[term++] = value
      },
    },
  )
  let total = 0
  for (; place < count; place++) {
    const example = chosen[place]!
    eventFrom[place] = events
    const end = target[example]!
    for (let event = first[example]!; event < end; event++) {
      eventSlot[events] = slotOf(items[event]!)
      eventFeature[events * features] = end - 1 - event
      for (let f = 1; f < features; f++) {
        eventFeature[events * features + f] = eventFeatures![event * (features - 1) + f - 1]!
      }
      events++
    }
    localFrom[place] = local
    locals(examples, example, add)
    total += exampleWeight[place] = weight?.[example] ?? 1
  }
  eventFrom[count] = events
  localFrom[count] = local
  job.set('examples', count)
  job.setFloat('totalWeight', total)
  return { events, locals: local }
}

/** Lists what uses each slot: `from` (slots + 1) and `at` (uses), both in the shared memory. */
export function groupBySlot(slotOfUse: Uint32Array, from: Uint32Array, at: Uint32Array): void {
  from.fill(0)
  for (const slot of slotOfUse) from[slot + 1]!++
  for (let slot = 1; slot < from.length; slot++) from[slot]! += from[slot - 1]!
  const next = from.slice(0, -1)
  for (let use = 0; use < slotOfUse.length; use++) at[next[slotOfUse[use]!]!++] = use
}
