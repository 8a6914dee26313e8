import type { Recommender } from '../index.ts'
import { createCatalogue, productOfCard, type Catalogue, type Product } from './catalogue.ts'

/** Address of the sample shop's own data, and the folder of its pictures. */
const catalogueAddress = 'catalogue.json'

/** The sample shop's catalogue, from the shop's own backend; undefined when there is none. */
export async function loadCatalogue(): Promise<Catalogue | undefined> {
  try {
    const response = await fetch(catalogueAddress)
    if (!response.ok) return undefined
    const { currency, items } = (await response.json()) as { currency: string; items: SampleItem[] }
    return createCatalogue(items.map((item) => productOf(item, currency)))
  } catch {
    return undefined
  }
}

/**
 * A shop that is known by its bundle alone: the best sellers, of the whole and of each department, as the bundle's cards
 * show them. Items that come up later are added by their cards.
 */
export async function catalogueOfBundle(recommender: Recommender): Promise<Catalogue | undefined> {
  const products = new Map<string, Product>()
  const collect = async (departments: readonly (string | undefined)[]) => {
    const answers = await Promise.all(
      departments.map((category) =>
        recommender.recommend({
          placement: 'trending',
          limit: 100,
          settings: { popularity: 1, trend: 0, newness: 0, diversity: 0 },
          ...(category !== undefined && { filter: { category } }),
        }),
      ),
    )
    for (const answer of answers) {
      if ('fallback' in answer) continue
      for (const { card } of answer.items) products.set(card.id, productOfCard(card))
    }
  }
  await collect([undefined])
  const departments = new Set([...products.values()].flatMap(({ category }) => category[0] ?? []))
  await collect([...departments])
  return products.size > 0 ? createCatalogue([...products.values()]) : undefined
}

/** An item of `catalogue.json`. */
interface SampleItem extends Omit<Product, 'category' | 'currency'> {
  /** Path joined by " > ". */
  readonly category: string
}

function productOf({ category, ...item }: SampleItem, currency: string): Product {
  return { ...item, currency, category: category.split(' > ') }
}
