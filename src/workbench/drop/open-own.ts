import type { Lab } from '../../lab/start-lab.ts'
import { droppedBundle, keepDropped } from './dropped-files.ts'

/**
 * Opens what a visitor brings: the files of a built bundle, or a catalogue as CSV, of which a bundle is made here. Resolves to
 * false where it is neither; otherwise the page is loaded anew, with it.
 */
export async function openOwn(files: readonly File[], lab: Lab): Promise<boolean> {
  const manifest = files.find(({ name }) => name === 'manifest.json')
  const catalogue = files.find(({ name }) => /\.(csv|tsv|txt)$/i.test(name))
  if (manifest) {
    const read = async (file: File) => [file.name, new Uint8Array(await file.arrayBuffer())] as const
    await keepDropped(new Map(await Promise.all(files.map(read))))
  } else if (catalogue) {
    await keepDropped(await lab.build({ text: await catalogue.text(), name: catalogue.name }))
  } else {
    return false
  }
  const url = new URL(location.href)
  url.searchParams.set('bundle', droppedBundle)
  url.hash = ''
  location.assign(url)
  return true
}
