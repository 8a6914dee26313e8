import type { Bundle } from '../../src/bundle/bundle.ts'
import type { EventRecord } from '../../src/core/event.ts'
import { createRandom, normal } from '../../src/core/random.ts'
import { defaultSettings } from '../../src/core/settings.ts'
import { featureOffsets } from '../../src/models/event-features.ts'
import { createPlainEncoder } from '../../src/models/plain-encoder.ts'
import { encodeSessions } from '../../src/models/session-encoder.ts'
import type { EncoderRow } from './measure-encoder.ts'
import { createProblem } from './problem.ts'

const ITEMS = 10_000
const DIMS = 64
const LENGTH = 20
const RUNS = 1000

/** The encoder that we ship, with weights drawn at random: how long it takes does not depend on them. */
function createEncoder() {
  const random = createRandom(1)
  const draw = (length: number) => Float32Array.from({ length }, () => normal(random) / Math.sqrt(DIMS))
  const weights = {
    own: draw(DIMS * DIMS),
    last: draw(DIMS * DIMS),
    features: draw(featureOffsets(LENGTH).at(-1)! * DIMS),
    attention: draw(DIMS),
  }
  return createPlainEncoder(weights, { dims: DIMS, length: LENGTH })
}

function session(events: number, first: number): EventRecord[] {
  return Array.from({ length: events }, (_, at) => ({
    seq: events - at,
    id: String(at),
    profile: 'bench',
    time: 1e12 - 20_000 * at,
    kind: 'view_item',
    item: String((first + 97 * at) % ITEMS),
  }))
}

/** From the events of a session, as the log has them, to the attention to each. */
async function measure(): Promise<EncoderRow[]> {
  const { table } = createProblem({ items: ITEMS, dims: DIMS, k: 1, queries: 1, seed: 1 })
  const bundle = { table, manifest: { segments: [{ name: 'collaborative', dims: DIMS }] }, rowOf: Number }
  const encoder = encodeSessions(bundle as unknown as Bundle, createEncoder())
  const rows: EncoderRow[] = []
  for (const events of [1, 5, LENGTH]) {
    const times: number[] = []
    for (let run = 0; run < RUNS; run++) {
      const asked = session(events, run)
      const start = performance.now()
      await encoder.attend(asked, defaultSettings)
      times.push(performance.now() - start)
    }
    // The first ones are interpreted.
    const counted = times.slice(RUNS / 4).sort((a, b) => a - b)
    const quantile = (q: number) => counted[Math.floor((counted.length - 1) * q)]!
    rows.push({ events, median_ms: quantile(0.5), p95_ms: quantile(0.95) })
  }
  return rows
}
void measure().then((rows) => postMessage(rows))
