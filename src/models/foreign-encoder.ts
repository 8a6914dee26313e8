import '@tensorflow/tfjs-backend-cpu'
import { loadGraphModel } from '@tensorflow/tfjs-converter'
import * as tf from '@tensorflow/tfjs-core'
import { WindowshopError } from '../errors.ts'
import type { Encoder, EncoderInput } from './encoder.ts'
import { featureNames } from './event-features.ts'
import { modelInputs, modelOutput } from './model-topology.ts'
import type { ModelArtifacts } from './read-model.ts'

/**
 * Runs a TensorFlow.js graph model as an encoder: inputs `rows` (events x dims, float32) and `features` (events x 4, int32), output
 * `attention` (events). It is asked once before it serves; throws `model-wrong` where it fails or answers something else.
 */
export async function openForeign(
  { format, topology, signature, specs, weights }: ModelArtifacts,
  { dims, length }: { dims: number; length: number },
): Promise<Encoder> {
  if (format !== 'graph-model') throw wrong('a graph model', format)
  await tf.ready()
  const model = await loadGraphModel(
    tf.io.fromMemory({
      format,
      modelTopology: topology,
      ...(signature && { signature }),
      weightSpecs: specs.map((spec) => ({ ...spec, shape: [...spec.shape] })) as tf.io.WeightsManifestEntry[],
      weightData: weights.buffer,
    }),
  ).catch((error: unknown) => {
    throw wrong('a model that can be loaded', String(error))
  })

  async function attend({ events, rows, features }: EncoderInput): Promise<Float32Array> {
    const inputs = {
      [modelInputs.rows]: tf.tensor2d(rows, [events, dims]),
      [modelInputs.features]: tf.tensor2d(features, [events, featureNames.length], 'int32'),
    }
    let answer: tf.Tensor | tf.Tensor[] | undefined
    try {
      answer = model.execute(inputs, modelOutput)
      if (Array.isArray(answer) || answer.dtype !== 'float32' || answer.shape.join() !== String(events))
        throw wrong(`${events} numbers`, String(Array.isArray(answer) ? 'several tensors' : answer.shape.join(' x ')))
      const numbers = await answer.data<'float32'>()
      // What a sum in float32 holds, with room for the rows.
      if (!numbers.every((number) => Math.abs(number) < 1e6))
        throw wrong('numbers below 1e6', numbers.join().slice(0, 80))
      return numbers
    } catch (error) {
      throw error instanceof WindowshopError ? error : wrong('an answer', String(error))
    } finally {
      tf.dispose([inputs, answer ?? []])
    }
  }

  const opened: Encoder = { length, attend, close: () => model.dispose() }
  for (const events of [1, length]) {
    await attend({
      events,
      rows: new Float32Array(events * dims).fill(1 / Math.sqrt(dims)),
      features: new Int32Array(events * featureNames.length),
    })
  }
  return opened
}

function wrong(expected: string, got: string): WindowshopError {
  return new WindowshopError('model-wrong', { where: 'encoder', expected, got: got.slice(0, 200) })
}
