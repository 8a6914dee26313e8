import type { Drawing, Ink } from './ink.ts'
import {
  circle,
  cream,
  ellipse,
  floor,
  glow,
  line,
  metal,
  metalDark,
  mirrored,
  night,
  path,
  rect,
  shade,
  shine,
  turn,
  wood,
  woodDark,
} from './shapes.ts'

const backpack: Drawing = ({ base, dark, light, trim, accent, deep }) =>
  floor(96) +
  rect([134, 70, 132, 36], accent, 18) +
  shade('M230 70H248Q266 70 266 88Q266 106 248 106H230Z') +
  line('M150 70V106M250 70V106', deep, 5) +
  line('M172 110Q172 84 200 84Q228 84 228 110', night, 8) +
  path('M112 176Q112 108 170 104H230Q288 108 288 176V286Q288 320 256 320H144Q112 320 112 286Z', base) +
  shade('M240 105Q288 110 288 176V286Q288 320 256 320H226Q256 220 240 105Z') +
  path('M118 150Q124 104 170 104H230Q276 104 282 150Q286 188 266 192H134Q114 188 118 150Z', dark) +
  shine('M136 128Q146 112 172 112H190Q150 118 140 150Z', 0.25) +
  path('M138 222H262V286Q262 300 248 300H152Q138 300 138 286Z', light) +
  shade('M138 222H262V240Q200 252 138 240Z', 0.2) +
  line('M160 172V222M240 172V222', night, 9) +
  rect([151, 196, 18, 14], trim, 3) +
  rect([231, 196, 18, 14], trim, 3) +
  path('M112 220Q84 232 86 290Q88 306 112 306Z', dark) +
  path('M288 220Q316 232 314 290Q312 306 288 306Z', dark) +
  line('M288 238L304 320', trim, 6)

const daypack: Drawing = ({ base, dark, light, trim, kind, deep }) =>
  floor(88) +
  line('M170 96Q170 62 200 62Q230 62 230 96', night, 9) +
  (kind === 2
    ? path('M126 92Q200 76 274 92L280 128Q200 140 120 128Z', dark) + line('M124 112Q200 126 276 112', trim, 7)
    : '') +
  path(
    kind === 2
      ? 'M120 124Q200 140 280 124L290 290Q290 320 258 320H142Q110 320 110 290Z'
      : 'M118 168Q118 88 200 88Q282 88 282 168L290 290Q290 320 258 320H142Q110 320 110 290Z',
    base,
  ) +
  shade('M244 116Q282 116 282 168L290 290Q290 320 258 320H226Q258 220 244 116Z') +
  shine('M132 150Q140 118 160 112Q146 150 144 300Q126 300 128 280Z', 0.22) +
  (kind === 2 ? '' : line('M130 160Q136 106 200 106Q264 106 270 160', deep, 5)) +
  rect([138, 206, 124, 92], dark, 16) +
  rect([138, 206, 124, 28], light, 14) +
  line('M156 234H244', deep, 4) +
  rect([176, 156, 48, 30], trim, 6) +
  line('M184 171H216', deep, 4)

const duffel: Drawing = ({ base, dark, light, trim, deep }) =>
  floor(136) +
  line('M142 190Q144 96 200 96Q256 96 258 190', night, 11) +
  path('M60 236Q60 168 128 168H272Q340 168 340 236V268Q340 318 290 318H110Q60 318 60 268Z', base) +
  shade('M290 170Q340 178 340 236V268Q340 318 290 318H240Q318 280 290 170Z') +
  path('M60 236Q60 184 104 172Q92 220 96 316Q60 308 60 268Z', dark) +
  path('M340 236Q340 184 296 172Q308 220 304 316Q340 308 340 268Z', dark) +
  line('M104 182H296', deep, 5) +
  rect([132, 168, 20, 150], trim) +
  rect([248, 168, 20, 150], trim) +
  shade('M248 168H268V318H248Z', 0.12) +
  rect([172, 226, 56, 34], light, 6) +
  circle([104, 182, 6], metal)

const pole = ({ base, trim, light }: Ink, shaft: string): string =>
  line('M200 180V340', metal, 9) +
  line('M200 110V250', shaft, 15) +
  line('M204 112V244', light, 4) +
  rect([187, 240, 26, 26], night, 6) +
  line('M200 340V366', night, 7) +
  ellipse([200, 334, 30, 9], night) +
  path('M181 50Q200 34 219 50L216 128Q200 138 184 128Z', wood) +
  shade('M202 42Q212 42 219 50L216 128Q208 134 202 134Z', 0.14) +
  rect([178, 34, 44, 22], night, 11) +
  line('M220 60Q262 96 216 138', trim, 7) +
  rect([186, 160, 28, 34], base, 4)

