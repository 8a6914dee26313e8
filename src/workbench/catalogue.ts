import type { Card } from '../index.ts'

/** What the shop knows of an item, from its own backend. */
export interface Product {
  readonly id: string
  readonly title: string
  /** Category names, general to special; empty where unknown. */
  readonly category: readonly string[]
  readonly currency: string
  readonly price?: number
  readonly brand?: string
  readonly image?: string
  readonly description?: string
  readonly color?: string
  readonly material?: string
  /** Units on hand; undefined where the shop does not say. */
  readonly stock?: number
}

export interface Category {
  readonly name: string
  readonly path: readonly string[]
  readonly count: number
}

/** The shop's pages are drawn from this. */
export interface Catalogue {
  readonly products: readonly Product[]
  get(id: string): Product | undefined
  /** Products in a category or below it. */
  within(path: readonly string[]): readonly Product[]
  /** Categories directly below a path, the fullest first. */
  below(path: readonly string[]): readonly Category[]
  /** Products whose text holds every word, those with the words in the title first. */
  search(query: string): readonly Product[]
}

export function createCatalogue(products: readonly Product[]): Catalogue {
  const byId = new Map(products.map((product) => [product.id, product]))
  const texts = new Map(products.map((product) => [product.id, searchText(product)]))
  const within = (path: readonly string[]) =>
    products.filter(({ category }) => path.every((name, depth) => category[depth] === name))
  return {
    products,
    get: (id) => byId.get(id),
    within,
    below(path) {
      const counts = new Map<string, number>()
      for (const { category } of within(path)) {
        const name = category[path.length]
        if (name) counts.set(name, (counts.get(name) ?? 0) + 1)
      }
      return [...counts]
        .map(([name, count]) => ({ name, count, path: [...path, name] }))
        .sort((a, b) => b.count - a.count || a.name.localeCompare(b.name))
    },
    search(query) {
      const words = query.toLowerCase().split(/\s+/).filter(Boolean)
      if (words.length === 0) return []
      const inTitle = (product: Product) => words.filter((word) => product.title.toLowerCase().includes(word)).length
      return products
        .filter((product) => words.every((word) => texts.get(product.id)!.includes(word)))
        .map((product) => ({ product, hits: inTitle(product) }))
        .sort((a, b) => b.hits - a.hits)
        .map(({ product }) => product)
    },
  }
}

/** The first colour of each product: colours of one product differ in what follows the comma of their titles. */
export function oneOfEach(products: readonly Product[]): readonly Product[] {
  const names = new Map<string, Product>()
  for (const product of products) {
    const name = product.title.split(',')[0]!
    if (!names.has(name)) names.set(name, product)
  }
  return [...names.values()]
}

/** A shop without a backend of its own shows what its bundle says. */
export function productOfCard({ category, ...card }: Card): Product {
  return { ...card, category: category?.split(' > ') ?? [] }
}

function searchText({ title, brand, category, color, material, description }: Product): string {
  return [title, brand, category.join(' '), color, material, description].join(' ').toLowerCase()
}
