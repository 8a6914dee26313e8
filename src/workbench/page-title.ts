import type { Bench } from './view.ts'

/** What the browser's tab says: the page's own name, then the shop's. */
export function pageTitle({ state, texts }: Pick<Bench, 'state' | 'texts'>): string {
  const shop = state.status?.bundle?.shop ?? 'Windowshop'
  const name = pageName({ state, texts })
  return name ? `${name} - ${shop}` : shop
}

function pageName({ state, texts }: Pick<Bench, 'state' | 'texts'>): string {
  const { route, catalogue } = state
  switch (route.page) {
    case 'home':
      return ''
    case 'category':
      return route.path.at(-1)!
    case 'item': {
      if (!catalogue || catalogue === 'missing') return ''
      return catalogue.get(route.id)?.title ?? texts.unknownItem
    }
    case 'search':
      return texts.searchResults(route.query)
    default:
      return texts[route.page]
  }
}