const poles: Drawing = (ink) =>
  `<g transform="translate(-50 4) rotate(7 200 200)">${pole(ink, ink.flat)}</g>` +
  `<g transform="translate(50 -4) rotate(-7 200 200)">${pole(ink, ink.flat)}</g>`

const headlamp: Drawing = ({ base, dark, flat, light, trim, deep }) =>
  ellipse([200, 322, 120, 9], '#131a2a', 0.13) +
  path(
    'M72 176Q80 84 200 82Q320 84 328 176Q330 232 296 262L278 236Q292 214 290 186Q280 132 200 130Q120 132 110 186Q108 214 122 236L104 262Q70 232 72 176Z',
    deep,
  ) +
  path(
    'M72 176Q80 110 200 106Q320 110 328 176Q330 232 296 262L280 240Q300 214 296 184Q282 142 200 138Q118 142 104 184Q100 214 120 240L104 262Q70 232 72 176Z',
    flat,
  ) +
  line('M86 186Q94 124 200 121Q306 124 314 186', trim, 6) +
  path('M122 200H278Q298 200 300 220L304 266Q304 302 270 304H130Q96 302 96 266L100 220Q102 200 122 200Z', base) +
  shade('M248 200H278Q298 200 300 220L304 266Q304 302 270 304H226Q262 262 248 200Z') +
  shine('M118 212H238V222H112Z', 0.35) +
  circle([200, 254, 62], glow, 0.34) +
  circle([200, 254, 46], dark) +
  circle([200, 254, 38], night) +
  circle([200, 254, 30], '#fff6d8') +
  circle([200, 254, 19], glow) +
  shine('M180 246Q186 230 202 228Q188 238 186 252Z', 0.95) +
  rect([252, 240, 30, 12], trim, 6) +
  rect([252, 262, 30, 12], light, 6) +
  circle([124, 254, 8], light)

const compass: Drawing = ({ base, dark, light, trim, deep }) =>
  line('M200 92V58', deep, 12) +
  circle([200, 54, 18], dark) +
  circle([200, 54, 9], cream) +
  circle([200, 204, 118], dark) +
  circle([200, 204, 110], base) +
  circle([200, 204, 88], cream) +
  shade('M200 116A88 88 0 0 1 200 292A110 110 0 0 0 200 116Z', 0.07) +
  Array.from(
    { length: 12 },
    (_, hour) =>
      `<g transform="rotate(${hour * 30} 200 204)">${line('M200 124V134', hour % 3 ? '#a39c8c' : night, hour % 3 ? 3 : 6)}</g>`,
  ).join('') +
  `<g transform="rotate(38 200 204)">${path('M200 134L216 204H184Z', '#d8502f')}${path('M200 274L216 204H184Z', night)}${path('M200 134L216 204H200Z', '#131a2a', 0.15)}</g>` +
  circle([200, 204, 9], trim) +
  line('M112 148A104 104 0 0 1 172 106', light, 6)

const binoculars: Drawing = ({ base, dark, light, trim, deep }) =>
  line('M132 96Q72 60 66 190M268 96Q328 60 334 190', night, 7) +
  rect([176, 136, 48, 92], dark, 8) +
  circle([200, 154, 15], metalDark) +
  circle([200, 154, 8], trim) +
  mirrored(
    path('M124 112H176L184 158V214L192 300Q192 318 172 318H104Q84 318 86 298L108 196Z', base) +
      shine('M126 120H140L120 210L104 300H92L114 198Z', 0.25) +
      rect([116, 86, 66, 32], night, 10) +
      path('M84 286H192V304Q192 318 172 318H104Q82 318 84 298Z', deep) +
      line('M112 196H186', light, 5),
  ) +
  shade('M276 112H284L292 196L316 300Q316 318 296 318H268Q292 240 276 112Z') +
  ellipse([200, 324, 122, 8], '#131a2a', 0.14)

