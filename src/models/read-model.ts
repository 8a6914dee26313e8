import type { Manifest } from '../bundle/manifest.ts'
import { WindowshopError } from '../errors.ts'

/** A TensorFlow.js model as its files describe it, sizes checked; nothing of it has been run or decoded. */
export interface ModelArtifacts {
  readonly format: 'graph-model' | 'layers-model'
  readonly topology: object
  /** Names of inputs and outputs, where the file tells them. */
  readonly signature?: object
  readonly specs: readonly WeightSpec[]
  readonly weights: Uint8Array<ArrayBuffer>
}

export interface WeightSpec {
  readonly name: string
  readonly shape: readonly number[]
  readonly dtype: 'float32' | 'int32'
  readonly quantization?: {
    readonly dtype: 'uint8' | 'uint16' | 'float16'
    readonly scale: number
    readonly min: number
  }
}

const limits = { jsonBytes: 1 << 20, weightBytes: 64 << 20, specs: 1024, rank: 6 }
const bytesOf: Record<string, number> = { float32: 4, int32: 4, uint8: 1, uint16: 2, float16: 2 }

/**
 * Reads `model.json` and the weights that it names. Throws `bundle-malformed`, `bundle-limits`, `bundle-numbers`, and
 * `bundle-unreachable` where the manifest does not list a file of weights, or it is not there.
 */
export function readModel(manifest: Manifest, files: ReadonlyMap<string, Uint8Array>): ModelArtifacts {
  const where = manifest.encoder?.model ?? 'model.json'
  const fail = (column: string, expected: string, got: unknown): never => {
    throw new WindowshopError('bundle-malformed', {
      where,
      column,
      expected,
      got: String(JSON.stringify(got)).slice(0, 80),
    })
  }
  const { format, modelTopology, weightsManifest, signature } = parse(fileOf(manifest, files, where, 'model'), where)
  if (format !== 'graph-model' && format !== 'layers-model')
    return fail('format', 'graph-model or layers-model', format)
  if (!isRecord(modelTopology)) return fail('modelTopology', 'an object', modelTopology)
  if (!Array.isArray(weightsManifest)) return fail('weightsManifest', 'a list', weightsManifest)
  const specs: WeightSpec[] = []
  const parts: Uint8Array[] = []
  for (const group of weightsManifest as unknown[]) {
    if (!isRecord(group) || !Array.isArray(group['paths']) || !Array.isArray(group['weights']))
      return fail('weightsManifest', 'paths and weights', group)
    let wanted = 0
    for (const spec of group['weights'] as unknown[]) {
      if (!isSpec(spec)) return fail('weightsManifest', 'name, shape and dtype', spec)
      wanted += spec.shape.reduce((product, n) => product * n, 1) * bytesOf[spec.quantization?.dtype ?? spec.dtype]!
      specs.push(spec)
    }
    if (specs.length > limits.specs || wanted > limits.weightBytes) {
      throw new WindowshopError('bundle-limits', {
        where,
        expected: `${limits.weightBytes} bytes of weights`,
        got: wanted,
      })
    }
    const own = (group['paths'] as unknown[]).map((path) => fileOf(manifest, files, String(path), 'weights'))
    const bytes = own.reduce((sum, { length }) => sum + length, 0)
    if (bytes !== wanted) return fail('weightsManifest', `${wanted} bytes of weights`, bytes)
    parts.push(...own)
  }
  return { format, topology: modelTopology, specs, weights: join(parts), ...(isRecord(signature) && { signature }) }
}

function parse(bytes: Uint8Array, where: string): Record<string, unknown> {
  if (bytes.length > limits.jsonBytes) {
    throw new WindowshopError('bundle-limits', { where, expected: `${limits.jsonBytes} bytes`, got: bytes.length })
  }
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    if (isRecord(value)) return value
  } catch {
    // Told below, as anything else that is no object.
  }
  throw new WindowshopError('bundle-malformed', { where, expected: 'a JSON object' })
}

function fileOf(manifest: Manifest, files: ReadonlyMap<string, Uint8Array>, url: string, role: string): Uint8Array {
  const bytes = manifest.files.some((file) => file.url === url && file.role === role) ? files.get(url) : undefined
  if (!bytes) throw new WindowshopError('bundle-unreachable', { where: url, expected: `a file of role ${role}` })
  return bytes
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isSpec(value: unknown): value is WeightSpec {
  if (!isRecord(value)) return false
  const { name, shape, dtype, quantization } = value
  if (typeof name !== 'string' || name.length > 256) return false
  if (!Array.isArray(shape) || shape.length > limits.rank) return false
  if (!shape.every((n) => Number.isSafeInteger(n) && n >= 0 && n <= limits.weightBytes)) return false
  if (dtype !== 'float32' && dtype !== 'int32') return false
  if (quantization === undefined) return true
  if (!isRecord(quantization)) return false
  const { dtype: stored, scale = 1, min = 0 } = quantization
  return (
    (stored === 'uint8' || stored === 'uint16' || stored === 'float16') &&
    Number.isFinite(scale) &&
    Number.isFinite(min)
  )
}

function join(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}
