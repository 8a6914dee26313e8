import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright'

/** Keeps what a test sees, picture by picture, in `screenshots/<name>/`. */
export async function keepFrames(name: string): Promise<(page: Page, title: string) => Promise<void>> {
  const folder = join(import.meta.dirname, '../../screenshots', name)
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  let frame = 0
  return async (page, title) => {
    frame++
    await page.screenshot({ path: join(folder, `${String(frame).padStart(2, '0')}-${title}.png`) })
  }
}
