import { spawnSync } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const lock = join(import.meta.dirname, 'package-lock.json')
const stamp = join(import.meta.dirname, 'node_modules/.installed-from')

/**
 * Installs what `bench/package.json` names, once for every change of its lock file. No script of a package is run: some
 * would fetch binaries.
 */
export async function installRivals(): Promise<void> {
  const wanted = await readFile(lock, 'utf8')
  if ((await readFile(stamp, 'utf8').catch(() => '')) === wanted) return
  console.error('Installing what the benchmarks compare with')
  const { status, error } = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: import.meta.dirname,
    stdio: ['ignore', 2, 2],
  })
  if (status !== 0) throw new Error(`npm ci in bench/ failed: ${error?.message ?? `exit status ${status}`}`)
  await writeFile(stamp, wanted)
}
