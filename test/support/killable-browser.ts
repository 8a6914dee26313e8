import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { chromium, type Page } from 'playwright'
import { chromiumFlags, ensureChromium } from '../../scripts/browser.ts'

/** A browser in a process group of its own, so that all its processes can be killed at once. */
export interface KillableBrowser {
  readonly page: Page
  kill(): Promise<void>
}

/** Starts a browser with the profile in a folder, which stays there, and opens a page. */
export async function startKillable(profile: string): Promise<KillableBrowser> {
  const flags = [`--user-data-dir=${profile}`, '--remote-debugging-port=0', '--headless']
  const child = spawn(ensureChromium(), [...chromiumFlags, ...flags, 'about:blank'], {
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const kill = () => killGroup(child)
  try {
    const browser = await chromium.connectOverCDP(await endpointOf(child))
    return { page: await browser.contexts()[0]!.newPage(), kill }
  } catch (error) {
    await kill()
    throw error
  }
}

async function endpointOf(child: ChildProcess): Promise<string> {
  const lines: string[] = []
  for await (const line of createInterface({ input: child.stderr! })) {
    const endpoint = /DevTools listening on (ws:\S+)/.exec(line)?.[1]
    if (endpoint) {
      child.stderr!.resume()
      return endpoint
    }
    lines.push(line)
  }
  throw new Error(`the browser did not start: ${lines.join('\n')}`)
}

async function killGroup(child: ChildProcess): Promise<void> {
  if (!child.pid || child.exitCode !== null || child.signalCode) return
  const gone = once(child, 'exit')
  process.kill(-child.pid, 'SIGKILL')
  await gone
}
