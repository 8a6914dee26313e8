import { readBundle } from '../inspect-bundle.ts'
import { replaceFiles } from '../write-bundle.ts'
import { readRulesFile, type RulesInput } from './read-rules-file.ts'
import { unknownNames } from './unknown-names.ts'
import { filesWithRules } from './with-rules.ts'

export interface PublishedRules {
  readonly rules: number
  /** What rules name and the bundle does not have. */
  readonly unknown: readonly string[]
}

/** Writes rules into the folder of a bundle, without building it again. */
export async function publishRules(folder: string, input: RulesInput): Promise<PublishedRules> {
  const rules = await readRulesFile(input)
  const { bundle } = await readBundle(folder)
  const { files } = await filesWithRules(bundle.manifest, rules)
  await replaceFiles(folder, files)
  return { rules: rules.length, unknown: rules.flatMap((rule) => unknownNames(rule, bundle)) }
}
