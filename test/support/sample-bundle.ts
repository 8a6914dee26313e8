import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildBundle } from '../../src/builder/build-bundle.ts'
import { generateShop } from '../../src/builder/sample/generate-shop.ts'
import type { SampleOptions, SampleShop } from '../../src/builder/sample/sample-shop.ts'
import { writeShop } from '../../src/builder/sample/write-shop.ts'
import type { Bundle } from '../../src/bundle/bundle.ts'
import { openBundle } from '../../src/bundle/open-bundle.ts'

/** Makes a sample shop, writes it as its exports, and builds its bundle from those: what `generate` and `build` do. */
export async function sampleBundle(options: SampleOptions): Promise<{ shop: SampleShop; bundle: Bundle }> {
  const folder = await mkdtemp(join(tmpdir(), 'windowshop-sample-'))
  try {
    const shop = generateShop(options)
    await writeShop(shop, folder, { pictures: false })
    const { manifest, files } = await buildBundle({
      events: join(folder, 'events.jsonl'),
      catalogue: join(folder, 'catalogue.csv'),
    })
    const availability = files.get('availability.safetensors')!
    return { shop, bundle: openBundle(manifest, files, { availability }) }
  } finally {
    await rm(folder, { recursive: true })
  }
}
