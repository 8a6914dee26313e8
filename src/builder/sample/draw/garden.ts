import type { Drawing } from './ink.ts'
import {
  circle,
  ellipse,
  floor,
  glow,
  leaf,
  leafDark,
  line,
  metal,
  metalDark,
  night,
  path,
  rect,
  shade,
  shine,
  turn,
  wood,
  woodDark,
} from './shapes.ts'

const foliage = [
  path('M200 196Q120 190 104 112Q176 108 200 196Z', leafDark) +
    path('M200 196Q276 188 298 118Q222 112 200 196Z', leafDark) +
    path('M200 200Q138 140 162 62Q228 106 200 200Z', leaf) +
    path('M200 200Q262 150 246 74Q186 110 200 200Z', '#86ab77'),
  line('M200 200V110', woodDark, 9) +
    circle([200, 96, 58], leafDark) +
    circle([182, 84, 40], leaf) +
    circle([222, 100, 30], '#86ab77'),
  [-60, -34, -10, 14, 38, 62]
    .map((lean, at) =>
      path(
        `M192 202Q${192 + lean * 0.6} 130 ${200 + lean * 1.5} ${78 + Math.abs(lean) * 0.7}Q${214 + lean * 0.7} 140 210 202Z`,
        at % 2 ? leaf : leafDark,
      ),
    )
    .join(''),
]

const planter: Drawing = ({ base, dark, light, pale, trim, vary, kind }) =>
  floor(92) +
  foliage[vary(1, 3)]! +
  (kind === 2
    ? path('M84 196H316L304 300Q302 320 282 320H118Q98 320 96 300Z', base) +
      shade('M262 196H316L304 300Q302 320 282 320H238Z') +
      shine('M100 220H120L130 306Q112 306 110 296Z', 0.3) +
      rect([78, 184, 244, 30], dark, 8)
    : path('M116 204H284L264 302Q260 320 242 320H158Q140 320 136 302Z', base) +
      shade('M240 204H284L264 302Q260 320 242 320H220Z') +
      shine('M132 226H152L164 308Q150 308 148 298Z', 0.3) +
      rect([104, 182, 192, 36], dark, 8) +
      rect([104, 182, 192, 10], light, 5)) +
  (vary(2, 3) === 0
    ? line('M130 262l18 -14l18 14l18 -14l18 14l18 -14l18 14l18 -14l14 12', pale, 6)
    : vary(2, 3) === 1
      ? rect([134, 256, 132, 12], trim)
      : '')

const wateringCan: Drawing = ({ base, dark, light, trim, deep }) =>
  floor(118) +
  line('M268 190Q352 176 346 250Q338 304 264 290', dark, 14) +
  line('M146 158Q150 84 206 84Q262 84 264 158', trim, 13) +
  path('M136 268L66 170L84 156L142 214Z', base) +
  path('M42 172L86 132L98 148L56 190Z', deep) +
  line('M40 196Q30 214 34 230M54 200Q46 222 50 242M26 188Q14 202 16 214', '#7db4d2', 5) +
  path('M132 160H268L278 296Q280 320 256 320H144Q120 320 122 296Z', base) +
  shade('M232 160H268L278 296Q280 320 256 320H224Q244 250 232 160Z') +
  shine('M146 172H164L156 308Q140 306 140 294Z', 0.38) +
  ellipse([200, 160, 68, 14], dark) +
  ellipse([200, 162, 56, 9], deep) +
  line('M128 216H272M124 286H276', light, 5)

const trowel: Drawing = ({ base, dark, light, trim, kind }) =>
  turn(
    38,
    path('M188 42Q200 32 212 42L218 150Q210 166 200 166Q190 166 182 150Z', base) +
      shade('M202 36L212 42L218 150Q210 166 202 166Z') +
      line('M192 60V136', light, 4) +
      circle([200, 52, 5], dark) +
      rect([186, 150, 28, 22], trim, 4) +
      line('M200 170V224', metalDark, 12) +
      (kind === 2
        ? line('M164 226H236M164 226V324M188 226V340M212 226V340M236 226V324', metalDark, 12) +
          line('M164 226V324M188 226V340', metal, 5)
        : path('M160 220Q200 206 240 220L236 292Q226 346 200 366Q174 346 164 292Z', metalDark) +
          path('M160 220Q200 206 200 212V366Q174 346 164 292Z', metal) +
          shine('M172 232L184 228V330Q176 312 174 292Z', 0.5)),
  )

