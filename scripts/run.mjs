// Runs a TypeScript file of this repository through Vite's module runner: `node scripts/run.mjs bench/live.ts --json`.
import { resolve } from 'node:path'
import { loadConfigFromFile, runnerImport } from 'vite'

const [file, ...rest] = process.argv.slice(2)
if (!file) {
  console.error('usage: node scripts/run.mjs FILE.ts [arguments]')
  process.exit(2)
}
process.argv = [process.argv[0], resolve(file), ...rest]
const env = { command: 'serve', mode: 'run' }
const loaded = await loadConfigFromFile(env, resolve(import.meta.dirname, '../vite.config.ts'))
try {
  await runnerImport(resolve(file), { plugins: loaded?.config.plugins, define: loaded?.config.define })
} catch (error) {
  console.error(error)
  process.exit(1)
}
