import type { Ink } from './ink.ts'
import { circle, mix, path, rect } from './shapes.ts'

const warm = '#f4eee4'
const cool = '#e9eef0'
const fresh = '#edf1e6'

/** What stands behind a product: hills for the outdoors, an arch for the home, a sun for the garden, and a
 * plain disc for what is worn or lies. Full-bleed. */
export function drawScene(
  { flat, vary }: Pick<Ink, 'flat' | 'vary'>,
  { department, lies }: { department: string; lies: boolean },
): string {
  const paper = mix([warm, cool, fresh][vary(90, 3)]!, flat, 0.13)
  const tint = mix(paper, flat, 0.2)
  const far = mix(paper, flat, 0.11)
  const wall = rect([0, 0, 400, 400], paper)
  const ground = path('M0 318H400V400H0Z', tint)
  if (department === 'Clothing' || lies) return wall + circle([200, 200, 168], mix(paper, '#ffffff', 0.45))
  if (department === 'Outdoor') {
    const ridge = [
      'M0 250L70 176L128 226L214 130L300 224L346 184L400 236V400H0Z',
      'M0 214L92 132L168 222L236 176L330 110L400 190V400H0Z',
    ][vary(91, 2)]!
    return wall + circle([vary(92, 2) ? 312 : 92, 84, 34], mix(paper, '#ffffff', 0.6)) + path(ridge, far) + ground
  }
  if (department === 'Garden') return wall + circle([200, 186, 150], mix(paper, '#ffffff', 0.5)) + ground
  return wall + path('M62 318V190A138 138 0 0 1 338 190V318Z', mix(paper, '#ffffff', 0.45)) + ground
}
