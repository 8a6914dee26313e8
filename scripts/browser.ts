import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium } from 'playwright'

/** Flags for a headless Chromium that makes no connection of its own and has real WebGPU, in software. */
export const chromiumFlags = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
]

/**
 * Path of the Chromium to test with: `WINDOWSHOP_BROWSER`, Playwright's own, the system's; undefined where there is none.
 */
export function findChromium(): string | undefined {
  const wanted = process.env['WINDOWSHOP_BROWSER']
  if (wanted) {
    if (!existsSync(wanted)) throw new Error(`WINDOWSHOP_BROWSER names ${wanted}, which does not exist`)
    return wanted
  }
  return [chromium.executablePath(), ...systemPaths()].find((path) => path && existsSync(path))
}

/** As `findChromium`, but installs one where there is none: Debian's package as root on Debian, else Playwright's. */
export function ensureChromium(): string {
  const found = findChromium()
  if (found) return found
  const asRoot = process.getuid?.() === 0 && existsSync('/etc/debian_version')
  console.error(
    asRoot ? 'No Chromium here: installing the Debian package' : 'No Chromium here: downloading the one of Playwright',
  )
  if (asRoot) {
    run('apt-get', ['update', '-qq'])
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'])
  } else {
    run('npx', ['playwright', 'install', 'chromium'])
  }
  const installed = findChromium()
  if (!installed) throw new Error('Chromium was installed, but cannot be found; set WINDOWSHOP_BROWSER to its path')
  return installed
}

function run(command: string, args: string[]): void {
  const { status, error } = spawnSync(command, args, {
    stdio: ['ignore', 2, 2],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  })
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed: ${error?.message ?? `exit status ${status}`}`)
}

function systemPaths(): string[] {
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  const inPath = folders.flatMap((folder) => names.map((name) => join(folder, name)))
  return [
    ...inPath,
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  ]
}
