import { cp, mkdir, mkdtemp, readdir, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')

/** The example in a fresh folder, with the packages that an install would bring. */
export async function freshCopy(name: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `windowshop-${name}-`))
  await cp(join(root, 'examples', name), folder, { recursive: true })
  await mkdir(join(folder, 'node_modules'))
  await symlink(root, join(folder, 'node_modules/windowshop'))
  for (const entry of await readdir(join(root, 'node_modules')))
    await symlink(join(root, 'node_modules', entry), join(folder, 'node_modules', entry))
  return folder
}
