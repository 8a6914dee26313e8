import type { Plugin } from 'vite'

const entry = '    ["proxy", proxyTransferHandler],\n'

/**
 * Leaves Comlink's handler for proxies out of what is built: the message filter lets plain values through alone, and without
 * the handler the half of Comlink that calls back falls away.
 */
export function leanComlink(): Plugin {
  return {
    name: 'windowshop:lean-comlink',
    apply: 'build',
    transform(code, id) {
      if (!/\/comlink\/dist\/esm\/comlink\.m?js$/.test(id)) return null
      if (!code.includes(entry)) throw new Error(`${id} has no transfer handler for proxies where 4.4 has one`)
      return { code: code.replace(entry, ''), map: null }
    },
  }
}
