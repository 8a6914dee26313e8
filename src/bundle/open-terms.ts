import { ngrams, words } from '../core/words.ts'
import { checkFinite, tensorOf } from './columns.ts'
import { indexStrings } from './item-index.ts'
import type { Manifest } from './manifest.ts'
import { decodeTensors } from './safetensors.ts'
import { addRow } from './row-vector.ts'
import { openStrings } from './string-column.ts'

/** The words of searches, and the n-grams that stand in for a word that is not among them, with their vectors in the content segment. */
export function openTerms(manifest: Manifest, files: ReadonlyMap<string, Uint8Array>) {
  const file = manifest.files.find(({ role }) => role === 'terms')
  const bytes = file && files.get(file.url)
  const dims = manifest.segments.find(({ name }) => name === 'content')?.dims
  if (!bytes || !dims) return { vector: () => undefined, bytes: 0 }
  const { tensors } = decodeTensors(bytes, file.url)
  const lengths = tensorOf(tensors, 'word.lengths', Uint16Array, [undefined], file.url)
  const column = openStrings(
    [{ lengths, text: tensorOf(tensors, 'word.text', Uint8Array, [undefined], file.url) }],
    'word',
  )
  const index = indexStrings(column, 'word')
  const terms = {
    items: column.rows,
    dims: [dims],
    stride: dims,
    rows: tensorOf(tensors, 'rows', Int8Array, [column.rows, dims], file.url),
    scales: checkFinite(tensorOf(tensors, 'scales', Float32Array, [column.rows], file.url), file.url, 'scales'),
  }
  return {
    vector(query: string): Float64Array | undefined {
      const known = words(query).flatMap(
        (word) => index.rowOf(word) ?? ngrams(word).flatMap((ngram) => index.rowOf(ngram) ?? []),
      )
      const vector = new Float64Array(dims)
      for (const term of known) addRow(terms, term, 1, vector)
      return known.length > 0 ? vector : undefined
    },
    bytes: column.bytes + index.bytes + bytes.length,
  }
}
