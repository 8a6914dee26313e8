import { existsSync } from 'node:fs'
import { join } from 'node:path'

const folder = join(import.meta.dirname, '../../../shared/data')

/** Path of a file of real data, which stands beside the repository and is never part of it; throws where it is missing. */
export function dataFile(name: string): string {
  const path = join(folder, name)
  if (!existsSync(path)) throw new Error(`This test needs real data that is not part of the repository: ${path}`)
  return path
}
