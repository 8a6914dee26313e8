import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import * as v from 'valibot'
import { WindowshopError } from '../errors.ts'
import { featureNames } from '../models/event-features.ts'
import { readModel } from '../models/read-model.ts'
import type { Manifest } from '../bundle/manifest.ts'

/** Somebody else's TensorFlow.js model, as a bundle ships it, and the rows that it is for. */
export interface ForeignEncoder {
  readonly kind: 'foreign'
  readonly length: number
  readonly dims: number
  readonly weights: Uint8Array<ArrayBuffer>
  readonly json: (paths: readonly string[]) => unknown
}

/** What was once asked of the model and what it said, most recent event first; `length` is how many events it looks at. */
const recordSchema = v.strictObject({
  length: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100)),
  rows: v.pipe(v.array(v.array(v.number())), v.minLength(1), v.maxLength(100)),
  features: v.array(v.pipe(v.array(v.pipe(v.number(), v.integer())), v.length(featureNames.length))),
  attention: v.array(v.number()),
})

/** How far the answer may lie from the recorded one. */
const tolerance = 1e-4

/**
 * Reads a TensorFlow.js graph model, `model.json` with its weights beside it, and asks it what `record` (JSON) says it was asked before.
 * Throws `input-missing`, `input-format`, the codes of `readModel`, and `model-wrong` where it fails or answers otherwise.
 */
export async function readForeignEncoder(model: string, record: string): Promise<ForeignEncoder> {
  const json = parseJson(await read(model), model) as { weightsManifest?: { paths?: string[]; weights?: unknown }[] }
  const names = (json.weightsManifest ?? []).flatMap(({ paths = [] }) => paths)
  const parts = await Promise.all(names.map((name) => read(join(dirname(model), name))))
  const asked = v.safeParse(recordSchema, parseJson(await read(record), record))
  if (!asked.success) {
    const [issue] = asked.issues
    throw new WindowshopError('input-format', {
      where: record,
      column: v.getDotPath(issue) ?? 'record',
      expected: issue.expected ?? issue.message,
      got: issue.received.slice(0, 80),
    })
  }
  const { length, rows, features, attention } = asked.output
  const dims = rows[0]!.length
  const events = rows.length
  if (
    events > length ||
    rows.some((row) => row.length !== dims) ||
    features.length !== events ||
    attention.length !== events
  ) {
    throw new WindowshopError('input-format', {
      where: record,
      expected: 'as many rows, features and numbers of attention',
    })
  }
  const encoder: ForeignEncoder = {
    kind: 'foreign',
    length,
    dims,
    weights: new Uint8Array(Buffer.concat(parts)),
    // One file after another holds them all: groups are joined as their files are.
    json: (paths) => ({
      ...json,
      weightsManifest: [{ paths, weights: (json.weightsManifest ?? []).flatMap(({ weights }) => weights) }],
    }),
  }
  // Only this needs TensorFlow.js.
  const { openForeign } = await import('../models/late-tensorflow.ts')
  const opened = await openForeign(artifactsOf(encoder), { dims, length })
  const answer = await opened.attend({
    events,
    rows: Float32Array.from(rows.flat()),
    features: Int32Array.from(features.flat()),
  })
  opened.close()
  const wrong = attention.findIndex((expected, i) => !(Math.abs(answer[i]! - expected) <= tolerance))
  if (wrong >= 0) {
    throw new WindowshopError('model-wrong', {
      where: model,
      column: `attention[${wrong}]`,
      expected: attention[wrong]!,
      got: answer[wrong]!,
    })
  }
  return encoder
}

/** As a browser reads it. */
function artifactsOf({ weights, json }: ForeignEncoder): ReturnType<typeof readModel> {
  const file = (url: string, role: 'model' | 'weights') => ({ url, role }) as Manifest['files'][number]
  const manifest = {
    encoder: { model: 'model.json' },
    files: [file('model.json', 'model'), file('weights', 'weights')],
  }
  const files = new Map([
    ['model.json', new TextEncoder().encode(JSON.stringify(json(['weights'])))],
    ['weights', weights],
  ])
  return readModel(manifest as unknown as Manifest, files)
}

async function read(path: string): Promise<Buffer> {
  return readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw new WindowshopError('input-missing', { where: path, got: error.code ?? error.message }, { cause: error })
  })
}

function parseJson(bytes: Buffer, where: string): unknown {
  try {
    return JSON.parse(bytes.toString())
  } catch (error) {
    throw new WindowshopError(
      'input-format',
      { where, expected: 'JSON', got: bytes.toString().slice(0, 40) },
      { cause: error },
    )
  }
}
