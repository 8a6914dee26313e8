import { join } from 'node:path'
import { showProgress } from '../../src/builder/progress.ts'
import { ensureOutputs, outputs } from '../../scripts/outputs.ts'
import { ensureSampleFolder } from '../../scripts/sample-folder.ts'

/**
 * What the tests of whole pages need, made once: the built outputs in `dist/`, the sample shop in `.demo/`. Without an encoder: lists do not
 * depend on when it arrives.
 */
export async function setup(): Promise<void> {
  await ensureOutputs(outputs, console.error)
  await ensureSampleFolder(join(import.meta.dirname, '../../.demo'), { items: 2000 }, showProgress())
}
