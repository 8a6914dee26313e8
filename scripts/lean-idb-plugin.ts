import type { Plugin } from 'vite'

const shortcuts = "\nconst readMethods = ['get'"
const exported = '\nexport { '

/**
 * Leaves idb's shortcuts (`db.get(store, key)`) and asynchronous iterators out of what is built: every transaction of ours is
 * named, and reads lists. They are the end of its module, which replaces what stands before it.
 */
export function leanIdb(): Plugin {
  return {
    name: 'windowshop:lean-idb',
    apply: 'build',
    transform(code, id) {
      if (!id.endsWith('/idb/build/index.js')) return null
      const [from, to] = [code.indexOf(shortcuts), code.lastIndexOf(exported)]
      if (from < 0 || to < from) throw new Error(`${id} does not end with shortcuts and iterators as 8.0 does`)
      return { code: code.slice(0, from) + code.slice(to), map: null }
    },
  }
}
