// `npm run demo`: makes the sample shop and its bundle, builds the workbench, and serves it on localhost. A shop of 100,000
// items is made behind it, in a process of its own: the workbench can switch to it as soon as it is there.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { showProgress } from '../src/builder/progress.ts'
import { serve } from '../src/builder/serve.ts'
import { largePictures, largeShop } from './large-shop.ts'
import { ensureOutputs } from './outputs.ts'
import { ensureSampleFolder } from './sample-folder.ts'

const root = join(import.meta.dirname, '..')
const shop = join(root, '.demo')

const made = await ensureSampleFolder(shop, { items: 2000, encoder: true }, showProgress())
console.log(made ? 'The sample shop and its bundle are made.' : 'The sample shop and its bundle are up to date.')
await ensureOutputs(['scorers', 'tensorflow', 'models', 'late', 'worker', 'sw', 'workbench'], console.log)
const { url } = await serve({
  mounts: { '/': [join(root, 'dist/workbench'), shop], '/large/': largeShop.folder },
  make: largePictures(),
})
console.log(`\nThe workbench is at ${url}  (Ctrl+C ends it)`)

const maker = spawn(process.execPath, [join(root, 'scripts/run.mjs'), join(root, 'scripts/large-shop.ts'), '--make'], {
  stdio: ['ignore', 'ignore', 'inherit'],
})
maker.on('close', (status) =>
  console.log(status === 0 ? 'The shop of 100,000 items is there, too.' : 'It could not be made.'),
)
process.on('exit', () => maker.kill())
