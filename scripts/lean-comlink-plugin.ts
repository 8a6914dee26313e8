import type { Plugin } from 'vite'

const unused = [
  // The handler for proxies: the message filter lets plain values through alone, and without it the half of Comlink that calls back falls away.
  / {4}\["proxy", proxyTransferHandler\],\n/,
  // The filter lets calls through alone: nothing is read, set, made or released.
  / +case "(GET|SET|CONSTRUCT|ENDPOINT|RELEASE)"[^]*?\n {20}break;\n/g,
  / {12}if \(type === "RELEASE"[^]*?\n {12}\}\n(?= {8}\}\)\n)/,
  // Proxies that were forgotten.
  /const proxyFinalizers = [^]*?\n {4}\}\);\n/,
  // Ports, and messages of other origins: a worker hears its page.
  / {8}if \(!isAllowedOrigin[^]*?\n {8}\}\n/,
  / {4}if \(ep\.start\) \{\n[^]*?\n {4}\}\n/,
]

/** Leaves out of what is built those parts of Comlink that no call which passes the message filter reaches. */
export function leanComlink(): Plugin {
  return {
    name: 'windowshop:lean-comlink',
    apply: 'build',
    transform(code, id) {
      if (!/\/comlink\/dist\/esm\/comlink\.m?js$/.test(id)) return null
      const missing = unused.find((part) => code.search(part) < 0)
      if (missing) throw new Error(`${id} has no ${missing} where 4.4 has one`)
      return { code: unused.reduce((left, part) => left.replace(part, ''), code), map: null }
    },
  }
}
