import { expect, it } from 'vitest'
import { unlistedFiles } from '../../src/service-worker/unlisted-files.ts'

const shop = 'https://shop.example'
const kept = [
  `${shop}/bundle/head.0123456789ab.safetensors`,
  `${shop}/bundle/old.ba9876543210.safetensors`,
  `${shop}/a.js`,
]

it('files of earlier bundles go, everything else stays', () => {
  const manifest = { files: [{ url: 'head.0123456789ab.safetensors' }] }
  expect(unlistedFiles(manifest, kept, '/bundle/')).toEqual([kept[1]])
})

it('nothing goes on the word of a broken manifest', () => {
  for (const broken of [null, undefined, 7, 'x', {}, { files: 'all' }]) {
    expect(unlistedFiles(broken, kept, '/bundle/')).toEqual([])
  }
  expect(unlistedFiles({ files: [null, 7] }, [`${shop}/a.js`], '/bundle/')).toEqual([])
})
