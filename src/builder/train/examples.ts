/** Sessions as one array, and the places in it that are to be predicted from what stands before. */
export interface Examples {
  /** Item of every event, sessions one after another, oldest first. */
  readonly items: Uint32Array
  /** Per event its session features but for the position, already rows of the feature table; events x (features - 1). */
  readonly eventFeatures?: Uint32Array
  /** Per example, the event that is its target, and the first of its events; they end before the target. */
  readonly target: Uint32Array
  readonly first: Uint32Array
  /** Weight of an example in the loss; 1 by default. */
  readonly weight?: Float32Array
}

/** Every event but a session's first is a target; what is before it counts, the last `length` events of it. */
export function prefixExamples(sessions: readonly (readonly number[])[], length: number): Examples {
  const events = sessions.reduce((sum, session) => sum + session.length, 0)
  const count = sessions.reduce((sum, session) => sum + Math.max(0, session.length - 1), 0)
  const items = new Uint32Array(events)
  const target = new Uint32Array(count)
  const first = new Uint32Array(count)
  let at = 0
  let example = 0
  for (const session of sessions) {
    items.set(session, at)
    for (let i = 1; i < session.length; i++, example++) {
      target[example] = at + i
      first[example] = at + Math.max(0, i - length)
    }
    at += session.length
  }
  return { items, target, first }
}
