/**
 * One bit a row, packed into 32-bit words; bits behind the last row are zero. In a mask, a set bit means "must not be
 * shown"; in a set of rows, that the row is one of them.
 */
export type Bitmask = Uint32Array<ArrayBuffer>

export function createBitmask(rows: number): Bitmask {
  return new Uint32Array(Math.ceil(rows / 32))
}

export function setBit(mask: Bitmask, row: number): void {
  mask[row >>> 5]! |= 1 << (row & 31)
}

export function clearBit(mask: Bitmask, row: number): void {
  mask[row >>> 5]! &= ~(1 << (row & 31))
}

export function hasBit(mask: Bitmask, row: number): boolean {
  return ((mask[row >>> 5]! >>> (row & 31)) & 1) === 1
}

/** Adds the rows of another set. */
export function unite(into: Bitmask, other: Bitmask): void {
  for (let word = 0; word < into.length; word++) into[word]! |= other[word]!
}

/** Leaves the rows that both sets hold. */
export function intersect(into: Bitmask, other: Bitmask): void {
  for (let word = 0; word < into.length; word++) into[word]! &= other[word]!
}

/** Leaves all other rows of `rows`. */
export function complement(into: Bitmask, rows: number): void {
  for (let word = 0; word < into.length; word++) into[word] = ~into[word]!
  if (rows & 31) into[into.length - 1]! &= (1 << (rows & 31)) - 1
}
