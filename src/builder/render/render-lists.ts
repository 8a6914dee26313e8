import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { WindowshopError } from '../../errors.ts'
import { applyRules } from '../../pipeline/rules/apply-rules.ts'
import { readBundle } from '../inspect-bundle.ts'
import { shopOf } from '../open-shop.ts'
import type { Progress } from '../progress.ts'
import { checkTarget, replaceFolder } from '../replace-folder.ts'
import { askLists } from './ask-lists.ts'
import { fileNameOf } from './file-name.ts'
import { renderFragment } from './fragment.ts'
import { collectLists } from './lists-json.ts'
import { otherNames } from './other-names.ts'
import { checkOptions, type RenderedPlacement, type RenderOptions } from './render-options.ts'
import style from './windowshop.css?raw'

/** What was written, by numbers. */
export interface RenderSummary {
  readonly bundle: string
  readonly items: number
  /** Items that have a list, by placement; the others' files are empty. */
  readonly lists: Readonly<Partial<Record<RenderedPlacement, number>>>
  readonly links: number
  readonly files: number
  readonly bytes: number
  /** Items whose id is too long for a file name: they are in the JSON file alone. */
  readonly unnamed: number
}

/** What the styles are for is in every folder that was rendered. */
const renderedFolder = { mark: 'windowshop.css', holds: 'rendered lists' }

/**
 * Writes the lists that hang on an item alone: as HTML fragments, one file an item and placement, and as one JSON file. The same bundle,
 * options and time give the same bytes. Throws `option-invalid`, `output-unwritable` and what reading a bundle throws.
 */
export async function renderLists(
  folder: string,
  { out, ...options }: RenderOptions & { readonly out: string },
  progress: Progress,
): Promise<RenderSummary> {
  progress.stage('Reading the bundle')
  await checkTarget(out, renderedFolder)
  const { bundle, files, rules } = await readBundle(folder)
  const { manifest } = bundle
  const checked = checkOptions(options, manifest.locale)
  const { placements, formats, limit, headings, titleOf } = checked
  const shop = { ...(await shopOf(bundle, files)), ...(rules.length > 0 && { rules: applyRules(rules) }) }

  const lists: Partial<Record<RenderedPlacement, number>> = Object.fromEntries(placements.map((name) => [name, 0]))
  const total = { links: 0, files: 0, bytes: 0, unnamed: 0 }
  await replaceFolder(out, renderedFolder, async (fresh) => {
    const write = async (name: string, text: string | Buffer) => {
      // Two ids may differ in what a file system does not tell apart.
      await writeFile(join(fresh, name), text, { flag: 'wx' }).catch((error: Error) => {
        throw new WindowshopError(
          'output-unwritable',
          { where: join(out, name), got: (error as NodeJS.ErrnoException).code ?? error.message },
          { cause: error },
        )
      })
      total.files++
      total.bytes += Buffer.byteLength(text)
    }
    await write('windowshop.css', style)
    if (formats.includes('html')) for (const name of placements) await mkdir(join(fresh, name))

    const collected = collectLists()
    const advance = progress.stage('Rendering lists')
    let done = 0
    for await (const rendered of askLists(shop, checked)) {
      const { item } = rendered
      const name = fileNameOf(item)
      if (name === undefined) total.unnamed++
      for (const { placement, cards } of rendered.lists) {
        total.links += cards.length
        if (cards.length > 0) lists[placement]!++
        if (!formats.includes('html') || name === undefined) continue
        const [title, ownTitle] = [titleOf(placement), headings[placement] !== undefined]
        await write(`${placement}/${name}.html`, renderFragment({ placement, item, limit, title, ownTitle, cards }))
      }
      if (formats.includes('json')) collected.add(rendered)
      advance(++done / manifest.items)
    }
    if (formats.includes('json')) {
      progress.stage('Writing lists.json')
      const titles = Object.fromEntries(placements.map((placement) => [placement, titleOf(placement)]))
      const about = { format: 'windowshop-lists/1', bundle: manifest.bundle, limit, titles }
      await write('lists.json', collected.finish(about, otherNames(bundle, files)))
    }
  })
  return { bundle: manifest.bundle, items: manifest.items, lists, ...total }
}
