import type { Random } from '../../core/random.ts'
import { brands, type Brand } from './brands.ts'
import { colorsOf, type Color } from './colors.ts'
import { describeItem } from './describe-item.ts'
import { clamp, drawBell, drawFrom, drawIndex, drawWeighted, runningSums, streamOf, topics } from './draws.ts'
import type { Style } from './latent.ts'
import { modelNames } from './model-names.ts'
import type { ProductType } from './product-type.ts'
import { productTypes } from './product-types.ts'
import { millisecondsPerDay, type SampleItem } from './sample-shop.ts'

/** Share of the products that are new: added in the last two weeks, without a history. */
const freshShare = 0.04
const freshDays = 14
const catalogueDays = 900

/** How technical a material looks, -1 to 1; materials that are absent count 0. */
const technical: Readonly<Record<string, number>> = {
  Titanium: 1,
  'Carbon fibre': 1,
  'Ripstop nylon': 0.7,
  'Engineered mesh': 0.8,
  'Recycled aluminium': 0.5,
  'Recycled polycarbonate': 0.5,
  'Hard-anodised aluminium': 0.6,
  'Stainless steel': 0.3,
  'Powder-coated steel': 0.3,
  'Waxed canvas': -0.6,
  'Cotton canvas': -0.5,
  'Organic cotton': -0.5,
  Linen: -0.5,
  Hemp: -0.7,
  Lambswool: -0.8,
  'Merino wool': -0.2,
  Stoneware: -0.6,
  Terracotta: -0.8,
  'Solid oak': -0.6,
  'Solid walnut': -0.5,
  'Ash wood': -0.6,
  'Olive wood': -0.7,
  Rattan: -0.8,
}

const departments = [...new Set(brands.flatMap((brand) => brand.departments))]
const makersOf = new Map(
  departments.map((name) => [name, brands.filter((brand) => brand.departments.includes(name))] as const),
)

/** The catalogue, in order of id within each type, types mixed. */
export function makeItems({ items: count, seed, until }: { items: number; seed: number; until: number }): SampleItem[] {
  const random = streamOf(seed, topics.items, 0)
  const types = runningSums(productTypes.map(({ share }) => share))
  const numbers = productTypes.map(() => 0)
  const width = Math.max(4, String(count).length)
  const titles = new Map<string, number>()
  const items: SampleItem[] = []
  while (items.length < count) {
    const type = drawWeighted(random, types)
    const product = makeProduct(random, productTypes[type]!, titles)
    const fresh = random() < freshShare
    const age = fresh ? random() * freshDays : freshDays + 1 + random() * random() * catalogueDays
    const added = Math.floor(until / millisecondsPerDay - age) * millisecondsPerDay
    const group = idOf(productTypes[type]!, numbers[type]! + 1, width)
    // Pareto with exponent 1, cut off: a few best sellers, a long tail.
    const appeal = fresh ? 0 : 1 / (0.012 + random())
    let split = 1
    for (const color of product.colors.slice(0, count - items.length)) {
      const traits = makeTraits(random, { product, type: productTypes[type]!, color })
      const title = product.colors.length > 1 ? `${product.title}, ${color.name}` : product.title
      items.push({
        id: idOf(productTypes[type]!, ++numbers[type]!, width),
        group: `G-${group}`,
        type,
        ...traits,
        title,
        brand: product.brand.name,
        category: productTypes[type]!.path.join(' > '),
        color: color.name,
        material: product.material,
        price: product.price,
        stock: random() < 0.05 ? 0 : 1 + drawIndex(random, 60),
        description: describeItem(random, { type: productTypes[type]!, color, material: product.material, ...traits }),
        added,
        appeal: appeal * split,
      })
      split *= 0.6
    }
  }
  return items
}

function idOf(type: ProductType, number: number, width: number): string {
  return `${type.code}-${String(number).padStart(width, '0')}`
}

interface Product {
  readonly title: string
  readonly brand: Brand
  readonly level: number
  readonly style: Style
  readonly material: string
  readonly price: number
  readonly colors: readonly Color[]
}

function makeProduct(random: Random, type: ProductType, titles: Map<string, number>): Product {
  const brand = drawFrom(random, makersOf.get(type.path[0])!)
  const level = clamp(brand.level + 0.16 * drawBell(random), 0, 1)
  const name = `${brand.name} ${drawFrom(random, modelNames)}`
  const noun = drawFrom(random, type.nouns)
  const title = `${name} ${noun}`
  const times = (titles.get(title) ?? 0) + 1
  titles.set(title, times)
  const wish = random()
  return {
    title: times === 1 ? title : `${name} Mk ${times} ${noun}`,
    brand,
    level,
    style: brand.style.map((value) => value * 0.6 + 0.25 * drawBell(random)) as unknown as Style,
    material: drawFrom(random, type.materials),
    price: priceAt(type, level),
    colors: drawColors(random, type, wish < 0.65 ? 1 : wish < 0.85 ? 2 : wish < 0.95 ? 3 : 4),
  }
}

function makeTraits(random: Random, { product, type, color }: { product: Product; type: ProductType; color: Color }) {
  const [a, b, c] = product.style
  const style: Style = [
    clamp(a + 0.3 * (technical[product.material] ?? 0), -1, 1),
    clamp(b + 0.5 * color.bold, -1, 1),
    clamp(c + 0.1 * drawBell(random), -1, 1),
  ]
  return { style, level: product.level, season: random() < 0.75 ? type.season : ('all' as const) }
}

function drawColors(random: Random, type: ProductType, count: number): Color[] {
  const left = [...colorsOf(type.colors)]
  return Array.from({ length: count }, () => left.splice(drawIndex(random, left.length), 1)[0]!)
}

/** A price between the type's cheapest and dearest as a shop would write it: 12.90, 49.95, 189. */
function priceAt({ prices: [low, high] }: ProductType, level: number): number {
  const exact = low + (high - low) * level * (0.35 + 0.65 * level)
  if (exact < 30) return Math.round(Math.floor(exact) * 100 + 90) / 100
  if (exact < 100) return Math.round(Math.floor(exact) * 100 + 95) / 100
  return Math.ceil(exact / 10) * 10 - 1
}
