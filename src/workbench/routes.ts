/** A page of the shop. It stands in the address after `#`, so that any static host can serve the workbench. */
export type Route =
  | { readonly page: 'home' }
  /** Path of category names, general to special. */
  | { readonly page: 'category'; readonly path: readonly string[] }
  | { readonly page: 'item'; readonly id: string }
  | { readonly page: 'search'; readonly query: string }
  | { readonly page: 'cart' }
  | { readonly page: 'done' }

/** Reads `location.hash`; anything unknown is the home page. */
export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?')
  const [page, ...rest] = path.split('/').map(decode)
  switch (page) {
    case 'category':
      return rest.length > 0 ? { page, path: rest } : { page: 'home' }
    case 'item':
      return rest[0] ? { page, id: rest[0] } : { page: 'home' }
    case 'search':
      return { page, query: new URLSearchParams(query).get('q') ?? '' }
    case 'cart':
    case 'done':
      return { page }
    default:
      return { page: 'home' }
  }
}

export function hrefOf(route: Route): string {
  switch (route.page) {
    case 'home':
      return '#/'
    case 'category':
      return `#/category/${route.path.map(encodeURIComponent).join('/')}`
    case 'item':
      return `#/item/${encodeURIComponent(route.id)}`
    case 'search':
      return `#/search?${new URLSearchParams({ q: route.query })}`
    default:
      return `#/${route.page}`
  }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
