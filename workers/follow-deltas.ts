import { applyDelta } from '../src/bundle/apply-delta.ts'
import type { Manifest } from '../src/bundle/manifest.ts'

/** Deltas in a row that are followed; a hostile manifest may turn in circles. */
const maxSteps = 8

export interface DeltaSources {
  readonly deltas: NonNullable<Manifest['deltas']>
  /** The absolute URL of a file. */
  readonly at: (name: string) => string
  /** Bytes of a kept file, undefined where it is not kept. */
  readonly read: (address: string) => Promise<Uint8Array<ArrayBuffer> | undefined>
  readonly fetch: (address: string, maxBytes: number) => Promise<Uint8Array<ArrayBuffer>>
}

/** Makes a file of an older one that is kept, over several builds where need be; undefined where no way leads there. */
export async function followDeltas(
  name: string,
  sources: DeltaSources,
  steps = maxSteps,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const { deltas, at, read, fetch } = sources
  const delta = deltas.find(({ to }) => to === name)
  if (!delta || steps === 0) return undefined
  const older = (await read(at(delta.from))) ?? (await followDeltas(delta.from, sources, steps - 1))
  return older && applyDelta(older, await fetch(at(delta.url), delta.bytes), delta.size)
}
