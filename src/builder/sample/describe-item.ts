import type { Random } from '../../core/random.ts'
import type { Color } from './colors.ts'
import { drawFrom } from './draws.ts'
import type { Style } from './latent.ts'
import type { ProductType, Season } from './product-type.ts'

interface Subject {
  readonly type: ProductType
  readonly color: Color
  readonly material: string
  readonly style: Style
  readonly level: number
  readonly season: Season | 'all'
}

/** What a text says about each end of the three axes of style. */
const characters = [
  [
    [
      'Made by hand, by people who know its maker.',
      'Plain, natural and honest.',
      'A traditional cut in a natural finish.',
    ],
    [
      'Engineered to the gram.',
      'Technical through and through, tested in the laboratory.',
      'Precise, lightweight and fast.',
    ],
  ],
  [
    ['Muted tones that go with everything.', 'Quiet and understated.', 'Calm, soft and easy on the eye.'],
    ['Bright, playful and hard to overlook.', 'A bold splash of colour.', 'Vivid, and proud of it.'],
  ],
  [
    ['Rugged, and better with every scratch.', 'Built for rough days.', 'Tough, simple and easy to repair.'],
    ['Elegant from every side.', 'Refined down to the seams.', 'Slim lines and a fine finish.'],
  ],
] as const

const seasonal: Readonly<Record<Season, string>> = {
  spring: 'At its best in spring, when everything starts again.',
  summer: 'Made for long summer days.',
  autumn: 'A friend for autumn, when the evenings draw in.',
  winter: 'For winter, from the first frost to the last.',
}

/** Two to five sentences. What they say follows the item's traits, so that a reader can learn the traits from the text. */
export function describeItem(random: Random, { type, color, material, style, level, season }: Subject): string {
  const sentences = [drawFrom(random, type.about)]
  style.forEach((value, axis) => {
    if (Math.abs(value) > 0.25 + 0.3 * random()) sentences.push(drawFrom(random, characters[axis]![value > 0 ? 1 : 0]))
  })
  const finish = type.colors === 'metal' || type.colors === 'wood' ? ', finished in' : ' in'
  sentences.push(`${material}${finish} ${color.name.toLowerCase()}.`)
  if (season !== 'all') sentences.push(seasonal[season])
  if (level > 0.8) sentences.push('Repaired free of charge for ten years.')
  else if (level < 0.2) sentences.push('A lot of quality for little money.')
  return sentences.join(' ')
}
