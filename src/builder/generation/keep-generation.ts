import type { NeighbourLists } from '../learn/neighbours.ts'
import type { TextVectors } from '../learn/text-vectors.ts'
import { findRotation, rotate } from './align.ts'
import type { Generation } from './generation.ts'
import { settleRows } from './settle-rows.ts'

/**
 * How far what is learned may be from what was shipped before, for the older bytes to stay: distance of rows, and of words, as a share of the
 * older one's length; moved weights of a list of neighbours as a share of all. Chosen on validation days (`bench/tune-generation.ts`).
 */
export interface Tolerances {
  readonly collaborative: number
  readonly content: number
  readonly neighbours: number
}

/** Turns what was learned into the space of a generation, and leaves in place what hardly changed. */
export interface GenerationKeeper {
  collaborative(rows: Float64Array): Float64Array
  content(texts: TextVectors): Pick<TextVectors, 'terms'> & { readonly rows: Float64Array }
  readonly neighbours: { readonly lists: NeighbourLists; readonly tolerance: number }
}

/** `known` tells by row whether five customers speak for it now; `gone` rows are no longer in the catalogue. */
export function keepGeneration(
  generation: Generation,
  {
    known,
    gone,
    tolerances,
  }: { readonly known: readonly boolean[]; readonly gone: ReadonlySet<number>; readonly tolerances: Tolerances },
): GenerationKeeper {
  const rows = [...generation.ids.keys()].filter((row) => !gone.has(row))
  return {
    collaborative(learned) {
      const older = generation.rowsOf('collaborative')
      const dims = older.length / generation.items
      const chosen = rows.filter((row) => known[row] && generation.wasKnown(row))
      const turned = rotate(learned, dims, findRotation(learned, older, { dims, chosen }))
      settleRows(turned, older, {
        dims,
        tolerance: tolerances.collaborative,
        // What five customers spoke for goes when they no longer do.
        rule: (row) => (gone.has(row) ? 'must' : known[row] || !generation.wasKnown(row) ? 'may' : 'never'),
      })
      return turned
    },
    content({ rows: learned, terms }) {
      const older = generation.rowsOf('content')
      const dims = older.length / generation.items
      const rotation = findRotation(learned, older, { dims, chosen: rows })
      const turned = rotate(learned, dims, rotation)
      const tolerance = tolerances.content
      settleRows(turned, older, { dims, tolerance, rule: (row) => (gone.has(row) ? 'must' : 'may') })
      return { rows: turned, terms: keepTerms(generation.terms, terms, { dims, rotation, tolerance }) }
    },
    neighbours: { lists: generation.neighbours, tolerance: tolerances.neighbours },
  }
}

/** Older words stay in their order; words that no item has any more stay as they were. */
function keepTerms(
  older: Generation['terms'],
  { words, rows }: TextVectors['terms'],
  { dims, rotation, tolerance }: { dims: number; rotation: Float64Array; tolerance: number },
): TextVectors['terms'] {
  const learned = rotate(Float64Array.from(rows), dims, rotation)
  const placeOf = new Map(words.map((word, at) => [word, at]))
  const known = new Set(older.words)
  const all = [...older.words, ...words.filter((word) => !known.has(word))]
  const turned = new Float64Array(all.length * dims)
  for (const [at, word] of all.entries()) {
    const place = placeOf.get(word)
    if (place !== undefined) turned.set(learned.subarray(place * dims, (place + 1) * dims), at * dims)
  }
  const rule = (at: number) => (placeOf.has(older.words[at]!) ? 'may' : 'must')
  settleRows(turned, older.rows, { dims, tolerance, rule })
  return { words: all, rows: turned }
}
