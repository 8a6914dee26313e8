import { mkdir, mkdtemp, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { WindowshopError } from '../errors.ts'

/**
 * Writes the files of a bundle into `folder` as a whole: into a new folder beside it first, which then takes its place. A
 * folder that holds something else than a bundle is left alone. Throws `output-unwritable`.
 */
export async function writeBundle(folder: string, files: ReadonlyMap<string, Uint8Array>): Promise<void> {
  const target = resolve(folder)
  try {
    const exists = await stat(target).then(
      (found) => found.isDirectory() || notABundle(target),
      (error: NodeJS.ErrnoException) => (error.code === 'ENOENT' ? false : Promise.reject(error)),
    )
    if (exists) await checkReplaceable(target)
    await mkdir(dirname(target), { recursive: true })
    const fresh = await mkdtemp(join(dirname(target), `.${basename(target)}-new-`))
    try {
      for (const [name, bytes] of files) await writeFile(join(fresh, name), bytes)
      if (exists) await swap(target, fresh)
      else await rename(fresh, target)
    } finally {
      await rm(fresh, { recursive: true, force: true })
    }
  } catch (error) {
    if (error instanceof WindowshopError) throw error
    throw new WindowshopError('output-unwritable', { where: folder, got: (error as Error).message }, { cause: error })
  }
}

/** Two renames: there is no single call that exchanges two folders everywhere. If the second fails, the first is undone. */
async function swap(target: string, fresh: string): Promise<void> {
  const old = `${fresh}-old`
  await rename(target, old)
  try {
    await rename(fresh, target)
  } catch (error) {
    await rename(old, target)
    throw error
  }
  await rm(old, { recursive: true, force: true })
}

async function checkReplaceable(target: string): Promise<void> {
  const { readdir } = await import('node:fs/promises')
  const names = await readdir(target)
  if (names.length > 0 && !names.includes('manifest.json')) notABundle(target)
}

function notABundle(target: string): never {
  throw new WindowshopError('output-unwritable', { where: target, expected: 'a bundle or an empty folder' })
}
