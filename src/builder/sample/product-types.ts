import type { ProductType } from './product-type.ts'
import { campTypes } from './types/camp.ts'
import { gardenTypes } from './types/garden.ts'
import { homeTypes } from './types/home.ts'
import { trailTypes } from './types/trail.ts'
import { wearTypes } from './types/wear.ts'

/** Everything that the shop sells. An item's `type` is an index into this list. */
export const productTypes: readonly ProductType[] = [
  ...campTypes,
  ...trailTypes,
  ...wearTypes,
  ...homeTypes,
  ...gardenTypes,
]

const indexes = new Map(productTypes.map(({ name }, index) => [name, index]))

/** Index of the type of that name. */
export function typeNamed(name: string): number {
  return indexes.get(name)!
}
