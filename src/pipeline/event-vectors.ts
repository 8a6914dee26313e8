import type { Bundle } from '../bundle/bundle.ts'
import { addRow } from '../bundle/row-vector.ts'
import type { EventVectors } from '../core/fold.ts'
import { zeroVector } from '../core/zero-vector.ts'

const vectorsOf = new WeakMap<Bundle, EventVectors>()

/**
 * The vectors of events in a bundle's space: an item's row; for a search its text vector (content segment); for an
 * item that the bundle does not know, the centroid of the category that the event names. One object per bundle.
 */
export function eventVectors(bundle: Bundle): EventVectors {
  const known = vectorsOf.get(bundle)
  if (known) return known
  const { table } = bundle
  const contentStart = startOfContent(bundle)
  const centroids = new Map<string, Float64Array | undefined>()
  const centroid = (category: string) => {
    if (!centroids.has(category)) centroids.set(category, centroidOf(bundle, category))
    return centroids.get(category)
  }
  const vectors: EventVectors = {
    dims: table.dims,
    add({ item, context }, weight, into) {
      const row = item === undefined ? undefined : bundle.rowOf(item)
      if (row !== undefined) {
        addRow(table, row, weight, into)
        return true
      }
      const text = item === undefined && context?.query ? bundle.textVector(context.query) : undefined
      const vector = text ?? (context?.category ? centroid(context.category) : undefined)
      if (!vector) return false
      const start = text ? contentStart : 0
      for (let d = 0; d < vector.length; d++) into[start + d]! += weight * vector[d]!
      return true
    },
  }
  vectorsOf.set(bundle, vectors)
  return vectors
}

function startOfContent({ manifest, table }: Bundle): number {
  const at = manifest.segments.findIndex(({ name }) => name === 'content')
  return table.dims.slice(0, at).reduce((sum, dims) => sum + dims, 0)
}

/** Mean row of a category and all below it; undefined for a category that the bundle does not know. */
function centroidOf({ vocabulary, categories, table }: Bundle, category: string): Float64Array | undefined {
  const inside = vocabulary.categories.map((path) => isWithin(path, category))
  const sum = zeroVector(table)
  let rows = 0
  for (let row = 0; row < table.items; row++) {
    if (!inside[categories[row]!]) continue
    addRow(table, row, 1, sum)
    rows++
  }
  return rows > 0 ? sum.map((value) => value / rows) : undefined
}

/** Whether a category path is `ancestor` or lies below it. */
export function isWithin(path: string, ancestor: string): boolean {
  return path === ancestor || path.startsWith(`${ancestor} > `)
}
