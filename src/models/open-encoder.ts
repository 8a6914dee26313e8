import type { Bundle } from '../bundle/bundle.ts'
import { WindowshopError } from '../errors.ts'
import { decodeWeights } from './decode-weights.ts'
import type { Encoder } from './encoder.ts'
import { createPlainEncoder } from './plain-encoder.ts'
import { readModel, type ModelArtifacts } from './read-model.ts'
import { encodeSessions, type SessionEncoder } from './session-encoder.ts'

/** What `windowshop.tensorflow.js` gives: it runs models that are not ours. */
export interface TensorFlow {
  openForeign(artifacts: ModelArtifacts, shape: { dims: number; length: number }): Promise<Encoder>
}

/**
 * Opens the encoder of a bundle from the files of its tier `models`; TensorFlow.js is loaded for a model that is not ours. Throws
 * the codes of `readModel` and `decodeWeights`, and `model-wrong`.
 */
export async function openEncoder(
  bundle: Bundle,
  files: ReadonlyMap<string, Uint8Array>,
  loadTensorFlow: () => Promise<TensorFlow>,
): Promise<SessionEncoder> {
  const { encoder, segments } = bundle.manifest
  const dims = segments.find(({ name }) => name === 'collaborative')?.dims
  if (!encoder || dims === undefined) {
    throw new WindowshopError('bundle-malformed', {
      where: 'manifest.json',
      column: 'encoder',
      expected: 'collaborative rows',
    })
  }
  const shape = { dims, length: encoder.length }
  const artifacts = readModel(bundle.manifest, files)
  const opened =
    encoder.kind === 'windowshop'
      ? createPlainEncoder(decodeWeights(artifacts, shape), shape)
      : await (await loadTensorFlow()).openForeign(artifacts, shape)
  return encodeSessions(bundle, opened)
}
