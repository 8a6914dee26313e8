import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildBundle } from '../../src/builder/build-bundle.ts'
import { generateShop } from '../../src/builder/sample/generate-shop.ts'
import { sampleEncoder } from '../../src/builder/sample/sample-encoder.ts'
import type { SampleOptions, SampleShop } from '../../src/builder/sample/sample-shop.ts'
import { writeShop } from '../../src/builder/sample/write-shop.ts'
import type { Bundle } from '../../src/bundle/bundle.ts'
import { openBundle } from '../../src/bundle/open-bundle.ts'
import { openEncoder } from '../../src/models/open-encoder.ts'
import type { SessionEncoder } from '../../src/models/session-encoder.ts'

/**
 * Makes a sample shop, writes it as its exports, and builds its bundle from those: what `generate` and `build` do; with `encoder` as the
 * demo does.
 */
export async function sampleBundle({
  encoder: withEncoder = false,
  ...options
}: SampleOptions & { encoder?: boolean }): Promise<{
  shop: SampleShop
  bundle: Bundle
  encoder: SessionEncoder | undefined
}> {
  const folder = await mkdtemp(join(tmpdir(), 'windowshop-sample-'))
  try {
    const shop = generateShop(options)
    await writeShop(shop, folder, { pictures: false })
    const { manifest, files } = await buildBundle({
      events: join(folder, 'events.jsonl'),
      catalogue: join(folder, 'catalogue.csv'),
      encoder: withEncoder && sampleEncoder,
    })
    const availability = files.get('availability.safetensors')!
    const bundle = openBundle(manifest, files, { availability })
    const loadTensorFlow = () => import('../../src/models/late-tensorflow.ts')
    return { shop, bundle, encoder: withEncoder ? await openEncoder(bundle, files, loadTensorFlow) : undefined }
  } finally {
    await rm(folder, { recursive: true })
  }
}
