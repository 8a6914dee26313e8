import * as v from 'valibot'
import { parseJson } from '../core/parse-json.ts'
import { WindowshopError } from '../errors.ts'
import type { Bundle } from './bundle.ts'
import { fileOf } from './item-shards.ts'
import type { Manifest } from './manifest.ts'

const vocabularySchema = v.strictObject({
  categories: v.array(v.pipe(v.string(), v.maxLength(1024))),
  brands: v.array(v.pipe(v.string(), v.maxLength(1024))),
})

/** Names of categories and brands, to which columns refer by index. */
export function openVocabulary(manifest: Manifest, files: ReadonlyMap<string, Uint8Array>): Bundle['vocabulary'] {
  const file = manifest.files.find(({ role }) => role === 'vocabulary')
  if (!file)
    throw new WindowshopError('bundle-malformed', { where: 'manifest.json', column: 'files', expected: 'a vocabulary' })
  const bytes = fileOf(files, file.url)
  const read = v.safeParse(vocabularySchema, parseJson(new TextDecoder().decode(bytes)))
  if (read.success) return read.output
  throw new WindowshopError('bundle-malformed', { where: file.url, expected: 'lists of categories and brands' })
}
