import { encodeTensors } from '../../bundle/safetensors.ts'

/** Bytes that are looked up in the older file, and below which a copy costs more than it saves. */
const window = 12
const shortest = 5

/**
 * Tells a newer file by an older one, for `applyDelta`: where nothing changed bytes are copied, from the place where they would stand had
 * nothing changed, or from any other that begins alike.
 */
export function makeDelta(older: Uint8Array, newer: Uint8Array): Uint8Array<ArrayBuffer> {
  const places = indexWindows(older)
  const ops: number[] = []
  const literals: number[] = []
  let from = 0
  let at = 0
  let fresh = 0
  while (at < newer.length) {
    // Beside the last copy first: rows that changed leave those behind them in place.
    const beside = from + fresh
    const length = matchLength(older, beside, newer, at)
    const found = length >= shortest ? undefined : places(newer, at)
    const other = found === undefined ? 0 : matchLength(older, found, newer, at)
    const [source, copied] = other >= window ? [found!, other] : [beside, length]
    if (copied < shortest) {
      literals.push(newer[at++]!)
      fresh++
      continue
    }
    const jump = source - beside
    pushNumber(ops, fresh)
    pushNumber(ops, jump < 0 ? -2 * jump - 1 : 2 * jump)
    pushNumber(ops, copied)
    at += copied
    from = source + copied
    fresh = 0
  }
  if (fresh > 0) ops.push(...numberBytes(fresh), 0, 0)
  return encodeTensors({
    ops: { shape: [ops.length], data: Uint8Array.from(ops) },
    literals: { shape: [literals.length], data: Uint8Array.from(literals) },
  })
}

function matchLength(older: Uint8Array, from: number, newer: Uint8Array, at: number): number {
  if (from < 0) return 0
  const most = Math.min(older.length - from, newer.length - at)
  let length = 0
  while (length < most && older[from + length] === newer[at + length]) length++
  return length
}

/** Finds a place of the older file whose next bytes hash as those at a place of the newer one. */
function indexWindows(older: Uint8Array): (newer: Uint8Array, at: number) => number | undefined {
  const bits = Math.max(8, Math.ceil(Math.log2(older.length + 1)))
  const slots = new Int32Array(2 ** bits).fill(-1)
  const hash = (bytes: Uint8Array, at: number) => {
    let value = 0x811c9dc5
    for (let i = 0; i < window; i++) value = Math.imul(value ^ bytes[at + i]!, 0x01000193)
    return (value ^ (value >>> 15)) & (slots.length - 1)
  }
  for (let at = older.length - window; at >= 0; at--) slots[hash(older, at)] = at
  return (newer, at) => {
    const place = at + window <= newer.length ? slots[hash(newer, at)]! : -1
    return place < 0 ? undefined : place
  }
}

function pushNumber(ops: number[], number: number): void {
  ops.push(...numberBytes(number))
}

/** Seven bits a byte, the lowest first; all but the last carry the eighth. */
function numberBytes(number: number): number[] {
  const bytes: number[] = []
  for (let rest = number; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return [...bytes, rest]
    bytes.push((rest % 128) + 128)
  }
}
