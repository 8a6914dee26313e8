import { spawn } from 'node:child_process'
import type { Browser } from 'playwright'

/** A turn of running and standing, in milliseconds; short against what is measured. */
const period = 8

/** Stops and continues processes in turns, so that of `rate` seconds they run one. Reads their ids from its input. */
const turns = `
let ids = []
const rate = Number(process.argv[1])
const sleep = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)
const send = (signal) => ids.forEach((id) => { try { process.kill(id, signal) } catch {} })
const end = () => { send('SIGCONT'); process.exit() }
process.on('SIGTERM', end)
process.stdin.on('data', (data) => { send('SIGCONT'); ids = String(data).trim().split('\\n').at(-1).split(' ').filter(Boolean).map(Number) })
process.stdin.on('end', end)
const turn = () => {
  send('SIGSTOP')
  sleep(${period} * (1 - 1 / rate))
  send('SIGCONT')
  sleep(${period} / rate)
  setImmediate(turn)
}
turn()
`

/**
 * Slows the pages of a browser, workers included: DevTools' own throttling slows a page's main thread alone, and the work
 * that matters here is done in a worker. Returns its undo.
 */
export async function slowPages(browser: Browser, rate: number): Promise<() => Promise<void>> {
  if (rate <= 1) return () => Promise.resolve()
  const session = await browser.newBrowserCDPSession()
  const child = spawn(process.execPath, ['-e', turns, String(rate)], { stdio: ['pipe', 'ignore', 'inherit'] })
  let known = ''
  const look = async () => {
    const { processInfo } = await session.send('SystemInfo.getProcessInfo')
    const ids = processInfo.flatMap(({ type, id }) => (type === 'renderer' ? [id] : [])).join(' ')
    if (ids !== known) child.stdin.write(`${(known = ids)}\n`)
  }
  await look()
  const timer = setInterval(() => void look().catch(() => {}), 50)
  return async () => {
    clearInterval(timer)
    const closed = new Promise((resolve) => child.once('close', resolve))
    child.stdin.end()
    await closed
    await session.detach()
  }
}