const birdHouse: Drawing = ({ base, dark, light, trim, kind, deep }) =>
  (kind === 2
    ? line('M200 20V90', woodDark, 5)
    : rect([188, 300, 24, 100], woodDark) + rect([188, 300, 10, 100], wood)) +
  path('M118 168L200 96L282 168V310H118Z', base) +
  shade('M230 122L282 168V310H230Z', 0.15) +
  line('M146 180V306M174 160V306M228 160V306M256 180V306', dark, 3) +
  path('M86 176L200 72L314 176L300 194L200 104L100 194Z', trim) +
  shade('M200 72L314 176L300 194L200 104Z', 0.16) +
  circle([200, 208, 32], deep) +
  path('M184 222Q182 192 204 192Q222 196 220 222Q202 240 184 222Z', '#d9824a') +
  circle([206, 204, 4], night) +
  path('M218 204L234 210L218 214Z', glow) +
  line('M200 252V270M186 270H224', woodDark, 8) +
  rect([106, 304, 188, 16], light, 4) +
  shade('M106 314H294V316Q294 320 290 320H110Q106 320 106 316Z', 0.2)

const firePit: Drawing = ({ base, dark, light, deep, trim, kind }) =>
  floor(122) +
  circle([200, 170, 118], glow, 0.22) +
  path(
    'M138 210Q118 150 166 106Q166 136 184 144Q176 92 216 54Q212 100 244 128Q260 138 256 112Q296 160 262 212Z',
    '#e9722e',
  ) +
  path('M158 212Q148 170 178 146Q184 166 196 168Q194 132 216 112Q216 148 236 166Q258 186 242 212Z', '#f6b04a') +
  path('M180 212Q178 186 202 168Q224 188 220 212Z', '#fff0c4') +
  line('M142 206L252 178M148 180L258 208', woodDark, 17) +
  (kind === 2
    ? line('M104 212L124 316M296 212L276 316M200 226V318', deep, 9) +
      path('M88 200H312L302 272H98Z', base) +
      shade('M252 200H312L302 272H242Z') +
      line('M128 206L134 268M164 206L166 268M200 206V268M236 206L234 268M272 206L266 268', dark, 5)
    : line('M130 270L108 318M270 270L292 318', deep, 13) +
      path('M76 206H324Q312 296 236 304H164Q88 296 76 206Z', base) +
      shade('M262 206H324Q312 296 236 304H214Q280 262 262 206Z') +
      shine('M98 222H116Q124 262 156 286Q108 270 98 222Z', 0.3)) +
  rect([68, 198, 264, 16], dark, 8) +
  rect([68, 198, 264, 5], light, 3) +
  circle([104, 236, 6], trim)

const stringLights: Drawing = ({ base, dark, light, trim, kind, deep, pale }) => {
  const bulb = (x: number, y: number, at: number) =>
    circle([x, y + 32, 34], glow, 0.3) +
    rect([x - 11, y - 6, 22, 24], at % 2 ? dark : base, 3) +
    (kind === 2
      ? circle([x, y + 34, 20], at % 2 ? trim : pale)
      : path(
          `M${x - 9} ${y + 16}Q${x - 22} ${y + 34} ${x - 12} ${y + 50}Q${x} ${y + 62} ${x + 12} ${y + 50}Q${x + 22} ${y + 34} ${x + 9} ${y + 16}Z`,
          '#fff1c9',
        )) +
    circle([x, y + 36, 9], glow) +
    shine(`M${x - 10} ${y + 28}q3 -8 8 -8q-4 6 -4 14Z`, 0.9)
  const spots = [
    [64, 104],
    [132, 138],
    [204, 146],
    [276, 132],
    [342, 96],
    [88, 226],
    [160, 258],
    [236, 260],
    [312, 230],
  ] as const
  return (
    line('M20 70Q200 214 380 66', deep, 6) +
    line('M30 190Q200 324 372 186', deep, 6) +
    line('M20 68Q200 212 380 64', light, 2) +
    spots.map(([x, y], at) => bulb(x, y, at)).join('')
  )
}

const parasol: Drawing = ({ base, dark, light, pale, trim, kind }) =>
  floor(70) +
  line('M200 70V306', woodDark, 12) +
  line('M198 70V306', wood, 6) +
  path('M44 190Q70 78 200 68Q330 78 356 190Q200 150 44 190Z', base) +
  path('M120 174Q140 96 200 68Q260 96 280 174Q200 156 120 174Z', kind === 2 ? trim : pale) +
  path('M280 174Q266 104 200 68Q330 78 356 190Q320 180 280 174Z', dark) +
  path('M172 163Q176 100 200 68Q224 100 228 163Q200 160 172 163Z', base) +
  path(
    'M44 190Q200 150 356 190L352 206Q334 190 316 200Q298 184 278 194Q258 178 238 188Q218 174 200 184Q182 174 162 188Q142 178 122 194Q102 184 84 200Q66 190 48 206Z',
    light,
  ) +
  circle([200, 66, 9], trim) +
  path('M150 304H250Q266 304 270 320H130Q134 304 150 304Z', night) +
  rect([188, 282, 24, 26], metalDark, 4) +
  rect([188, 282, 10, 26], metal, 4)

/** Growing, wildlife, evenings outside. */
export const gardenDrawings: Readonly<Record<string, Drawing>> = {
  planter,
  'watering-can': wateringCan,
  trowel,
  'bird-house': birdHouse,
  'fire-pit': firePit,
  'string-lights': stringLights,
  parasol,
}
