import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { faultRows } from './rows.ts'

test("the readme's table has every row of faults, with its count, and all of it has held", async () => {
  const readme = await readFile(join(import.meta.dirname, '../../README.md'), 'utf8')
  const [, table = ''] = readme.split('| fault | runs | held | what holds |\n')
  const lines = table
    .split('\n')
    .slice(1)
    .filter((line) => line.startsWith('|'))
  expect(lines.length).toBe(faultRows.length)
  for (const [i, { fault, holds, runs }] of faultRows.entries()) {
    const [, told, count, held, promise] = lines[i]!.split(/ *(?<!\\)\| */)
    expect([told, promise]).toEqual([fault, holds])
    expect(held).toBe(count)
    if (runs.ci !== 'all') expect(count).toBe(runs.ci.toLocaleString('en'))
  }
})
