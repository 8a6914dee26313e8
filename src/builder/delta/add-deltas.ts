import { sealManifest, type packBundle } from '../../bundle/pack.ts'
import { sha256 } from '../../bundle/verify-file.ts'
import { parseManifest, type Manifest, type ManifestFile } from '../../bundle/manifest.ts'
import type { PreviousBundle } from '../generation/previous-bundle.ts'
import { makeDelta } from './make-delta.ts'

type Packed = Awaited<ReturnType<typeof packBundle>>
type Delta = NonNullable<Manifest['deltas']>[number]

/** Builds that a visitor may have missed and still come to the newest by deltas. */
const mostSteps = 4
/** Deltas that together are a larger share of a file than this are no shorter way. */
const worthwhile = 0.6

/**
 * Adds the ways from the files of a previous bundle to those of a new one, and those that led to the previous files: who has kept an
 * older bundle fetches what has changed.
 */
export async function addDeltas({ manifest, files }: Packed, previous: PreviousBundle): Promise<Packed> {
  const all = new Map(files)
  const known = previous.manifest.deltas ?? []
  const deltas: Delta[] = []
  for (const [to, from] of pairFiles(manifest.files, previous.manifest.files)) {
    if (from.url === to.url) {
      deltas.push(...pathTo(from.url, known, mostSteps - 1))
      continue
    }
    const bytes = makeDelta(previous.files.get(from.url)!, files.get(to.url)!)
    if (bytes.length > worthwhile * to.bytes) continue
    const url = `delta.${(await sha256(bytes)).slice(0, 12)}.safetensors`
    all.set(url, bytes)
    deltas.push({ from: from.url, to: to.url, url, bytes: bytes.length, size: to.bytes })
    const earlier = pathTo(from.url, known, mostSteps - 1)
    deltas.push(...withinSize(earlier, worthwhile * to.bytes - bytes.length))
  }
  if (deltas.length === 0) return { manifest, files }
  for (const { url } of deltas) all.set(url, all.get(url) ?? previous.files.get(url)!)
  const { format: _, bundle: __, ...content } = manifest
  const json = await sealManifest({ ...content, deltas })
  all.set('manifest.json', new TextEncoder().encode(json))
  return { manifest: parseManifest(json), files: all }
}

/** Files that hold the same thing: of one role and tier, and of those the first, the second, and so on. */
function* pairFiles(
  newer: readonly ManifestFile[],
  older: readonly ManifestFile[],
): Generator<[to: ManifestFile, from: ManifestFile]> {
  const left = new Map<string, ManifestFile[]>()
  const keyOf = ({ role, tier }: ManifestFile) => `${role} ${tier}`
  for (const file of older) left.set(keyOf(file), [...(left.get(keyOf(file)) ?? []), file])
  for (const to of newer) {
    const from = left.get(keyOf(to))?.shift()
    if (from) yield [to, from]
  }
}

/** The steps that led to a file, the last first. */
function pathTo(url: string, deltas: readonly Delta[], steps: number): Delta[] {
  const step = steps > 0 ? deltas.find(({ to }) => to === url) : undefined
  return step ? [step, ...pathTo(step.from, deltas, steps - 1)] : []
}

/** The first deltas that fit into so many bytes. */
function withinSize(deltas: readonly Delta[], bytes: number): Delta[] {
  let left = bytes
  const end = deltas.findIndex(({ bytes }) => (left -= bytes) < 0)
  return end < 0 ? [...deltas] : deltas.slice(0, end)
}
