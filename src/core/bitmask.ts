/** One bit a row, packed into 32-bit words; a set bit means "must not be shown". */
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
