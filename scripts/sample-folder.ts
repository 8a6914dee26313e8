import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { buildInto } from '../src/builder/build-bundle.ts'
import type { Progress } from '../src/builder/progress.ts'
import { generateShop } from '../src/builder/sample/generate-shop.ts'
import { sampleEncoder } from '../src/builder/sample/sample-encoder.ts'
import type { SampleShop } from '../src/builder/sample/sample-shop.ts'
import { writeShop } from '../src/builder/sample/write-shop.ts'
import { filesIn, hashFiles } from './hash-files.ts'

const root = join(import.meta.dirname, '..')
const currency = 'EUR'
/** Says from which sources and options the folder was made. */
const stampName = 'made-from.txt'

export interface SampleFolderOptions {
  readonly items: number
  readonly seed?: number
  /** Shoppers in the log; three for each item by default. */
  readonly shoppers?: number
  /** False: `pictures/` stays empty. */
  readonly pictures?: boolean
  /** Train the sample shop's encoder; none by default. */
  readonly encoder?: boolean
}

/**
 * Makes the sample shop in `folder`, and its bundle in `folder/bundle`; leaves both alone where the same builder has made
 * them before. Beside what the generator writes, there is `catalogue.json`, the shop's own data for the workbench.
 * Resolves to whether anything had to be made.
 */
export async function ensureSampleFolder(
  folder: string,
  { items, seed = 1, shoppers, pictures = true, encoder = false }: SampleFolderOptions,
  progress: Progress,
): Promise<boolean> {
  const sources = await Promise.all(
    ['builder', 'bundle', 'core', 'models', 'pipeline'].map((room) => filesIn(join(root, 'src', room))),
  )
  const wanted = createHash('sha256')
    .update(JSON.stringify({ items, seed, shoppers, pictures, encoder }))
    .update(await hashFiles(root, [...sources.flat(), join(root, 'package-lock.json')]))
    .digest('hex')
  if ((await readFile(join(folder, stampName), 'utf8').catch(() => '')) === wanted) return false

  // Beside its place, so that nobody ever reads half a shop.
  await mkdir(join(root, '.cache'), { recursive: true })
  const fresh = await mkdtemp(join(root, '.cache/shop-'))
  try {
    await makeShop(fresh, { items, seed, pictures, encoder, ...(shoppers && { shoppers }) }, progress)
    await writeFile(join(fresh, stampName), wanted)
    await mkdir(dirname(folder), { recursive: true })
    await rm(folder, { recursive: true, force: true })
    await rename(fresh, folder)
  } finally {
    await rm(fresh, { recursive: true, force: true })
  }
  return true
}

async function makeShop(
  folder: string,
  {
    pictures,
    encoder,
    ...options
  }: SampleFolderOptions & Required<Pick<SampleFolderOptions, 'seed' | 'pictures' | 'encoder'>>,
  progress: Progress,
): Promise<void> {
  const shop = generateShop(options)
  let stage: string | undefined
  let advance = (_done: number) => {}
  await writeShop(shop, folder, {
    pictures,
    onProgress(done, total, now) {
      if (now !== stage) advance = progress.stage(`Making ${(stage = now)}`)
      advance(done / total)
    },
  })
  await writeFile(join(folder, 'catalogue.json'), JSON.stringify(productsOf(shop)))
  const files = { events: join(folder, 'events.jsonl'), catalogue: join(folder, 'catalogue.csv') }
  const about = { shop: 'Fern & Hearth', currency, encoder: encoder && sampleEncoder }
  await buildInto(join(folder, 'bundle'), { ...files, ...about }, progress)
  progress.end()
}

/** What the shop's backend knows of its items and shows on its pages. */
function productsOf({ items }: SampleShop): object {
  return {
    currency,
    items: items.map(({ id, title, category, price, brand, description, color, material, stock }) => ({
      id,
      title,
      category,
      price,
      brand,
      description,
      color,
      material,
      stock,
      image: `pictures/${id}.svg`,
    })),
  }
}
