import { addRow } from '../bundle/row-vector.ts'
import type { Settings } from '../core/settings.ts'
import { zeroVector } from '../core/zero-vector.ts'
import { settingsOf, type LabBench } from './bench.ts'
import type { BlendInput } from './lab-api.ts'
import { userOf } from './read-mind.ts'
import { dot, split } from './vectors.ts'

interface BlendRequest {
  readonly row: number
  readonly settings: Partial<Settings>
}

/**
 * The products of which a row's score is blended: its own segments with the direction of the session, and of the profile. Each
 * times the weights of its part and segment; the parts are what all events give together.
 */
export async function blendOf(bench: LabBench, { row, settings: change }: BlendRequest): Promise<BlendInput[]> {
  const { table, manifest } = bench.bundle
  const settings = settingsOf(bench, change)
  const own = zeroVector(table)
  addRow(table, row, 1, own)
  const ownParts = split(own, table.dims)
  const inputs: BlendInput[] = []
  for (const from of ['session', 'profile'] as const) {
    // With weights of one, each segment of the query is the unit vector of this part.
    const alone = { ...change, session: 0, profile: 0, collaborative: 1, content: 1, [from]: 1 }
    const directions = split((await userOf(bench, alone)).query, table.dims)
    for (const [g, { name: segment }] of manifest.segments.entries()) {
      const value = dot(directions[g]!, ownParts[g]!)
      const weight = settings[from] * settings[segment]
      inputs.push({ from, segment, value, weight, part: weight * value })
    }
  }
  return inputs
}
