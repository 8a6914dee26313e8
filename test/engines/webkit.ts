import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { Builder } from 'selenium-webdriver'
import type { Engine } from './engine.ts'
import { ensureProgram } from './ensure-program.ts'

/** Milliseconds. */
const patience = 60_000

/** WebKitGTK's own browser, through WebDriver, on a display that nobody sees. Each time with a new profile. */
export async function openWebkit(): Promise<Engine> {
  const port = await freePort()
  const driver = spawn(ensureProgram('xvfb'), ['-a', ensureProgram('webkit'), `--port=${port}`], {
    detached: true,
    stdio: 'ignore',
  })
  try {
    await answering(`http://127.0.0.1:${port}/status`)
    const session = await new Builder()
      .usingServer(`http://127.0.0.1:${port}`)
      .withCapabilities({
        browserName: 'MiniBrowser',
        'webkitgtk:browserOptions': { binary: miniBrowser(), args: ['--automation'] },
      })
      .build()
    await session.manage().setTimeouts({ script: patience, pageLoad: patience })
    const capabilities = await session.getCapabilities()
    let taken = false
    return {
      version: `WebKitGTK ${capabilities.getBrowserVersion()}`,
      async tab() {
        if (taken) await session.switchTo().newWindow('tab')
        taken = true
        const handle = await session.getWindowHandle()
        const here = () => session.switchTo().window(handle)
        return {
          goto: (address) => here().then(() => session.get(address)),
          close: () => here().then(() => session.close()),
          reload: () => here().then(() => session.navigate().refresh()),
          async evaluate(run, ...args) {
            await here()
            const settled = await session.executeAsyncScript<{ value: never } | { error: string }>(
              `const [args, done] = arguments
              const result = Promise.resolve().then(() => (${String(run)})(...args))
              result.then((value) => done({ value }), (error) => done({ error: String(error) }))`,
              args,
            )
            if ('error' in settled) throw new Error(settled.error)
            return settled.value
          },
        }
      },
      async close() {
        await session.quit()
        await end(driver)
      },
    }
  } catch (error) {
    await end(driver)
    throw error
  }
}

function miniBrowser(): string {
  const found = readdirSync('/usr/lib')
    .flatMap((folder) => ['4.1', '4.0'].map((version) => join('/usr/lib', folder, `webkit2gtk-${version}/MiniBrowser`)))
    .find((path) => existsSync(path))
  if (!found) throw new Error('No MiniBrowser of WebKitGTK beside its driver')
  return found
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}

async function answering(address: string): Promise<void> {
  const end = Date.now() + patience
  for (;;) {
    const answer = await fetch(address).catch((error: unknown) => error)
    if (answer instanceof Response && answer.ok) return
    if (Date.now() > end) throw new Error(`The driver of WebKit does not answer: ${String(answer)}`)
    await setTimeout(100)
  }
}

/** Ends the display with the driver. */
async function end(driver: ChildProcess): Promise<void> {
  if (!driver.pid || driver.exitCode !== null) return
  const gone = once(driver, 'exit')
  process.kill(-driver.pid, 'SIGTERM')
  await gone
}
