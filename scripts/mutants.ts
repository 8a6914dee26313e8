// `npm run mutants`: takes one guard after the other out of a copy of the sources, and shows that a check then fails.
// `-- --json` prints `{ mutants: [{ name, shownBy, noticed }] }`, `--only WORD` takes those with it in their name. A check that fails
// with all guards in place shows nothing: then it throws. Exits with 1 when a guard is not missed by anything.
import { execFileSync, spawnSync } from 'node:child_process'
import { cp, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { setup } from '../test/e2e/setup.ts'
import { guards, type Guard } from './mutants/guards.ts'

const root = join(import.meta.dirname, '..')
const copy = join(root, '.cache/mutants')
const { values } = parseArgs({
  options: { json: { type: 'boolean', default: false }, only: { type: 'string', default: '' } },
})

await setup()
await copySources()
const mutants: { name: string; shownBy: string; noticed: boolean }[] = []
const passing = new Set<string>()
for (const guard of guards.filter(({ name }) => name.includes(values.only))) {
  const shownBy = 'row' in guard.shownBy ? guard.shownBy.row : guard.shownBy.test
  if (!passing.has(shownBy) && !check(guard.shownBy)) throw new Error(`${shownBy} fails as it is`)
  passing.add(shownBy)
  const noticed = await isMissed(guard)
  mutants.push({ name: guard.name, shownBy, noticed })
  console.error(`${noticed ? 'noticed ' : 'SURVIVED'}  ${guard.name}  (${shownBy})`)
}
await rm(copy, { recursive: true, force: true })
const noticed = mutants.filter((mutant) => mutant.noticed).length
if (values.json) console.log(JSON.stringify({ mutants }, null, 2))
console.error(`${noticed} of ${mutants.length} guards are missed when they are gone`)
process.exitCode = noticed < mutants.length ? 1 : 0

/** Everything that git knows or would know; built files and packages beside it. */
async function copySources(): Promise<void> {
  await rm(copy, { recursive: true, force: true })
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root })
  const files = listed.toString().split('\0').filter(Boolean)
  for (const file of files) {
    await mkdir(dirname(join(copy, file)), { recursive: true })
    await cp(join(root, file), join(copy, file)).catch(() => undefined)
  }
  await cp(join(root, 'dist'), join(copy, 'dist'), { recursive: true })
  for (const name of ['node_modules', '.demo']) await symlink(join(root, name), join(copy, name))
}

/** Whether the check fails without the guard; the copy is whole again afterwards. */
async function isMissed({ file, guard, without, shownBy, builds = [] }: Guard): Promise<boolean> {
  const path = join(copy, file)
  const whole = await readFile(path, 'utf8')
  if (whole.split(guard).length !== 2) throw new Error(`${file} does not hold this once: ${guard}`)
  await writeFile(
    path,
    whole.replace(guard, () => without),
  )
  try {
    if (builds.length > 0 && !run('scripts/run.mjs', 'scripts/build.ts', ...builds))
      throw new Error(`${file}: no build`)
    return !check(shownBy)
  } finally {
    await writeFile(path, whole)
    for (const name of ['windowshop.worker.js', 'windowshop.js'])
      await cp(join(root, 'dist', name), join(copy, 'dist', name))
  }
}

function check(shownBy: Guard['shownBy']): boolean {
  if ('test' in shownBy) return run('node_modules/vitest/vitest.mjs', 'run', '--project', 'node', shownBy.test)
  return run(
    'scripts/run.mjs',
    'scripts/faults.ts',
    '--built',
    '--only',
    shownBy.row,
    '--share',
    String(shownBy.share ?? 1),
  )
}

function run(...words: string[]): boolean {
  const { status } = spawnSync(process.execPath, words, { cwd: copy, stdio: 'ignore', timeout: 600_000 })
  return status === 0
}
