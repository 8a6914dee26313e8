import type { Bundle } from '../bundle/bundle.ts'
import { addRow } from '../bundle/row-vector.ts'
import type { EventRecord } from '../core/event.ts'
import { strengthOf } from '../core/fold.ts'
import type { Settings } from '../core/settings.ts'
import type { SessionAttention } from '../core/user-vector.ts'
import type { Encoder } from './encoder.ts'
import { featuresOf } from './event-features.ts'
import { zeroVector } from '../core/zero-vector.ts'

/** An encoder that is asked about a session, as the log tells it. */
export interface SessionEncoder {
  /**
   * The attention to the session's events (most recent first): to those of items that the bundle knows and that speak for them,
   * as many as the encoder looks at. Undefined where there is none.
   */
  attend(session: readonly EventRecord[], settings: Settings): Promise<SessionAttention | undefined>
}

/** Asks an encoder about sessions in a bundle's space. */
export function encodeSessions(bundle: Bundle, encoder: Encoder): SessionEncoder {
  const { table, manifest } = bundle
  const segment = manifest.segments.findIndex(({ name }) => name === 'collaborative')
  const dims = table.dims[segment] ?? 0
  const start = table.dims.slice(0, segment).reduce((sum, n) => sum + n, 0)
  const whole = zeroVector(table)

  return {
    async attend(session, settings) {
      const known = session
        .flatMap((event) => {
          const row = event.item === undefined ? undefined : bundle.rowOf(event.item)
          return row === undefined || !(strengthOf(event, settings) > 0) ? [] : [{ event, row }]
        })
        .slice(0, encoder.length)
      if (known.length === 0) return undefined
      const rows = new Float32Array(known.length * dims)
      for (const [j, { row }] of known.entries()) {
        whole.fill(0)
        addRow(table, row, 1, whole)
        rows.set(whole.subarray(start, start + dims), j * dims)
      }
      const features = Int32Array.from(
        known.flatMap(({ event }, place) => featuresOf(event, place, known[place + 1]?.event)),
      )
      const attention = await encoder.attend({ events: known.length, rows, features })
      return { segment, shares: new Map(known.map(({ event }, j) => [event, attention[j]!])) }
    },
  }
}
