import { parseManifest, type Manifest } from '../../bundle/manifest.ts'
import { sealManifest } from '../../bundle/pack.ts'
import { writeRules } from '../../bundle/parse-rules.ts'
import type { Rule } from '../../core/rule.ts'

const url = 'rules.json'

/** The files that give a bundle its rules: the rules themselves, and a manifest that lists them where it did not. */
export async function filesWithRules(
  manifest: Manifest,
  rules: readonly Rule[],
): Promise<{ manifest: Manifest; files: Map<string, Uint8Array<ArrayBuffer>> }> {
  const files = new Map([[url, writeRules(rules)]])
  if (manifest.rules) return { manifest, files }
  const { format: _format, bundle: _bundle, ...content } = manifest
  const json = await sealManifest({ ...content, rules: { url } })
  files.set('manifest.json', new TextEncoder().encode(json))
  return { manifest: parseManifest(json), files }
}
