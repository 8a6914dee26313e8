import type { Plugin } from 'vite'

const unused = [
  // Shortcuts (`db.get(store, key)`) and asynchronous iterators: the end of its module, which replaces what stands before it.
  /const readMethods = \['get'[^]*?(?=export \{)/,
  // Cursors: lists are read.
  / {4}if \(getCursorAdvanceMethods[^]*?\n {4}\}\n/,
  / {12}IDBCursor,\n/,
  // What is blocked shows by its deadline.
  / {4}if \(blocked\) \{[^]*?\n {4}\}\n/g,
  // Writing properties, asking for them, and the only store of a transaction: methods of named stores are called.
  / {4}set\(target, prop, value\) [^]*?(?=\};\nfunction replaceTraps)/,
  / {12}\/\/ Make tx\.store return[^]*?\n {12}\}\n/,
]

/** Leaves out of what is built those parts of idb that every transaction of ours does without. */
export function leanIdb(): Plugin {
  return {
    name: 'windowshop:lean-idb',
    apply: 'build',
    transform(code, id) {
      if (!id.endsWith('/idb/build/index.js')) return null
      const missing = unused.find((part) => code.search(part) < 0)
      if (missing) throw new Error(`${id} has no ${missing} where 8.0 has one`)
      return { code: unused.reduce((left, part) => left.replace(part, ''), code), map: null }
    },
  }
}
