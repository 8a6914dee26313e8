import { expect, test } from 'vitest'
import { killBrowser } from '../faults/kill-browser.ts'
import { runRow } from '../faults/run-row.ts'

test('whenever the browser is killed, what it has acknowledged as on disk is there exactly once', async () => {
  const result = await runRow(killBrowser, { runs: 4, seed: Date.now() % 2 ** 31 })
  console.info(`${result.injected} events were acknowledged in ${result.runs} visits`)
  expect(result).toMatchObject({ failed: 0 })
})
