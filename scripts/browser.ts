import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, dirname, join } from 'node:path'
import { chromium } from 'playwright'
import { type Command, debianInstall, isDebianRoot, run } from './install.ts'

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

/**
 * As `findChromium`, but installs one where there is none: Debian's package as root on Debian, else (and where that fails)
 * Playwright's download. Throws where neither works: a browser test is never left out.
 */
export function ensureChromium(): string {
  const found = findChromium()
  if (found) return found
  const problems: string[] = []
  for (const { name, commands } of installers()) {
    console.error(`No Chromium here: installing ${name}`)
    const problem = commands.map(run).find(Boolean)
    const installed = findChromium()
    if (installed) return installed
    problems.push(`${name}: ${problem ?? 'was installed, but cannot be found'}`)
  }
  throw new Error(`No Chromium to test with; set WINDOWSHOP_BROWSER to the path of one. ${problems.join('; ')}`)
}

interface Installer {
  readonly name: string
  readonly commands: readonly Command[]
}

function installers(): Installer[] {
  const playwright = join(dirname(createRequire(import.meta.url).resolve('playwright/package.json')), 'cli.js')
  const download: Installer = {
    name: 'the one of Playwright',
    commands: [[process.execPath, playwright, 'install', 'chromium']],
  }
  const system: Installer = {
    name: 'the Debian package',
    commands: debianInstall('chromium'),
  }
  return isDebianRoot() ? [system, download] : [download]
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
