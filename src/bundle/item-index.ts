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
): { rowOf(text: string): number | undefined; bytes: number } {
  const slots = 2 ** Math.ceil(Math.log2(column.rows * 1.5 + 1))
  const table = new Uint32Array(slots).fill(empty)
  const find = (text: Uint8Array): number => {
    let slot = hash(text) & (slots - 1)
    while (table[slot] !== empty && !same(column.bytesAt(table[slot]!), text)) slot = (slot + 1) & (slots - 1)
    return slot
  }
  for (let row = 0; row < column.rows; row++) {
    const slot = find(column.bytesAt(row))
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
    rowOf(text) {
      const row = table[find(encoder.encode(text))]
      return row === empty ? undefined : row
    },
    bytes: table.byteLength,
  }
}

/** FNV-1a with a final mix: http://www.isthe.com/chongo/tech/comp/fnv/ */
function hash(bytes: Uint8Array): number {
  let value = 0x811c9dc5
  for (let i = 0; i < bytes.length; i++) value = Math.imul(value ^ bytes[i]!, 0x01000193)
  value ^= value >>> 15
  return Math.imul(value, 0x85ebca6b) >>> 0
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}
