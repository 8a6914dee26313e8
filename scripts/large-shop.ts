// The sample shop of 100,000 items that the workbench can switch to; `--make` makes it.
import { setPriority } from 'node:os'
import { join } from 'node:path'
import { silent } from '../src/builder/progress.ts'
import { drawItem } from '../src/builder/sample/draw-item.ts'
import { generateShop } from '../src/builder/sample/generate-shop.ts'
import type { SampleItem } from '../src/builder/sample/sample-shop.ts'
import { madeFile, type StaticFile } from '../src/builder/static-file.ts'
import { ensureSampleFolder } from './sample-folder.ts'

export const largeShop = {
  folder: join(import.meta.dirname, '../.demo-large'),
  options: { items: 100_000, seed: 1, shoppers: 20_000, pictures: false },
} as const

const picture = /^\/large\/pictures\/([\w-]+)\.svg$/

/** Draws the pictures of the large shop when they are asked for: a hundred thousand files would take longer than the shop. */
export function largePictures(): (path: string) => StaticFile | undefined {
  let items: ReadonlyMap<string, SampleItem> | undefined
  return (path) => {
    const id = picture.exec(path)?.[1]
    if (id === undefined) return undefined
    const { items: count, seed, shoppers } = largeShop.options
    items ??= new Map(generateShop({ items: count, seed, shoppers }).items.map((item) => [item.id, item]))
    const item = items.get(id)
    return item && madeFile(drawItem(item), '.svg')
  }
}

if (process.argv.includes('--make')) {
  setPriority(19)
  await ensureSampleFolder(largeShop.folder, largeShop.options, silent)
}
