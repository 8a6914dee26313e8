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
  const hashes = hashAll(column)

  const isAt = (row: number, bytes: Uint8Array, begin: number, end: number): boolean => {
    const from = offsets[row]!
    if (offsets[row + 1]! - from !== end - begin) return false
    let same = 0
    while (begin + same < end && text[from + same] === bytes[begin + same]) same++
    return begin + same === end
  }
  // One loop, not a call a row: a page has just begun, and calls are interpreted until they are found to be many.
  for (let row = 0; row < rows; row++) {
    const wanted = hashes[row]!
    let slot = wanted & (slots - 1)
    for (let other = table[slot]!; other !== empty; other = table[slot]!) {
      if (hashes[other] === wanted && isAt(other, text, offsets[row]!, offsets[row + 1]!)) {
        throw new WindowshopError('bundle-malformed', {
          column: name,
          expected: 'distinct values',
          got: `row ${other} again in row ${row}`,
        })
      }
      slot = (slot + 1) & (slots - 1)
    }
    table[slot] = row
  }
  const encoder = new TextEncoder()
  return {
    rowOf(wanted) {
      const bytes = encoder.encode(wanted)
      const [hash] = hashAll({ rows: 1, text: bytes, offsets: Uint32Array.of(0, bytes.length) })
      let slot = hash! & (slots - 1)
      for (; table[slot] !== empty; slot = (slot + 1) & (slots - 1)) {
        if (isAt(table[slot]!, bytes, 0, bytes.length)) return table[slot]
      }
      return undefined
    },
    bytes: table.byteLength,
  }
}

/** FNV-1a with a final mix, of every string: http://www.isthe.com/chongo/tech/comp/fnv/ */
function hashAll({ rows, text, offsets }: Pick<StringColumn, 'rows' | 'text' | 'offsets'>): Uint32Array {
  const hashes = new Uint32Array(rows)
  let at = offsets[0]!
  for (let row = 0; row < rows; row++) {
    let value = 0x811c9dc5
    for (const end = offsets[row + 1]!; at < end; at++) value = Math.imul(value ^ text[at]!, 0x01000193)
    value ^= value >>> 15
    hashes[row] = Math.imul(value, 0x85ebca6b)
  }
  return hashes
}
