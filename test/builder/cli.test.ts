import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '../..')

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'windowshop-cli-'))
})
afterAll(() => rm(folder, { recursive: true }))

function windowshop(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((settle) => {
    const child = execFile(
      process.execPath,
      [join(root, 'scripts/run.mjs'), join(root, 'src/builder/cli.ts'), ...args],
      { cwd: root },
      (_, stdout, stderr) => settle({ code: child.exitCode ?? -1, stdout, stderr }),
    )
  })
}

test('a sample shop is generated, built and inspected in three commands', async () => {
  const [shop, bundle] = [join(folder, 'shop'), join(folder, 'bundle')]
  const made = await windowshop('generate', '--items', '60', '--shoppers', '80', '--out', shop, '--json')
  expect(JSON.parse(made.stdout)).toMatchObject({ items: 60, pictures: 60 })
  const inputs = ['--events', join(shop, 'events.jsonl'), '--catalogue', join(shop, 'catalogue.csv')]
  const built = await windowshop('build', ...inputs, '--out', bundle)
  expect(built).toMatchObject({ code: 0, stderr: expect.stringContaining('Reading events') })
  expect(built.stdout).toMatch(/items, .* customers/)
  const inspected = await windowshop('inspect', bundle)
  expect(inspected.stdout).toContain('verified')
})

test('bad input ends with a code, the place, status 1 and no folder', async () => {
  const events = join(folder, 'bad.csv')
  await writeFile(events, 'user,item,time,title\nu,1,2026-01-01,Tent\nu,2,soon,Lamp\n')
  const { code, stderr } = await windowshop('build', '--events', events, '--out', join(folder, 'none'), '--json')
  expect(code).toBe(1)
  expect(stderr).toContain(`input-time: ${events}, line 3, column time`)
  expect(await readdir(folder)).not.toContain('none')
})

test('a wrong option is refused by name', async () => {
  const wrong = [
    ['build', '--out', 'x', '--events', 'y', '--map', 'nonsense'],
    ['build', '--out', 'x', '--events', 'y', '--currency', 'pounds'],
    ['generate', '--out', 'x', '--items', 'many'],
  ]
  for (const args of wrong) {
    const { code, stderr } = await windowshop(...args)
    expect(code).toBe(1)
    expect(stderr).toContain(`option-invalid: ${args.at(-2)}`)
  }
})

test('the command tells its version', async () => {
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
  expect(await windowshop('--version')).toMatchObject({ code: 0, stdout: `${version}\n` })
})
