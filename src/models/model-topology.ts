import { featureNames, featureOffsets } from './event-features.ts'

type Attribute = Record<string, unknown>
interface GraphNode {
  readonly name: string
  readonly op: string
  readonly input?: readonly string[]
  readonly attr: Record<string, Attribute>
}

/** Names of a model's inputs and output: those of ours, and of any other that is to take its place. */
export const modelInputs = { rows: 'rows', features: 'features' } as const
export const modelOutput = 'attention'

/** Names of the weights of our model, with their shapes. */
export function weightShapes({ dims, length }: { dims: number; length: number }): Record<string, [number, number]> {
  return {
    own: [dims, dims],
    last: [dims, dims],
    features: [featureOffsets(length).at(-1)!, dims],
    attention: [dims, 1],
  }
}

/**
 * Our encoder as a graph of TensorFlow operations, the `modelTopology` of a TensorFlow.js graph model, so that any TensorFlow.js runs
 * it. `constants` are weights, too: whole numbers that say where and how to cut, which the format keeps beside the others.
 */
export function modelTopology(shape: { dims: number; length: number }): {
  topology: unknown
  signature: unknown
  constants: Record<string, { shape: readonly number[]; data: Int32Array<ArrayBuffer> }>
} {
  const float = { type: 'DT_FLOAT' }
  const whole = { type: 'DT_INT32' }
  const { dims, length } = shape
  const offsets = featureOffsets(length)
  const constants = {
    'feature-offsets': { shape: [1, featureNames.length], data: Int32Array.from(offsets.slice(0, -1)) },
    'feature-axis': { shape: [1], data: Int32Array.of(1) },
    'gather-axis': { shape: [], data: Int32Array.of(0) },
    'last-begin': { shape: [2], data: Int32Array.of(0, 0) },
    'last-size': { shape: [2], data: Int32Array.of(1, -1) },
    'flat-shape': { shape: [1], data: Int32Array.of(-1) },
  }
  const placeholder = (name: string, attr: Attribute, columns: number): GraphNode => ({
    name,
    op: 'Placeholder',
    attr: { dtype: attr, shape: { shape: { dim: [{ size: '-1' }, { size: String(columns) }] } } },
  })
  const constant = (name: string, attr: Attribute, size: readonly number[]): GraphNode => ({
    name,
    op: 'Const',
    attr: {
      dtype: attr,
      value: { tensor: { dtype: attr['type'], tensorShape: { dim: size.map((n) => ({ size: String(n) })) } } },
    },
  })
  const node = (
    name: string,
    op: string,
    input: readonly string[],
    attr: Record<string, Attribute> = {},
  ): GraphNode => ({
    name,
    op,
    input,
    attr: { T: float, ...attr },
  })
  const product = (name: string, input: readonly string[], transposed: boolean) =>
    node(name, 'MatMul', input, { transpose_a: { b: false }, transpose_b: { b: transposed } })
  const nodes = [
    placeholder(modelInputs.rows, float, dims),
    placeholder(modelInputs.features, whole, featureNames.length),
    ...Object.entries(weightShapes(shape)).map(([name, size]) => constant(`weights/${name}`, float, size)),
    ...Object.entries(constants).map(([name, { shape }]) => constant(name, whole, shape)),
    node('feature-rows', 'AddV2', [modelInputs.features, 'feature-offsets'], { T: whole }),
    node('feature-vectors', 'GatherV2', ['weights/features', 'feature-rows', 'gather-axis'], {
      Tparams: float,
      Tindices: whole,
      Taxis: whole,
      batch_dims: { i: '0' },
    }),
    node('told', 'Sum', ['feature-vectors', 'feature-axis'], { Tidx: whole, keep_dims: { b: false } }),
    product('own-keys', [modelInputs.rows, 'weights/own'], true),
    node('key-sums', 'AddV2', ['own-keys', 'told']),
    node('keys', 'Tanh', ['key-sums']),
    node('last-row', 'Slice', [modelInputs.rows, 'last-begin', 'last-size'], { Index: whole }),
    product('last-key', ['last-row', 'weights/last'], true),
    node('gate-sums', 'AddV2', ['keys', 'last-key']),
    node('gates', 'Sigmoid', ['gate-sums']),
    product('score-column', ['gates', 'weights/attention'], false),
    node('scores', 'Reshape', ['score-column', 'flat-shape'], { Tshape: whole }),
    node(modelOutput, 'Softmax', ['scores']),
  ]
  const tensor = (name: string, dtype: string, columns?: number) => ({
    name: `${name}:0`,
    dtype,
    tensorShape: { dim: [{ size: '-1' }, ...(columns === undefined ? [] : [{ size: String(columns) }])] },
  })
  return {
    topology: { node: nodes, library: {}, versions: { producer: 1 } },
    signature: {
      inputs: {
        [modelInputs.rows]: tensor(modelInputs.rows, 'DT_FLOAT', dims),
        [modelInputs.features]: tensor(modelInputs.features, 'DT_INT32', featureNames.length),
      },
      outputs: { [modelOutput]: tensor(modelOutput, 'DT_FLOAT') },
    },
    constants,
  }
}
