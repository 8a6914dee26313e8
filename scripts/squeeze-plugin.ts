import { minify } from 'terser'
import type { Plugin } from 'vite'

/** Once more over what has been minified already: terser finds two to three per cent, and budgets are hard. */
export function squeeze(): Plugin {
  return {
    name: 'windowshop:squeeze',
    async generateBundle({ format }, files) {
      for (const file of Object.values(files)) {
        if (file.type !== 'chunk') continue
        const { code } = await minify(file.code, {
          module: format === 'es',
          ecma: 2022,
          compress: { passes: 3, unsafe_arrows: true, keep_fargs: false },
        })
        file.code = code!
      }
    },
  }
}
