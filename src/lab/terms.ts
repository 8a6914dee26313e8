import { tensorOf } from '../bundle/columns.ts'
import type { Manifest } from '../bundle/manifest.ts'
import { decodeTensors } from '../bundle/safetensors.ts'
import { openStrings } from '../bundle/string-column.ts'
import { isNgram } from '../core/words.ts'
import { makeUnit } from './vectors.ts'

export interface Term {
  readonly word: string
  /** In the content segment, one unit long. */
  readonly vector: Float64Array
}

/** The words of searches, without the n-grams of others; undefined where the bundle has none. */
export function termsOf(manifest: Manifest, files: ReadonlyMap<string, Uint8Array>): Term[] | undefined {
  const file = manifest.files.find(({ role }) => role === 'terms')
  const bytes = file && files.get(file.url)
  const dims = manifest.segments.find(({ name }) => name === 'content')?.dims
  if (!bytes || !dims) return undefined
  const { tensors } = decodeTensors(bytes, file.url)
  const lengths = tensorOf(tensors, 'word.lengths', Uint16Array, [undefined], file.url)
  const text = tensorOf(tensors, 'word.text', Uint8Array, [undefined], file.url)
  const words = openStrings([{ lengths, text }], 'word')
  const codes = tensorOf(tensors, 'rows', Int8Array, [words.rows, dims], file.url)
  return Array.from({ length: words.rows }, (_, at) => ({
    word: words.at(at),
    vector: makeUnit(Float64Array.from(codes.subarray(at * dims, (at + 1) * dims))),
  })).filter(({ word }) => !isNgram(word))
}
