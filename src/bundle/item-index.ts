import { WindowshopError } from '../errors.ts'
import type { StringColumn } from './string-column.ts'

const empty = 0xffffffff

/**
 * Finds the row of a string: an open-addressing hash table over the column's own bytes, eight bytes a row and no strings.
 * Refuses a column that holds a string twice with `bundle-malformed`.
 */
export function indexStrings(
  column: StringColumn,
  name: string,
): { rowOf(wanted: string): number | undefined; bytes: number } {
  const { rows, text, offsets } = column
  const slots = 2 ** Math.ceil(Math.log2(rows * 1.5 + 1))
  const table = new Uint32Array(slots).fill(empty)

  /** The slot of the string that stands in `bytes` from `begin` to `end`, or the empty one where it belongs. */
  const find = (bytes: Uint8Array, begin: number, end: number): number => {
    let slot = hash(bytes, begin, end) & (slots - 1)
    for (; table[slot] !== empty; slot = (slot + 1) & (slots - 1)) {
      const from = offsets[table[slot]!]!
      if (offsets[table[slot]! + 1]! - from !== end - begin) continue
      let same = 0
      while (begin + same < end && text[from + same] === bytes[begin + same]) same++
      if (begin + same === end) break
    }
    return slot
  }
  for (let row = 0; row < rows; row++) {
    const slot = find(text, offsets[row]!, offsets[row + 1]!)
    if (table[slot] !== empty) {
      throw new WindowshopError('bundle-malformed', {
        column: name,
        expected: 'distinct values',
        got: `row ${table[slot]} again in row ${row}`,
      })
    }
    table[slot] = row
  }
  const encoder = new TextEncoder()
  return {
    rowOf(wanted) {
      const bytes = encoder.encode(wanted)
      const row = table[find(bytes, 0, bytes.length)]
      return row === empty ? undefined : row
    },
    bytes: table.byteLength,
  }
}

/** FNV-1a with a final mix: http://www.isthe.com/chongo/tech/comp/fnv/ */
function hash(bytes: Uint8Array, begin: number, end: number): number {
  let value = 0x811c9dc5
  for (let i = begin; i < end; i++) value = Math.imul(value ^ bytes[i]!, 0x01000193)
  value ^= value >>> 15
  return Math.imul(value, 0x85ebca6b) >>> 0
}
