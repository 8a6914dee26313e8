import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { defaultSettings } from '../../src/core/settings.ts'
import { salesLog } from '../support/sales-log.ts'

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

test('evaluate compares the models that are asked for, on sessions of which the last tenth is held out', async () => {
  const sessions = join(folder, 'sessions.txt')
  // After item n comes n + 1, and after the last the first; item 1 is in most sessions.
  const lines = Array.from({ length: 400 }, (_, s) => [1 + (s % 12), 1 + ((s + 1) % 12), 1].join(' '))
  await writeFile(sessions, lines.join('\n'))
  const { code, stdout } = await windowshop(
    'evaluate',
    '--sessions',
    sessions,
    '--models',
    'markov,windowshop',
    '--json',
  )
  expect(code).toBe(0)
  const { dataset, models } = JSON.parse(stdout)
  expect(dataset).toMatchObject({ name: 'sessions.txt', split: 'validation', items: 12, sequences: 360, cases: 80 })
  expect(Object.keys(models)).toEqual(['markov', 'windowshop'])
  for (const model of Object.values(models)) {
    expect(model).toMatchObject({
      hr20: expect.any(Number),
      mrr20: expect.any(Number),
      bytes: expect.any(Number),
      train_seconds: expect.any(Number),
    })
  }
  expect(models.markov.hr20).toBe(100)
  const report = join(folder, 'reports', 'report.html')
  const people = await windowshop('evaluate', '--sessions', sessions, '--models', 'markov', '--report', report)
  expect(people.stdout).toContain('80 cases')
  expect(people.stdout).toMatch(/^markov +1\.0000 \(1\.0000 to 1\.0000\)/m)
  expect(await readFile(report, 'utf8')).toContain('How good are the suggestions?')
})

test('forecast writes what will be asked for as text, numbers, a table and a page', async () => {
  const sales = join(folder, 'sales.csv')
  const lines = salesLog(12, 16, (item, week) => 3 + item + ((item + week * 7) % 5)).map(
    ({ user, item, title, time, quantity }) => [user, item, title, new Date(time).toISOString(), quantity].join(),
  )
  await writeFile(sales, ['user,item,title,time,quantity', ...lines].join('\n'))
  const [csv, report] = [join(folder, 'forecasts', 'items.csv'), join(folder, 'forecasts', 'report.html')]
  const told = await windowshop('forecast', '--events', sales, '--csv', csv, '--report', report)
  expect(told).toMatchObject({ code: 0, stdout: expect.stringMatching(/^12 items, 16 weeks of sales/) })
  const { stdout } = await windowshop('forecast', '--events', sales, '--json')
  const { items, from, to } = JSON.parse(stdout)
  expect([from, to]).toEqual(['2024-04-22', '2024-05-19'])
  const table = (await readFile(csv, 'utf8')).trimEnd().split('\r\n').slice(1)
  expect(table.map((row) => row.split(',')[0])).toEqual(items.map(({ id }: { id: string }) => id))
  expect(await readFile(report, 'utf8')).toContain('What will be asked for?')
})

test('customers writes how likely each is to come back', async () => {
  const log = join(folder, 'orders.csv')
  const lines = Array.from({ length: 900 }, (_, at) => {
    const customer = at % 150
    const day = (at * 0.2 + customer * 0.05) % 180
    return [`c${customer}`, 'item 1', new Date(Date.UTC(2026, 0, 1) + day * 86_400_000).toISOString(), 1].join()
  })
  await writeFile(log, ['user,item,time,quantity', ...lines].join('\n'))
  const csv = join(folder, 'who', 'customers.csv')
  const { code, stdout } = await windowshop('customers', '--events', log, '--csv', csv)
  expect(code).toBe(0)
  expect(stdout).toMatch(/^150 customers; of these, .*by recency and frequency: AUC/s)
  const [head, ...rows] = (await readFile(csv, 'utf8')).trimEnd().split('\r\n')
  expect(head).toBe('id,orders,last,returns')
  expect(rows).toHaveLength(150)
})

test('tune writes a settings file that build reads, and leaves nothing else', async () => {
  const log = join(folder, 'customers.csv')
  const day = (n: number) => new Date(Date.UTC(2026, 0, 1) + n * 86_400_000).toISOString()
  const lines = Array.from({ length: 480 }, (_, at) =>
    [
      at % 40,
      `item ${(at * 7 + (at % 40)) % 23}`,
      day(Math.floor(at / 4)),
      `Thing ${(at * 7 + (at % 40)) % 23}`,
      'purchase',
    ].join(),
  )
  await writeFile(log, ['user,item,time,title,event', ...lines].join('\n'))
  const out = join(folder, 'tuned', 'settings.json')
  const told = await windowshop('tune', '--events', log, '--days', '20', '--out', out)
  expect(told).toMatchObject({ code: 0, stdout: expect.stringMatching(/settings tried on 20 shoppers/) })
  expect(await readdir(join(folder, 'tuned'))).toEqual(['settings.json'])
  const bundle = join(folder, 'of-tuned')
  expect(await windowshop('build', '--events', log, '--settings', out, '--out', bundle)).toMatchObject({ code: 0 })
})

test('a settings file changes what a bundle ships; one with a wrong name is refused', async () => {
  const shop = join(folder, 'shop')
  const inputs = ['--events', join(shop, 'events.jsonl'), '--catalogue', join(shop, 'catalogue.csv')]
  const settings = join(folder, 'settings.json')
  await writeFile(settings, '{"settings":{"trend":0.25,"strengths":{"search":2}},"learning":{"content":{"dims":16}}}')
  const out = join(folder, 'by-settings')
  expect(await windowshop('build', ...inputs, '--out', out, '--settings', settings, '--json')).toMatchObject({
    code: 0,
  })
  const manifest = JSON.parse(await readFile(join(out, 'manifest.json'), 'utf8'))
  expect(manifest.settings).toMatchObject({ trend: 0.25, profile: defaultSettings.profile })
  expect(manifest.settings.strengths).toEqual({ ...defaultSettings.strengths, search: 2 })
  expect(manifest.segments).toContainEqual({ name: 'content', dims: 16 })
  await writeFile(settings, '{"settings":{"trendy":1}}')
  const refused = await windowshop('build', ...inputs, '--out', join(folder, 'none'), '--settings', settings)
  expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining(`option-invalid: ${settings}`) })
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
    ['evaluate', '--seed', 'x'],
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
