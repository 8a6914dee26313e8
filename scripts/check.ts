// `npm run check`: every static check. Runs them all, prints what failed, ends with a non-zero status if any did.
import { spawn } from 'node:child_process'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')

/** By name: the command, after which the next one runs whether or not it failed. */
const checks: readonly (readonly [name: string, command: string])[] = [
  ['format', 'oxfmt --check'],
  ['lint, import rules, cycles', 'oxlint -c oxlint.config.mjs'],
  ['types', 'tsc -p .'],
  ['dead code and dependencies', 'knip'],
  ['build', 'node scripts/run.mjs scripts/build.ts'],
  ['package, as its consumers see it', 'node scripts/run.mjs scripts/check-package.ts'],
]

const failed: string[] = []
for (const [name, command] of checks) {
  const start = performance.now()
  const { status, output } = await run(command)
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  console.log(`${status === 0 ? 'passed' : 'FAILED'}  ${name}  (${seconds} s)`)
  if (status === 0) continue
  failed.push(name)
  console.log(output.trimEnd().replaceAll(/^/gm, '        '))
}
console.log(`${checks.length - failed.length} checks passed, ${failed.length} failed`)
process.exitCode = failed.length ? 1 : 0

async function run(command: string): Promise<{ status: number | null; output: string }> {
  const [name, ...args] = command.split(' ')
  const path = `${join(root, 'node_modules/.bin')}:${process.env['PATH']}`
  const child = spawn(name!, args, { cwd: root, env: { ...process.env, PATH: path } })
  let output = ''
  child.stdout.on('data', (data) => (output += data))
  child.stderr.on('data', (data) => (output += data))
  const status = await new Promise<number | null>((resolve, reject) => child.on('close', resolve).on('error', reject))
  return { status, output }
}
