import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { writePages } from '../live/shop-page.ts'
import { installCounters } from './count-resources.ts'

const dist = join(import.meta.dirname, '../../dist')

/**
 * A shop's page whose worker begins with the counters. They stand in the worker's file: a debugger that is to slip them in
 * comes before a worker has its interfaces, or after its script, as it happens.
 */
export async function writeCountedPage(folder: string, scorer: string): Promise<void> {
  await writePages(folder, { scorer, worker: '/counted/windowshop.worker.js' })
  const counted = join(folder, 'counted')
  await mkdir(counted, { recursive: true })
  const script = await readFile(join(dist, 'windowshop.worker.js'), 'utf8')
  await writeFile(join(counted, 'windowshop.worker.js'), `(${installCounters.toString()})()\n${script}`)
  for (const name of ['windowshop.scorers.js', 'windowshop.late.js'])
    await copyFile(join(dist, name), join(counted, name))
}
