import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { debianInstall, isDebianRoot, run } from '../../scripts/install.ts'

/** Names of the programs, and the Debian package of each. */
const programs = {
  firefox: { names: ['firefox-esr', 'firefox'], debian: ['firefox-esr'] },
  webkit: { names: ['WebKitWebDriver'], debian: ['webkit2gtk-driver'] },
  xvfb: { names: ['xvfb-run'], debian: ['xvfb', 'xauth'] },
} as const

/** Path of a program, which is installed as root on Debian where it is missing. Throws where it cannot be had. */
export function ensureProgram(name: keyof typeof programs): string {
  const { names, debian } = programs[name]
  const found = () =>
    (process.env['PATH'] ?? '')
      .split(delimiter)
      .flatMap((folder) => names.map((program) => join(folder, program)))
      .find((path) => existsSync(path))
  const path = found() ?? (install(debian), found())
  if (!path) throw new Error(`No ${names.join(' or ')} here; on Debian: apt-get install ${debian.join(' ')}`)
  return path
}

function install(packages: readonly string[]): void {
  if (!isDebianRoot()) return
  console.error(`Installing ${packages.join(' and ')}`)
  debianInstall(...packages).forEach(run)
}
