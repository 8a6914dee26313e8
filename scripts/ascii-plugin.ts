import type { Plugin } from 'vite'

/** A script without a charset is read in its page's: every character beyond ASCII is written as an escape. */
export function ascii(): Plugin {
  return {
    name: 'windowshop:ascii',
    generateBundle(_options, files) {
      for (const file of Object.values(files)) if (file.type === 'chunk') file.code = toAscii(file.code)
    },
  }
}

/** JavaScript of the same meaning; characters beyond ASCII may stand in strings, templates and regular expressions. */
export function toAscii(code: string): string {
  return code.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
