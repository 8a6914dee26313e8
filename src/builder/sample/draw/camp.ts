import type { Drawing } from './ink.ts'
import {
  circle,
  cream,
  ellipse,
  floor,
  glow,
  line,
  metal,
  metalDark,
  night,
  path,
  rect,
  shade,
  shine,
  wood,
  woodDark,
} from './shapes.ts'

const domeTent: Drawing = ({ base, deep, accent, trim, light }) =>
  line('M96 200L44 318M304 200L356 318', '#131a2a55', 2) +
  path('M62 318Q84 138 200 116Q316 138 338 318Z', base) +
  shade('M200 116Q316 138 338 318H268Q262 190 200 116Z') +
  shine('M200 116Q84 138 62 318H92Q104 160 200 116Z', 0.18) +
  path('M152 318Q160 214 200 160Q240 214 248 318Z', deep) +
  path('M200 160Q240 214 248 318L276 318Q262 210 200 160Z', accent) +
  path('M162 318Q168 250 200 206Q226 250 232 318Z', glow, 0.5) +
  line('M62 318Q84 138 200 116Q316 138 338 318', light, 5) +
  line('M200 116V98', trim, 5) +
  path('M202 98L232 106L202 114Z', trim)

const ridgeTent: Drawing = ({ base, dark, deep, trim, accent }) =>
  line('M150 118L40 318M300 130L364 312', '#131a2a55', 2) +
  path('M150 118L300 136L356 308L244 318Z', dark) +
  path('M150 118L62 318H244Z', base) +
  path('M150 150L118 318H190Z', deep) +
  path('M150 150L190 318L222 318Z', accent) +
  shine('M150 118L62 318H84Z', 0.25) +
  line('M150 106V130M150 118L300 136', trim, 5) +
  path('M140 318L150 246L168 318Z', glow, 0.5)

const tunnelTent: Drawing = ({ base, deep, accent, trim, light }) =>
  path('M66 318V226Q72 142 152 134H262Q340 150 344 318Z', base) +
  shade('M262 134Q340 150 344 318H290Q296 180 262 134Z') +
  path('M66 318V226Q72 142 138 134Q204 150 208 318Z', accent) +
  path('M98 318V244Q100 184 138 178Q172 186 176 318Z', deep) +
  path('M112 318V262Q114 220 138 214Q160 222 164 318Z', glow, 0.45) +
  line('M138 134Q204 150 208 318M206 134Q272 150 278 318', light, 5) +
  rect([226, 196, 36, 34], trim, 8) +
  shine('M66 318V226Q72 142 138 134Q92 160 88 318Z', 0.2)

const mummyBag: Drawing = ({ base, dark, deep, trim, pale, light, kind }) =>
  path('M134 132Q136 58 200 56Q264 58 266 132Q284 190 252 326Q246 344 200 344Q154 344 148 326Q116 190 134 132Z', base) +
  shade('M226 62Q262 76 266 132Q284 190 252 326Q246 344 214 344Q250 200 226 62Z') +
  ellipse([200, 122, 50, 50], dark) +
  ellipse([200, 126, 38, 40], pale) +
  path('M168 140Q200 118 232 140V156Q200 172 168 156Z', cream) +
  line('M131 200Q200 222 268 200M134 244Q200 266 264 244M142 288Q200 306 257 288', light, 3) +
  (kind === 2 ? path('M130 224Q200 248 270 224L266 262Q200 286 136 262Z', trim) : '') +
  (kind === 3 ? path('M144 292Q200 312 258 292L252 326Q246 344 200 344Q154 344 148 326Z', dark) : '') +
  line('M200 172V336', deep, 3) +
  rect([194, 176, 12, 24], trim, 4)

const airMat: Drawing = ({ base, dark, flat, pale, trim, light, deep, vary }) =>
  floor(118) +
  path('M112 92Q112 62 142 62H258Q288 62 288 92V290H112Z', base) +
  [0, 1, 2, 3, 4]
    .map((rib) =>
      line(`M124 ${100 + rib * 34}Q200 ${112 + rib * 34} 276 ${100 + rib * 34}`, vary(1, 2) ? light : pale, 5),
    )
    .join('') +
  (vary(2, 2) ? line('M200 70V270', light, 5) : '') +
  shade('M250 62H258Q288 62 288 92V290H250Z', 0.12) +
  shine('M124 92Q124 74 142 74H156V260H124Z', 0.16) +
  circle([266, 84, 9], trim) +
  circle([266, 84, 4], night) +
  rect([92, 250, 216, 72], dark, 36) +
  shine('M128 258H262V268H122Z', 0.22) +
  circle([280, 286, 36], deep) +
  circle([280, 286, 29], flat) +
  line('M280 286q8 -10 14 0t-16 14t-18 -18t26 -16', deep, 4) +
  rect([150, 250, 16, 72], trim)