const pocketKnife: Drawing = ({ base, dark, light, trim, kind }) =>
  turn(
    -32,
    path('M196 176L330 158Q362 158 372 196Q352 214 320 214H196Z', metal) +
      path('M196 198H372Q352 214 320 214H196Z', metalDark, 0.55) +
      line('M226 176L306 166', '#ffffffaa', 4) +
      path('M50 190Q54 168 84 168H212Q228 172 226 196Q222 226 196 228H84Q48 230 50 190Z', kind === 1 ? wood : base) +
      shade('M50 204Q120 220 226 202Q222 226 196 228H84Q48 230 50 204Z') +
      shine('M70 180Q76 174 90 174H200V180H90Q78 180 70 186Z', 0.4) +
      circle([208, 198, 7], metal) +
      circle([130, 198, 6], dark) +
      circle([96, 198, 6], dark) +
      line('M58 206Q26 222 34 246', trim, 7) +
      rect([150, 190, 34, 16], light, 8),
  )

const axe: Drawing = ({ base, dark, trim, light, kind }) =>
  turn(
    kind === 1 ? 40 : 32,
    path('M188 70Q200 62 212 70L216 250Q222 300 214 340Q206 352 192 344Q184 300 186 250Z', base) +
      shade('M204 66L212 70L216 250Q222 300 214 340L206 346Q210 250 204 66Z') +
      path('M184 300Q182 330 192 344Q206 352 214 340Q218 320 218 300Z', trim) +
      path('M178 84H226Q232 110 226 138L178 138Q150 140 118 164Q92 112 118 58Q150 82 178 84Z', metalDark) +
      path('M178 84H226V104H178Q150 100 112 72L118 58Q150 82 178 84Z', metal) +
      path('M118 58Q92 112 118 164L128 156Q108 112 128 66Z', '#e8edf0') +
      rect([190, 76, 22, 12], dark, 3) +
      line('M196 160V290', light, 3),
  )

const helmet: Drawing = ({ base, dark, light, trim, deep, kind }) =>
  line('M112 244Q140 330 204 332Q262 326 292 244', night, 7) +
  rect([190, 318, 30, 20], trim, 6) +
  path('M60 226Q64 84 210 80Q338 88 346 214Q348 244 320 246Q200 222 84 258Q60 256 60 226Z', base) +
  shade('M260 92Q338 122 346 214Q348 244 320 246L278 242Q300 160 260 92Z') +
  (kind === 1
    ? line('M80 200Q200 170 336 196', trim, 12) + circle([200, 128, 12], dark)
    : path('M104 206Q118 136 166 118Q150 160 148 196Q122 198 104 206Z', deep) +
      path('M176 192Q176 136 200 110Q226 136 232 190Q200 186 176 192Z', deep) +
      path('M260 190Q258 142 240 116Q292 140 302 198Q280 192 260 190Z', deep)) +
  shine('M80 196Q92 118 170 96Q112 126 96 204Z', 0.35) +
  path('M60 226Q200 186 346 214Q348 244 320 246Q200 222 84 258Q60 256 60 226Z', dark) +
  line('M78 238Q200 208 330 230', light, 4)

const bikeLight: Drawing = ({ base, dark, light, trim, deep }) =>
  path('M150 190L26 96V290Z', glow, 0.35) +
  rect([206, 246, 42, 74], night, 10) +
  path('M176 312H280Q296 312 296 322Q296 334 280 334H176Q160 334 160 322Q160 312 176 312Z', deep) +
  path('M150 130H296Q340 134 340 190Q340 246 296 250H150Z', base) +
  shade('M150 214H334Q326 246 296 250H150Z') +
  shine('M166 138H296Q316 140 326 156H166Z', 0.3) +
  path('M152 116Q122 190 152 264H176V116Z', dark) +
  ellipse([150, 190, 20, 66], '#fff6d8') +
  ellipse([148, 190, 12, 46], glow) +
  rect([214, 158, 56, 22], trim, 11) +
  line('M226 214H230M250 214H254M274 214H278', light, 8)

const paddle: Drawing = ({ base, dark, deep, light, trim, kind }) =>
  turn(
    34,
    line('M200 30V370', woodDark, 15) +
      line('M198 30V370', wood, 9) +
      path('M166 262Q166 244 200 232Q234 244 234 262V352Q232 388 200 390Q168 388 166 352Z', base) +
      shade('M204 234Q234 244 234 262V352Q232 388 204 390Z') +
      path('M166 318H234V342H166Z', trim) +
      line('M200 236V386', deep, 3) +
      (kind === 0
        ? path('M168 34Q170 14 200 14Q230 14 232 34Q228 46 200 46Q172 46 168 34Z', dark)
        : path('M166 138Q166 156 200 168Q234 156 234 138V48Q232 12 200 10Q168 12 166 48Z', base) +
          path('M166 60H234V84H166Z', trim) +
          shade('M204 166Q234 156 234 138V48Q232 12 204 10Z')) +
      line('M180 262V310', light, 5),
  )

