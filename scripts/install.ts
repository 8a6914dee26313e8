import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

export type Command = readonly [name: string, ...args: string[]]

/** Whether packages of Debian can be installed here. */
export function isDebianRoot(): boolean {
  return process.getuid?.() === 0 && existsSync('/etc/debian_version')
}

/** The commands that install packages of Debian. */
export function debianInstall(...packages: readonly string[]): Command[] {
  return [
    ['apt-get', 'update', '-qq'],
    ['apt-get', 'install', '-y', '-qq', '--no-install-recommends', ...packages],
  ]
}

/** Runs a command with its output on standard error; what went wrong, or undefined. */
export function run([name, ...args]: Command): string | undefined {
  const { status, error } = spawnSync(name, args, {
    stdio: ['ignore', 2, 2],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  })
  return status === 0 ? undefined : `${name} ${args.at(-1)} failed: ${error?.message ?? `exit status ${status}`}`
}