const hammock: Drawing = ({ base, dark, light, trim, vary }) =>
  rect([44, 70, 20, 250], woodDark, 6) +
  rect([336, 70, 20, 250], woodDark, 6) +
  rect([44, 70, 8, 250], wood, 4) +
  rect([336, 70, 8, 250], wood, 4) +
  line('M56 128L112 168M344 128L288 168', cream, 4) +
  path('M104 160Q200 210 296 160Q280 286 200 288Q120 286 104 160Z', dark) +
  path('M104 160Q200 246 296 160Q276 300 200 302Q124 300 104 160Z', base) +
  (vary(1, 2)
    ? line('M122 214Q200 276 278 214M134 240Q200 294 266 240', trim, 6)
    : line('M140 206L166 292M178 222L188 300M222 222L212 300M260 206L234 292', light, 5)) +
  shine('M104 160Q200 246 296 160Q290 174 284 180Q200 256 116 180Z', 0.25) +
  ellipse([200, 322, 110, 8], '#131a2a', 0.14)

const campChair: Drawing = ({ base, dark, trim, light, kind }) =>
  floor(112) +
  line('M118 314L262 216M282 314L138 216', metalDark, 9) +
  line('M118 314L262 216', metal, 5) +
  line('M126 80L116 240M274 80L284 240', kind === 1 ? wood : metalDark, 10) +
  path('M122 88Q200 106 278 88L284 206Q200 226 116 206Z', base) +
  shade('M240 98L278 88L284 206L246 216Z') +
  path('M104 216Q200 246 296 216L290 250Q200 278 110 250Z', dark) +
  path('M104 216Q200 240 296 216L295 224Q200 250 105 224Z', light, 0.7) +
  line('M94 190H136M264 190H306', kind === 1 ? woodDark : night, 13) +
  rect([172, 112, 56, 10], trim, 5)

const lantern: Drawing = ({ base, dark, light, kind, trim }) =>
  floor(72) +
  circle([200, 216, 110], glow, 0.28) +
  line('M152 128Q154 60 200 58Q246 60 248 128', metalDark, 6) +
  (kind === 1 ? path('M168 100H232L246 130H154Z', base) : path('M150 128Q158 92 200 90Q242 92 250 128Z', base)) +
  rect([144, 124, 112, 18], dark, 8) +
  rect([154, 142, 92, 122], '#fff6dc', 10) +
  path('M200 168Q226 204 216 228Q210 240 200 240Q190 240 184 228Q174 204 200 168Z', glow) +
  path('M200 198Q212 216 208 230Q204 238 200 238Q196 238 192 230Q188 216 200 198Z', '#f5a742') +
  line('M156 142V264M244 142V264', dark, 6) +
  shine('M164 150H176V256H164Z', 0.7) +
  path('M138 264H262L274 306Q274 318 262 318H138Q126 318 126 306Z', base) +
  shade('M228 264H262L274 306Q274 318 262 318H232Z') +
  rect([134, 262, 132, 12], light, 6) +
  circle([200, 294, 9], trim)

const stove: Drawing = ({ base, dark, trim, light }) =>
  floor(86) +
  line('M142 178L128 150H178M258 178L272 150H222', metalDark, 9) +
  path('M168 148Q180 122 176 96Q198 116 200 138Q210 112 224 100Q222 126 232 148Z', '#5fa8d8') +
  path('M184 148Q192 134 190 122Q202 134 204 144Q210 134 214 130Q212 142 216 148Z', '#d8f0ff') +
  ellipse([200, 162, 54, 13], metalDark) +
  ellipse([200, 157, 54, 12], metal) +
  rect([186, 166, 28, 40], metalDark, 5) +
  line('M214 192H262', metalDark, 7) +
  circle([270, 192, 13], trim) +
  path('M144 214Q148 200 200 200Q252 200 256 214V304Q254 320 200 320Q146 320 144 304Z', base) +
  rect([144, 236, 112, 42], light) +
  path('M180 268L200 244L220 268Z', dark) +
  shade('M228 202Q254 206 256 214V304Q254 316 228 319Z') +
  shine('M154 210Q160 206 168 205V314Q156 311 154 306Z', 0.3)

