import { WindowshopError } from '../errors.ts'

/** Strings by row, kept as UTF-8 and decoded when asked for: a million titles cost no objects. */
export interface StringColumn {
  readonly rows: number
  at(row: number): string
  /** UTF-8 bytes of all rows side by side; those of a row run from `offsets[row]` to `offsets[row + 1]`. */
  readonly text: Uint8Array
  readonly offsets: Uint32Array
  /** Bytes held. */
  readonly bytes: number
}

/** The stored form: the byte length of each string, and all bytes side by side. */
export interface StringParts {
  readonly lengths: Uint16Array<ArrayBuffer>
  readonly text: Uint8Array<ArrayBuffer>
}

export function encodeStrings(strings: readonly string[]): StringParts {
  const encoder = new TextEncoder()
  const encoded = strings.map((text) => encoder.encode(text))
  const lengths = new Uint16Array(encoded.length)
  for (const [row, bytes] of encoded.entries()) {
    if (bytes.length > 0xffff) {
      throw new WindowshopError('bundle-limits', {
        where: `string of row ${row}`,
        expected: 'at most 65535 bytes',
        got: bytes.length,
      })
    }
    lengths[row] = bytes.length
  }
  const text = new Uint8Array(lengths.reduce((sum, length) => sum + length, 0))
  let offset = 0
  for (const bytes of encoded) {
    text.set(bytes, offset)
    offset += bytes.length
  }
  return { lengths, text }
}

/** Joins the parts of consecutive shards; throws `bundle-malformed` where lengths and bytes disagree. */
export function openStrings(parts: readonly StringParts[], column: string): StringColumn {
  const rows = parts.reduce((sum, { lengths }) => sum + lengths.length, 0)
  const text = new Uint8Array(parts.reduce((sum, part) => sum + part.text.length, 0))
  const offsets = new Uint32Array(rows + 1)
  let row = 0
  let offset = 0
  for (const part of parts) {
    text.set(part.text, offset)
    const end = offset + part.text.length
    for (let i = 0; i < part.lengths.length; i++) offsets[++row] = offset += part.lengths[i]!
    if (offset !== end) {
      throw new WindowshopError('bundle-malformed', { column, expected: `${end} bytes of text`, got: offset })
    }
  }
  const decoder = new TextDecoder()
  const at = (wanted: number) => decoder.decode(text.subarray(offsets[wanted], offsets[wanted + 1]))
  return { rows, text, offsets, at, bytes: text.byteLength + offsets.byteLength }
}
