import { expect } from 'vitest'
import { commands } from 'vitest/browser'
import { packBundle, type PackInput } from '../../src/bundle/pack.ts'
import { createRandom } from '../../src/core/random.ts'
import { randomPackInput } from './random-bundle.ts'

/** Puts files on the test server; resolves with the URL of their folder. */
export async function serveFiles(folder: string, files: ReadonlyMap<string, Uint8Array>): Promise<string> {
  for (const [name, bytes] of files) {
    const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
    await commands.writeFile(`.cache/served/${folder}/${name}`, btoa(text), 'base64')
  }
  return new URL(`/.cache/served/${folder}/`, location.origin).href
}

export async function unserveFile(folder: string, name: string): Promise<void> {
  await commands.removeFile(`.cache/served/${folder}/${name}`)
}

let folders = 0

/** A folder of its own for every bundle of a test file, the same ones in every run. */
function nextFolder(): string {
  const file = expect.getState().testPath?.split('/').at(-1) ?? 'test'
  return `${file.replaceAll('.', '-')}-${++folders}`
}

export interface ServedBundle {
  readonly folder: string
  readonly manifestUrl: string
  readonly files: Map<string, Uint8Array>
}

/** A small made-up bundle on the test server: 60 items in three tiers. */
export async function serveBundle(change: Partial<PackInput> = {}, folder = nextFolder()): Promise<ServedBundle> {
  const input = { ...randomPackInput({ items: 60, head: 20, random: createRandom(7) }), ...change }
  const { files } = await packBundle(input)
  const url = await serveFiles(folder, files)
  return { folder, manifestUrl: `${url}manifest.json`, files }
}
