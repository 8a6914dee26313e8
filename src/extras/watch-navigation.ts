/**
 * Calls back after every change of the page's address without a load: the Navigation API tells where there is one, else
 * the history's own methods, which are wrapped for that. Returns its undo.
 */
export function watchNavigation(listener: () => void): () => void {
  let address = location.href
  const look = () => {
    // A jump within the page is no other page; a route in the hash is.
    if (pageOf(location.href) === pageOf(address)) return
    address = location.href
    listener()
  }
  const { navigation } = globalThis as { navigation?: EventTarget }
  navigation?.addEventListener('currententrychange', look)
  addEventListener('popstate', look)
  addEventListener('hashchange', look)
  const restore = navigation ? () => {} : wrapHistory(look)
  return () => {
    navigation?.removeEventListener('currententrychange', look)
    removeEventListener('popstate', look)
    removeEventListener('hashchange', look)
    restore()
  }
}

function pageOf(address: string): string {
  const { href, hash } = new URL(address)
  return hash.startsWith('#/') || hash.startsWith('#!') ? href : href.slice(0, href.length - hash.length)
}

function wrapHistory(look: () => void): () => void {
  const restores = (['pushState', 'replaceState'] as const).map((name) => {
    const own = history[name]
    const wrapped: History['pushState'] = function (this: History, ...values) {
      own.apply(this, values)
      look()
    }
    history[name] = wrapped
    return () => {
      if (history[name] === wrapped) history[name] = own
    }
  })
  return () => restores.forEach((restore) => restore())
}
