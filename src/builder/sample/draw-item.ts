import { campDrawings } from './draw/camp.ts'
import { gardenDrawings } from './draw/garden.ts'
import { homeDrawings } from './draw/home.ts'
import { mixInk, type Drawing, type Pictured } from './draw/ink.ts'
import { kitchenDrawings } from './draw/kitchen.ts'
import { drawScene } from './draw/scene.ts'
import { trailDrawings } from './draw/trail.ts'
import { wearDrawings } from './draw/wear.ts'
import { productTypes } from './product-types.ts'

const drawings: Readonly<Record<string, Drawing>> = {
  ...campDrawings,
  ...trailDrawings,
  ...wearDrawings,
  ...homeDrawings,
  ...kitchenDrawings,
  ...gardenDrawings,
}

/** Seen from above: there is no horizon behind them. */
const lying = new Set([
  'rug',
  'pan',
  'cutting-board',
  'trowel',
  'pocket-knife',
  'axe',
  'rope',
  'compass',
  'paddle',
  'snowshoes',
])

/**
 * The item's picture: an SVG document of 400 x 400, a few kilobytes, without text, script or links. The shape follows the
 * type and the noun of the title, the paint the colour, pattern and trim the product.
 */
export function drawItem(item: Pictured): string {
  const { gradients, ...ink } = mixInk(item)
  const { name, path } = productTypes[item.type]!
  const shapes = drawScene(ink, { department: path[0], lies: lying.has(name) }) + drawings[name]!(ink)
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400"><defs>${gradients}</defs>${shapes}</svg>\n`
}
