import type { Inspection } from './inspect-bundle.ts'

const count = (n: number) => n.toLocaleString('en')

/** An inspection for people; with `public`, what a stranger can read from the bundle. */
export function formatInspection(inspection: Inspection, options: { public?: boolean }): string {
  return (options.public ? publicLines(inspection) : contentLines(inspection)).join('\n')
}

function contentLines({
  manifest,
  files,
  neighbours,
  unavailable,
  categories,
  brands,
  first,
  rules,
}: Inspection): string[] {
  return [
    `bundle ${manifest.bundle} of ${manifest.shop} (${manifest.currency}, ${manifest.locale}), generation ${manifest.generation}: verified`,
    `${count(manifest.items)} items, ${count(manifest.head)} in the head, ${count(unavailable)} not available`,
    `segments ${manifest.segments.map(({ name, dims }) => `${name} x ${dims}`).join(', ')}, ${manifest.dtype}`,
    `priors ${manifest.priors.join(', ') || 'none'}; ${count(neighbours)} neighbours; ${categories} categories; ${brands} brands`,
    ...(rules.length > 0 ? [`rules ${rules.join(', ')}`] : []),
    `data ${JSON.stringify(manifest.data)}`,
    `quality ${JSON.stringify(manifest.quality)}`,
    ...files.map(
      ({ url, tier, bytes, brotli }) =>
        `  ${tier.padEnd(8)} ${count(bytes).padStart(11)} bytes ${count(brotli).padStart(10)} brotli  ${url}`,
    ),
    'best sellers',
    ...first.map(
      ({ id, title, price }) => `  ${id.padEnd(12)} ${title}${price === undefined ? '' : ` ${price.toFixed(2)}`}`,
    ),
  ]
}

function publicLines({ manifest, neighbours, categories, brands, unavailable, rules }: Inspection): string[] {
  const { items, segments, priors, settings, data, quality } = manifest
  const hasTerms = manifest.files.some(({ role }) => role === 'terms')
  return [
    'What anyone who downloads this bundle can read:',
    `  the catalogue: id, title, url, picture, price, category and brand of ${count(items)} items, ids of their variants and groups, ${categories} categories, ${brands} brands`,
    `  which ${count(unavailable)} items cannot be bought now`,
    '  the order of the items by recent demand (ranks; no amounts)',
    ...priors.map(
      (name) => `  ${name}: a value from 0 to 1 an item, ${name === 'newness' ? 'from its age' : 'from its rank'}`,
    ),
    `  ${count(neighbours)} pairs of items bought together, each by five customers or more, with a strength`,
    ...segments.map(({ name, dims }) =>
      name === 'content'
        ? `  content: ${dims} numbers an item, from the catalogue's texts alone`
        : `  collaborative: ${dims} numbers an item, learned from items of five customers or more, else predicted from texts`,
    ),
    ...(hasTerms
      ? ["  words of the catalogue's texts and parts of them, with a vector each; no search of a customer"]
      : []),
    ...(rules.length > 0
      ? [
          `  the shop's ${count(rules.length)} rules with their names and items: ${rules.join(', ')}; margins only as "among the highest"`,
        ]
      : []),
    `  the shop's settings: ${JSON.stringify(settings)}`,
    `  about the data, in round numbers: ${JSON.stringify(data)}`,
    ...(Object.keys(quality).length > 0
      ? [`  how good the suggestions were, over all customers: ${JSON.stringify(quality)}`]
      : []),
    'What nobody can: customers, orders, single events, searches, sales numbers, margins.',
  ]
}