const cookSet: Drawing = ({ base, dark, trim, light, kind }) =>
  floor(112) +
  (kind === 2
    ? line('M150 132Q154 66 200 64Q246 66 250 132', night, 8) +
      path('M268 180Q318 176 318 132L332 128Q336 212 268 226Z', base)
    : line('M276 196H346', night, 13) + line('M282 196H338', trim, 5)) +
  path('M116 150H284V292Q284 320 256 320H144Q116 320 116 292Z', base) +
  shade('M240 150H284V292Q284 320 256 320H232Q240 240 240 150Z') +
  shine('M130 160H146V304Q132 300 130 288Z', 0.35) +
  ellipse([200, 150, 84, 18], dark) +
  path('M112 148Q116 122 200 118Q284 122 288 148Q240 162 200 162Q160 162 112 148Z', light) +
  circle([200, 114, 12], night) +
  line('M130 246H232', trim, 4)

const bottle: Drawing = ({ base, dark, light, trim, kind, vary }) =>
  floor(56) +
  (kind === 1 ? line('M176 92Q176 56 200 56Q224 56 224 92', night, 9) : '') +
  rect([170, 78, 60, 46], kind === 2 ? metalDark : dark, 10) +
  path('M168 122H232Q262 142 262 178V298Q262 320 240 320H160Q138 320 138 298V178Q138 142 168 122Z', base) +
  shade('M226 122H232Q262 142 262 178V298Q262 320 240 320H220Q238 220 226 122Z') +
  shine('M156 160Q160 148 170 140V306Q156 304 156 290Z', 0.4) +
  (vary(1, 3) === 0
    ? rect([138, 196, 124, 18], trim)
    : vary(1, 3) === 1
      ? path('M164 270L192 222L208 246L220 232L242 270Z', light)
      : circle([202, 240, 26], trim)) +
  rect([138, 292, 124, 8], dark)

const cooler: Drawing = ({ base, dark, trim, kind, light }) =>
  floor(126) +
  line('M92 170Q96 84 200 82Q304 84 308 170', kind === 1 ? night : metalDark, 11) +
  rect([82, 178, 236, 142], base, 18) +
  shade('M262 178H300Q318 178 318 196V302Q318 320 300 320H250Q266 250 262 178Z') +
  rect([72, 140, 256, 52], cream, 16) +
  shade('M72 176H328V176Q328 192 312 192H88Q72 192 72 176Z', 0.12) +
  rect([180, 178, 40, 36], trim, 8) +
  line('M108 246H292', light, 6) +
  rect([98, 284, 204, 12], dark, 6) +
  shine('M88 146H180V154H88Z', 0.6)

const enamelMug: Drawing = ({ base, deep, light, trim, vary }) =>
  floor(92) +
  line('M264 184Q332 178 326 232Q320 280 262 272', night, 15) +
  line('M264 184Q332 178 326 232Q320 280 262 272', light, 9) +
  path('M108 138H280L272 300Q270 320 248 320H140Q118 320 116 300Z', base) +
  shade('M236 138H280L272 300Q270 320 248 320H222Q240 230 236 138Z') +
  shine('M124 148H144L148 308Q132 308 130 296Z', 0.35) +
  ellipse([194, 138, 86, 18], cream) +
  ellipse([194, 141, 72, 13], '#5b3a28') +
  line('M108 138Q110 156 194 157Q278 156 280 138', deep, 6) +
  (vary(1, 3) === 0
    ? path('M152 268L184 214L204 240L216 226L240 268Z', cream)
    : vary(1, 3) === 1
      ? [0, 1, 2, 3, 4, 5, 6]
          .map((dot) => circle([136 + ((dot * 37) % 118), 196 + ((dot * 53) % 96), 5], cream))
          .join('')
      : path('M196 196L226 262H166Z', trim) + rect([190, 262, 12, 18], trim))

/** Camp and camp kitchen. */
export const campDrawings: Readonly<Record<string, Drawing>> = {
  tent: (ink) => floor(140) + [domeTent, tunnelTent, ridgeTent, tunnelTent][ink.kind]!(ink),
  'sleeping-bag': mummyBag,
  mat: airMat,
  hammock,
  'camp-chair': campChair,
  lantern,
  stove,
  'cook-set': cookSet,
  bottle,
  cooler,
  'enamel-mug': enamelMug,
}
