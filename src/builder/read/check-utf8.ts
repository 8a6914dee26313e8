import { isUtf8 } from 'node:buffer'
import { WindowshopError } from '../../errors.ts'

/**
 * Passes the bytes of a text on, and throws `input-format` with the line when they are not UTF-8: an export in Latin-1
 * would otherwise put broken letters on cards.
 */
export async function* checkUtf8(file: string, bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let lines = 1
  /** The unfinished character at the end of the chunk before. */
  let begun: Buffer = Buffer.alloc(0)
  for await (const chunk of bytes) {
    const whole = begun.length > 0 ? Buffer.concat([begun, chunk]) : chunk
    const end = completeEnd(whole)
    if (!isUtf8(whole.subarray(0, end))) throw notUtf8(file, lines + linesBeforeBroken(whole))
    begun = whole.subarray(end)
    lines += countLines(whole.subarray(0, end))
    yield chunk
  }
  if (begun.length > 0) throw notUtf8(file, lines)
}

/** Where an unfinished character begins: up to three bytes before the end, with a lead byte that asks for more. */
function completeEnd(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back]!
    if (byte < 0x80) break
    if (byte >= 0xc0) return (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) > back ? bytes.length - back : bytes.length
  }
  return bytes.length
}

function linesBeforeBroken(bytes: Buffer): number {
  let line = 0
  for (let start = 0; start < bytes.length; line++) {
    const feed = bytes.indexOf(10, start)
    const end = feed < 0 ? bytes.length : feed
    if (!isUtf8(bytes.subarray(start, end))) return line
    start = end + 1
  }
  return line
}

function countLines(bytes: Buffer): number {
  let count = 0
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) count++
  return count
}

function notUtf8(file: string, line: number): WindowshopError {
  return new WindowshopError('input-format', { where: file, line, expected: 'UTF-8', got: 'another encoding' })
}
