import { expect, test } from 'vitest'
import { oneAtATime } from '../../src/workbench/one-at-a-time.ts'

test('however often one asks while it runs, it runs once more, and never twice at a time', async () => {
  let runs = 0
  let running = 0
  const ask = oneAtATime(async () => {
    runs++
    expect(++running).toBe(1)
    await new Promise((resolve) => setTimeout(resolve))
    running--
  })
  const first = ask()
  for (let n = 0; n < 5; n++) await ask()
  await first
  expect(runs).toBe(2)
})

test('after a failure, which the first asker learns of, it can be asked again', async () => {
  let runs = 0
  const ask = oneAtATime(async () => {
    if (++runs === 1) throw new Error('no')
  })
  await expect(ask()).rejects.toThrow('no')
  await ask()
  expect(runs).toBe(2)
})
