import type { Bundle } from '../../bundle/bundle.ts'
import { tensorOf } from '../../bundle/columns.ts'
import type { Manifest } from '../../bundle/manifest.ts'
import { addRow } from '../../bundle/row-vector.ts'
import { decodeTensors } from '../../bundle/safetensors.ts'
import { openStrings } from '../../bundle/string-column.ts'
import type { NeighbourLists } from '../learn/neighbours.ts'
import type { PreviousBundle } from './previous-bundle.ts'

/** What a bundle passes on to the next of its generation: its row order, its vector space, and the numbers in it. */
export interface Generation {
  readonly id: string
  readonly items: number
  readonly segments: Manifest['segments']
  readonly ids: readonly string[]
  /** Row of an item, or of the item that it is a variant of. */
  rowOf(id: string): number | undefined
  /** Rows of a segment as they are served, items x dims, to the bit what their codes and scales say. */
  rowsOf(segment: 'collaborative' | 'content'): Float64Array
  /** Whether five customers or more spoke for the row; false where that cannot be told any more. */
  wasKnown(row: number): boolean
  readonly neighbours: NeighbourLists
  readonly terms: { readonly words: readonly string[]; readonly rows: Float64Array }
  readonly vocabulary: Bundle['vocabulary']
  card(row: number): ReturnType<Bundle['card']>
}

export function openGeneration({ bundle, files }: PreviousBundle): Generation {
  const { manifest, table, priors } = bundle
  const dims = table.dims.reduce((sum, own) => sum + own, 0)
  const popularity = manifest.priors.indexOf('popularity')
  return {
    id: manifest.generation,
    items: manifest.items,
    segments: manifest.segments,
    ids: Array.from({ length: manifest.items }, (_, row) => bundle.idOf(row)),
    rowOf: bundle.rowOf,
    rowsOf(segment) {
      const at = manifest.segments.findIndex(({ name }) => name === segment)
      const own = table.dims[at] ?? 0
      const start = table.dims.slice(0, at).reduce((sum, before) => sum + before, 0)
      const rows = new Float64Array(manifest.items * own)
      const vector = new Float64Array(dims)
      for (let row = 0; row < manifest.items; row++) {
        vector.fill(0)
        addRow(table, row, 1, vector)
        rows.set(vector.subarray(start, start + own), row * own)
      }
      return rows
    },
    // The last ranks round to 0, as if nobody had known them.
    wasKnown: (row) => popularity >= 0 && priors[row * manifest.priors.length + popularity]! > 0,
    neighbours(row) {
      if (row >= manifest.items) return undefined
      const { rows, weights } = bundle.neighbours(row)
      return { rows: rows.slice(), weights: Float32Array.from(weights, (weight) => weight / 255) }
    },
    terms: openTermRows(manifest, files),
    vocabulary: bundle.vocabulary,
    card: bundle.card,
  }
}

function openTermRows(manifest: Manifest, files: PreviousBundle['files']): Generation['terms'] {
  const file = manifest.files.find(({ role }) => role === 'terms')
  if (!file) return { words: [], rows: new Float64Array() }
  const { tensors } = decodeTensors(files.get(file.url)!, file.url)
  const { url } = file
  const lengths = tensorOf(tensors, 'word.lengths', Uint16Array, [undefined], url)
  const column = openStrings([{ lengths, text: tensorOf(tensors, 'word.text', Uint8Array, [undefined], url) }], 'word')
  const codes = tensorOf(tensors, 'rows', Int8Array, [column.rows, undefined], url)
  const scales = tensorOf(tensors, 'scales', Float32Array, [column.rows], url)
  const dims = codes.length / column.rows
  return {
    words: Array.from({ length: column.rows }, (_, row) => column.at(row)),
    rows: Float64Array.from(codes, (code, at) => scales[Math.floor(at / dims)]! * code),
  }
}
