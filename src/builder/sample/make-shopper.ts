import type { Random } from '../../core/random.ts'
import { archetypes, type Archetype } from './archetypes.ts'
import { clamp, drawBell, drawWeighted, runningSums, drawIndex } from './draws.ts'
import { latentDimensions, tasteVector, type Style } from './latent.ts'
import { productTypes, typeNamed } from './product-types.ts'
import type { SampleShopper, SampleTaste } from './sample-shop.ts'

const archetypeSums = runningSums(archetypes.map(({ share }) => share))
const sharesOf = [[1], [0.62, 0.38], [0.5, 0.3, 0.2]] as const

/** A shopper of one to three tastes, each an archetype bent to the shopper's own style and purse. */
export function makeShopper(random: Random, id: string, count: 1 | 2 | 3): SampleShopper {
  const bend: Style = [0.25 * drawBell(random), 0.25 * drawBell(random), 0.25 * drawBell(random)]
  const purse = 0.15 * drawBell(random)
  const chosen = new Set<Archetype>()
  while (chosen.size < count) chosen.add(archetypes[drawWeighted(random, archetypeSums)]!)
  const tastes = [...chosen].map((archetype, index) =>
    makeTaste(random, archetype, { share: sharesOf[count - 1]![index]!, bend, purse }),
  )
  const vector = new Float64Array(latentDimensions.length)
  for (const taste of tastes) taste.vector.forEach((value, at) => (vector[at]! += taste.share * value))
  return { id, tastes, vector }
}

interface Bend {
  readonly share: number
  readonly bend: Style
  readonly purse: number
}

function makeTaste(random: Random, archetype: Archetype, { share, bend, purse }: Bend): SampleTaste {
  const extra = productTypes[drawIndex(random, productTypes.length)]!.name
  const types: Record<string, number> = { [extra]: 0.4 }
  for (const [name, liking] of Object.entries(archetype.types))
    types[name] = clamp(liking * (0.6 + 0.6 * random()), 0, 1)
  const style = archetype.style.map((value, axis) => clamp(value + bend[axis]!, -1, 1)) as unknown as Style
  const level = clamp(archetype.level + purse, 0, 1)
  return {
    archetype: archetype.name,
    share,
    types: new Map(Object.entries(types).map(([name, liking]) => [typeNamed(name), liking])),
    vector: tasteVector({ types, style, level, season: archetype.season }),
  }
}
