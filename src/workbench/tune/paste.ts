import type { Settings } from '../../index.ts'

/** Settings in the forms in which a shop can take them. */
export interface Paste {
  readonly tag: string
  readonly json: string
  readonly settingsFile: string
}

/** `bundle`: the address at which the shop serves its manifest. */
export function pasteOf(settings: Partial<Settings>, bundle = '/windowshop/manifest.json'): Paste {
  const changed = Object.keys(settings).length > 0
  const inTag = changed ? ` data-settings='${escapeQuotes(JSON.stringify(settings))}'` : ''
  return {
    tag: `<script async src="/windowshop/windowshop.js" data-bundle="${bundle}"${inTag}></script>`,
    json: JSON.stringify({ bundle, ...(changed && { settings }) }, null, 2),
    settingsFile: JSON.stringify({ settings }, null, 2),
  }
}

/** Within single quotes of an attribute. */
function escapeQuotes(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll("'", '&#39;')
}
