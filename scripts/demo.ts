// `npm run demo`: makes the sample shop and its bundle, builds the workbench, and serves it on localhost.
import { join } from 'node:path'
import { showProgress } from '../src/builder/progress.ts'
import { serve } from '../src/builder/serve.ts'
import { ensureOutputs } from './outputs.ts'
import { ensureSampleFolder } from './sample-folder.ts'

const root = join(import.meta.dirname, '..')
const shop = join(root, '.demo')

const made = await ensureSampleFolder(shop, { items: 2000 }, showProgress())
console.log(made ? 'The sample shop and its bundle are made.' : 'The sample shop and its bundle are up to date.')
await ensureOutputs(['scorers', 'worker', 'sw', 'workbench'], console.log)
const { url } = await serve({ mounts: { '/': [join(root, 'dist/workbench'), shop] } })
console.log(`\nThe workbench is at ${url}  (Ctrl+C ends it)`)