const dryBag: Drawing = ({ base, dark, light, trim, deep, kind }) =>
  floor(82) +
  line('M138 112Q120 66 200 62Q280 66 262 112', night, 9) +
  path('M132 98Q200 84 268 98V128Q200 140 132 128Z', dark) +
  line('M134 114Q200 126 266 114', deep, 4) +
  rect([178, 66, 44, 22], trim, 6) +
  path('M126 126Q200 142 274 126Q290 220 284 296Q280 320 200 322Q120 320 116 296Q110 220 126 126Z', base) +
  shade('M246 131L274 126Q290 220 284 296Q280 318 226 321Q262 230 246 131Z') +
  shine('M138 140L154 142Q140 220 146 308Q130 304 128 292Q124 220 138 140Z', 0.4) +
  line('M116 284Q200 304 285 284', dark, 5) +
  (kind === 2
    ? rect([168, 186, 64, 64], light, 10)
    : path('M164 246Q164 222 200 182Q236 222 236 246Q234 272 200 274Q166 272 164 246Z', light) +
      path('M180 248Q182 262 200 262', base))

const snowshoe = ({ base, dark, deep, trim }: Ink): string =>
  path('M200 48Q250 52 250 128Q250 190 236 250Q222 326 200 364Q178 326 164 250Q150 190 150 128Q150 52 200 48Z', base) +
  path('M200 66Q234 70 234 130Q234 190 222 246Q212 300 200 330Q188 300 178 246Q166 190 166 130Q166 70 200 66Z', cream) +
  line('M170 104L230 150M230 104L170 150M172 166L228 220M228 166L172 220M184 250L214 290M216 250L186 290', dark, 4) +
  rect([166, 154, 68, 62], deep, 12) +
  line('M162 172H238M162 198H238', trim, 9)

const snowshoes: Drawing = (ink) =>
  `<g transform="translate(-52 8) rotate(-8 200 200)">${snowshoe(ink)}</g>` +
  `<g transform="translate(52 0) rotate(8 200 200)">${snowshoe(ink)}</g>`

const sled: Drawing = ({ base, dark, light, trim, deep }) =>
  floor(138) +
  line('M332 198Q372 150 344 96', trim, 5) +
  line('M96 308H300Q360 300 350 222Q340 196 318 212', deep, 13) +
  line('M96 304H300Q350 298 346 224', light, 4) +
  line('M128 300L138 222M250 300L258 222', dark, 14) +
  path('M70 196L336 178L340 196L74 218Z', base) +
  path('M66 222L340 200L344 218L70 242Z', base) +
  path('M70 196L336 178L337 183L71 201Z', light) +
  path('M66 222L340 200L341 205L67 228Z', light) +
  path('M74 216L340 195L341 200L74 221Z', '#131a2a', 0.3) +
  rect([118, 186, 18, 56], dark, 4) +
  rect([246, 178, 18, 52], dark, 4)

const rope: Drawing = ({ base, dark, light, trim, deep }) =>
  [0, 1, 2, 3]
    .map((turnOf) => {
      const r = 112 - turnOf * 17
      const color = turnOf % 2 ? dark : base
      return `<ellipse cx="200" cy="${206 + turnOf * 2}" rx="${r}" ry="${r * 0.92}" fill="none" stroke="${color}" stroke-width="19"/><ellipse cx="200" cy="${206 + turnOf * 2}" rx="${r}" ry="${r * 0.92}" fill="none" stroke="${light}" stroke-width="5" stroke-dasharray="9 13"/>`
    })
    .join('') +
  rect([172, 78, 56, 96], base, 18) +
  [0, 1, 2, 3, 4]
    .map((wrap) => line(`M174 ${92 + wrap * 18}L226 ${86 + wrap * 18}`, wrap % 2 ? trim : deep, 6))
    .join('') +
  line('M214 82Q240 38 276 62', dark, 17) +
  line('M214 82Q240 38 276 62', light, 4) +
  circle([282, 66, 9], trim)

/** Packs, hiking, tools, cycling, water, winter, climbing. */
export const trailDrawings: Readonly<Record<string, Drawing>> = {
  backpack,
  daypack,
  duffel,
  poles,
  headlamp,
  compass,
  binoculars,
  'pocket-knife': pocketKnife,
  axe,
  helmet,
  'bike-light': bikeLight,
  paddle,
  'dry-bag': dryBag,
  snowshoes,
  sled,
  rope,
}
