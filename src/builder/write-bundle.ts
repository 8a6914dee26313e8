import { randomUUID } from 'node:crypto'
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { WindowshopError } from '../errors.ts'

/**
 * Writes the files of a bundle into `folder` as a whole: into a new folder beside it first, which then takes its place. A
 * folder that holds something else than a bundle is left alone. Throws `output-unwritable`.
 */
export async function writeBundle(folder: string, files: ReadonlyMap<string, Uint8Array>): Promise<void> {
  const target = resolve(folder)
  const exists = await checkTarget(folder)
  try {
    await mkdir(dirname(target), { recursive: true })
    // Not `mkdtemp`: that folder would be its owner's alone, and a web server has to read this one.
    const fresh = join(dirname(target), `.${basename(target)}-new-${randomUUID().slice(0, 8)}`)
    await mkdir(fresh)
    try {
      for (const [name, bytes] of files) await writeFile(join(fresh, name), bytes)
      if (exists) await swap(target, fresh)
      else await rename(fresh, target)
    } finally {
      await rm(fresh, { recursive: true, force: true })
    }
  } catch (error) {
    throw unwritable(folder, error)
  }
}

/**
 * Whether `folder` exists. Throws `output-unwritable` where it may not be replaced: it is no folder, or holds something
 * else than a bundle.
 */
export async function checkTarget(folder: string): Promise<boolean> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw unwritable(folder, error)
  })
  if (names && names.length > 0 && !names.includes('manifest.json')) {
    throw new WindowshopError('output-unwritable', { where: folder, expected: 'a bundle or an empty folder' })
  }
  return names !== undefined
}

/** Puts new files into the folder of a bundle, each in one step; the manifest, which lists them, last. Throws `output-unwritable`. */
export async function replaceFiles(folder: string, files: ReadonlyMap<string, Uint8Array>): Promise<void> {
  try {
    const names = [...files.keys()].sort((a, b) => Number(a === 'manifest.json') - Number(b === 'manifest.json'))
    for (const name of names) {
      const fresh = join(folder, `.${name}-${randomUUID().slice(0, 8)}`)
      await writeFile(fresh, files.get(name)!)
      await rename(fresh, join(folder, name))
    }
  } catch (error) {
    throw unwritable(folder, error)
  }
}

function unwritable(folder: string, error: unknown): WindowshopError {
  return new WindowshopError('output-unwritable', { where: folder, got: (error as Error).message }, { cause: error })
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
