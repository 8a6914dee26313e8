import { randomUUID } from 'node:crypto'
import { rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { checkTarget, replaceFolder, unwritable } from './replace-folder.ts'

const bundleFolder = { mark: 'manifest.json', holds: 'a bundle' }

/** Writes the files of a bundle into `folder` as a whole. Throws `output-unwritable`. */
export async function writeBundle(folder: string, files: ReadonlyMap<string, Uint8Array>): Promise<void> {
  await replaceFolder(folder, bundleFolder, async (fresh) => {
    for (const [name, bytes] of files) await writeFile(join(fresh, name), bytes)
  })
}

/** Throws `output-unwritable` where no bundle may be written. */
export async function checkBundleTarget(folder: string): Promise<void> {
  await checkTarget(folder, bundleFolder)
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
