import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')
const read = (name: string) => readFileSync(join(root, name), 'utf8')
const manifest = JSON.parse(read('package.json')) as Record<string, Record<string, string>>
const shipped = [...Object.keys(manifest['dependencies']!), 'comlink', 'idb']

test('every package that is shipped stands in docs/dependencies.md with what it is for', () => {
  const rows = read('docs/dependencies.md')
    .split('\n')
    .filter((line) => /^\| (?!package|-)/.test(line))
  const listed = rows.flatMap((line) =>
    line
      .split('|')[1]!
      .split(',')
      .map((name) => name.trim()),
  )
  expect(shipped.filter((name) => !listed.includes(name))).toEqual([])
  for (const line of rows) expect(line.split('|')[2]!.trim().length, line).toBeGreaterThan(4)
})

test('every package of the lockfile has a hash, and installing ours runs no script', () => {
  const lock = JSON.parse(read('package-lock.json')) as {
    packages: Record<string, { integrity?: string; link?: boolean; inBundle?: boolean }>
  }
  const without = Object.entries(lock.packages).filter(
    ([path, entry]) => path.includes('node_modules/') && !entry.integrity && !entry.link && !entry.inBundle,
  )
  expect(without.map(([path]) => path)).toEqual([])
  for (const script of ['preinstall', 'install', 'postinstall', 'prepare'])
    expect(Object.keys(manifest['scripts']!)).not.toContain(script)
})

test('nothing is published without a statement of the commit and the job that built it', () => {
  expect(manifest['publishConfig']).toEqual({ access: 'public', provenance: true })
})
