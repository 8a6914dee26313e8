import type { Bundle } from '../bundle/bundle.ts'
import { limits, parseManifest } from '../bundle/manifest.ts'
import { openBundle } from '../bundle/open-bundle.ts'
import { readRules } from '../bundle/parse-rules.ts'
import { verifyFile } from '../bundle/verify-file.ts'
import type { Rule } from '../core/rule.ts'
import { WindowshopError } from '../errors.ts'
import { allocateTable } from '../scoring/allocate-table.ts'
import { openEncoder } from '../models/open-encoder.ts'
import type { SessionEncoder } from '../models/session-encoder.ts'
import type { LabSource } from './lab-api.ts'

export interface OpenedSource {
  readonly bundle: Bundle
  /** What weighs a session's events; undefined where their age does. */
  readonly encoder: SessionEncoder | undefined
  /** Those of its file; none where there is no file, or a broken one. */
  readonly rules: readonly Rule[]
  /** Verified files by name: the bundle keeps no more of them than it needs. */
  readonly files: ReadonlyMap<string, Uint8Array>
}

/** Reads a whole bundle as the recommender's worker does: every file verified. Throws a coded error. */
export async function openSource({ manifest: address, files: given = new Map() }: LabSource): Promise<OpenedSource> {
  const read = async (url: string, cache: RequestCache): Promise<Uint8Array<ArrayBuffer>> => {
    const known = given.get(url)
    if (known) return known
    const response = await fetch(url, { cache, credentials: 'omit', referrerPolicy: 'no-referrer' }).catch((cause) => {
      throw new WindowshopError('bundle-unreachable', { where: url }, { cause })
    })
    if (!response.ok) throw new WindowshopError('bundle-unreachable', { where: url, got: response.status })
    return new Uint8Array(await response.arrayBuffer())
  }
  const bytes = await read(address, 'no-cache')
  if (bytes.length > limits.manifestBytes)
    throw new WindowshopError('bundle-limits', { where: address, got: bytes.length })
  const manifest = parseManifest(new TextDecoder().decode(bytes))
  const files = new Map<string, Uint8Array>()
  await Promise.all(
    manifest.files.map(async (entry) => {
      const content = await read(new URL(entry.url, address).href, 'default')
      await verifyFile(entry, content)
      files.set(entry.url, content)
    }),
  )
  const changing = (file: { readonly url: string } | undefined) =>
    file && read(new URL(file.url, address).href, 'no-cache').catch(() => undefined)
  const current = await changing(manifest.availability)
  const written = await changing(manifest.rules)
  const bundle = openBundle(manifest, files, { allocate: allocateTable, ...(current && { availability: current }) })
  // As the shop's worker does; a model that is not ours needs TensorFlow.js, which the lab does not load.
  const ours = manifest.encoder?.kind === 'windowshop'
  const encoder = ours
    ? await openEncoder(bundle, files, () => Promise.reject(new Error('no TensorFlow.js in the lab')))
    : undefined
  return { bundle, files, encoder, rules: written ? rulesIn(written) : [] }
}

function rulesIn(bytes: Uint8Array): readonly Rule[] {
  try {
    return readRules(bytes)
  } catch {
    // As in the shop: a broken file is told by its status, and holds nothing.
    return []
  }
}
