import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { WindowshopError } from '../../errors.ts'

/** How many bytes a file has, and its first ones; throws `input-missing` and `input-empty`. */
export async function probeFile(file: string): Promise<{ size: number; start: Buffer }> {
  const handle = await open(file).catch((error: NodeJS.ErrnoException) => {
    throw new WindowshopError('input-missing', { where: file, got: error.code ?? error.message }, { cause: error })
  })
  try {
    const stat = await handle.stat()
    if (!stat.isFile()) throw new WindowshopError('input-missing', { where: file, expected: 'a file' })
    if (stat.size === 0) throw new WindowshopError('input-empty', { where: file })
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0)
    return { size: stat.size, start: buffer.subarray(0, bytesRead) }
  } finally {
    await handle.close()
  }
}

/**
 * The file's bytes as a stream, unpacked where they are gzip (told by the first bytes, not by the name).
 * Throws `input-format` for broken gzip.
 */
export async function* readBytes(file: string, onBytes: (bytes: number) => void): AsyncGenerator<Buffer> {
  const { start } = await probeFile(file)
  const source = createReadStream(file, { highWaterMark: 1 << 18 })
  source.on('data', (chunk) => onBytes(chunk.length))
  if (start[0] !== 0x1f || start[1] !== 0x8b) {
    yield* source as AsyncIterable<Buffer>
    return
  }
  const unpacked = createGunzip({ chunkSize: 1 << 18 })
  pipeline(source, unpacked, () => {})
  try {
    yield* unpacked as AsyncIterable<Buffer>
  } catch (error) {
    throw new WindowshopError(
      'input-format',
      { where: file, expected: 'gzip', got: (error as Error).message },
      { cause: error },
    )
  }
}
