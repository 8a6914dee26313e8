import { randomUUID } from 'node:crypto'
import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { WindowshopError } from '../errors.ts'

/** What a folder must hold to be replaced: a file of this name; what it then is, in words. */
export interface Replaceable {
  readonly mark: string
  readonly holds: string
}

/**
 * Gives `folder` a new content as a whole: `fill` writes it into a new folder beside it, which then takes its place. A
 * folder that holds something else is left alone. Throws `output-unwritable`, and what `fill` throws of ours.
 */
export async function replaceFolder(
  folder: string,
  expected: Replaceable,
  fill: (fresh: string) => Promise<void>,
): Promise<void> {
  const target = resolve(folder)
  const exists = await checkTarget(folder, expected)
  try {
    await mkdir(dirname(target), { recursive: true })
    // Not `mkdtemp`: that folder would be its owner's alone, and a web server has to read this one.
    const fresh = join(dirname(target), `.${basename(target)}-new-${randomUUID().slice(0, 8)}`)
    await mkdir(fresh)
    try {
      await fill(fresh)
      if (exists) await swap(target, fresh)
      else await rename(fresh, target)
    } finally {
      await rm(fresh, { recursive: true, force: true })
    }
  } catch (error) {
    throw error instanceof WindowshopError ? error : unwritable(folder, error)
  }
}

/**
 * Whether `folder` exists. Throws `output-unwritable` where it may not be replaced: it is no folder, or holds something
 * else.
 */
export async function checkTarget(folder: string, { mark, holds }: Replaceable): Promise<boolean> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw unwritable(folder, error)
  })
  if (names && names.length > 0 && !names.includes(mark)) {
    throw new WindowshopError('output-unwritable', { where: folder, expected: `${holds} or an empty folder` })
  }
  return names !== undefined
}

export function unwritable(folder: string, error: unknown): WindowshopError {
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
