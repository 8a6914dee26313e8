import type { Drawing } from './ink.ts'
import {
  circle,
  cream,
  ellipse,
  floor,
  line,
  metal,
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

const boots: Drawing = ({ base, dark, light, trim, deep, kind }) =>
  floor(132) +
  path('M126 78H222Q230 80 230 92L236 186Q246 212 296 222Q338 232 338 282V292H108L122 92Q120 80 126 78Z', base) +
  shade('M108 292L118 172Q170 262 338 268V292Z', 0.14) +
  path('M122 78H226Q234 78 232 100H120Q116 80 122 78Z', trim) +
  path('M252 206Q270 218 296 222Q338 232 338 282H262Q246 240 252 206Z', dark) +
  path('M112 240H156L160 292H108Z', dark) +
  line('M232 112L198 118M233 136L200 142M235 160L202 166M240 186L210 194M256 208L228 220', cream, 6) +
  line('M232 112L200 142M233 136L202 166M235 160L210 194', light, 3) +
  shine('M132 104H146L134 230H122Z', 0.25) +
  path(
    'M100 290H342Q350 300 342 320H282L276 312H240L234 320H204L198 312H170L164 320H104Q96 304 100 290Z',
    kind === 2 ? deep : night,
  ) +
  line('M104 296H338', light, 4)

const trailShoes: Drawing = ({ base, dark, light, trim, accent }) =>
  floor(140) +
  path('M66 272Q70 196 100 172Q124 194 156 176Q170 168 178 178Q214 228 288 236Q342 244 342 286V296H70Z', base) +
  path('M66 272Q70 196 100 172Q112 182 128 182Q106 226 112 296H70Z', dark) +
  path('M262 232Q288 236 300 238Q342 248 342 286H286Q266 258 262 232Z', dark) +
  path('M134 292L196 206Q212 222 230 228L184 292Z', accent) +
  path('M196 292L236 230L258 234L226 292Z', light) +
  line('M182 184L164 206M196 202L176 224M212 218L194 240', cream, 6) +
  shine('M88 200Q94 186 102 182Q92 224 92 270H82Q82 224 88 200Z', 0.3) +
  path('M60 286Q200 300 344 284Q354 300 338 316H86Q60 312 60 286Z', cream) +
  path(
    'M66 306Q200 314 344 302Q344 312 336 318L318 324L300 317L282 324L264 318L246 325L228 318L210 325L192 318L174 325L156 318L138 325L120 318L102 324L84 318Q70 316 66 306Z',
    trim,
  ) +
  shade('M66 300Q200 310 346 296L342 304Q200 316 66 308Z', 0.14)

const rainBoots: Drawing = ({ base, dark, light, trim }) => {
  const boot =
    path('M136 70H226L228 210Q236 240 284 246Q322 254 322 290V300H126Q140 180 136 70Z', base) +
    shade('M196 70H226L228 210Q236 240 284 246Q322 254 322 290V300H230Q206 200 196 70Z', 0.13) +
    shine('M152 92H166Q166 200 154 284H142Q154 180 152 92Z', 0.45) +
    rect([132, 66, 98, 20], trim, 6) +
    path('M120 296H326Q334 302 328 320H210L204 312H176L170 320H122Q114 306 120 296Z', dark) +
    line('M252 258Q284 262 300 280', light, 5)
  return (
    floor(140) + `<g transform="translate(-54 -12)" opacity=".96">${boot}</g><g transform="translate(20 0)">${boot}</g>`
  )
}

const jacket: Drawing = ({ base, dark, light, trim, deep, kind }) =>
  mirrored(
    path('M142 96L112 108Q92 120 82 170L60 286Q58 296 68 298L98 304Q106 304 108 296L132 190Z', dark) +
      shine('M112 116Q100 128 92 172L72 284H80L104 176Z', 0.15) +
      line('M64 282L104 290', trim, 7),
  ) +
  path(
    `M142 96Q200 120 258 96L276 140V${kind === 2 ? 330 : 306}Q200 ${kind === 2 ? 344 : 320} 124 ${kind === 2 ? 330 : 306}V140Z`,
    base,
  ) +
  shade(
    `M232 104L258 96L276 140V${kind === 2 ? 330 : 306}Q250 ${kind === 2 ? 336 : 312} 232 ${kind === 2 ? 337 : 313}Z`,
  ) +
  path('M142 98Q146 54 200 52Q254 54 258 98Q232 124 200 126Q168 124 142 98Z', dark) +
  path('M158 100Q162 72 200 70Q238 72 242 100Q224 116 200 118Q176 116 158 100Z', deep) +
  line(`M200 120V${kind === 2 ? 338 : 314}`, trim, 6) +
  line('M142 258L172 222M258 258L228 222', deep, 6) +
  rect([142, 152, 34, 12], light, 4) +
  line('M184 128V164M216 128V160', cream, 4)

const fleece: Drawing = ({ base, dark, light, trim, deep, accent, kind }) =>
  mirrored(
    path('M146 92L114 106Q92 118 84 170L64 290Q64 298 72 300L100 304Q108 304 110 296L132 196Z', base) +
      line('M68 286L106 292', deep, 8),
  ) +
  path('M146 92Q200 112 254 92L276 138V308Q200 322 124 308V138Z', base) +
  shade('M236 100L254 92L276 138V308Q252 314 236 315Z') +
  path('M146 92Q200 112 254 92L276 138V160Q200 176 124 160V138Z', accent) +
  path('M152 94V66Q200 50 248 66V94Q224 112 200 112Q176 112 152 94Z', dark) +
  line(kind === 1 ? 'M200 70V176' : 'M200 70V316', light, 7) +
  rect([220, 190, 42, 46], dark, 6) +
  rect([220, 190, 42, 12], trim, 5) +
  [0, 1, 2, 3, 4, 5, 6, 7]
    .map((curl) => line(`M${138 + ((curl * 61) % 52)} ${186 + curl * 15}q5 -6 10 0`, light, 3))
    .join('')

const tShirt: Drawing = ({ base, dark, light, trim, vary, kind }) =>
  mirrored(path('M146 92L100 114L58 178Q56 186 64 190L104 210L130 178Z', dark) + line('M60 184L106 207', light, 4)) +
  path('M150 90Q200 124 250 90L276 112L282 312Q200 324 118 312L124 112Z', base) +
  shade('M240 98L250 90L276 112L282 312Q260 316 240 317Q256 200 240 98Z') +
  path('M150 90Q200 124 250 90L242 86Q200 112 158 86Z', dark) +
  line('M154 92Q200 128 246 92', light, 4) +
  (kind === 1
    ? path('M218 150H258V186Q238 204 218 186Z', dark) + line('M218 156H258', trim, 5)
    : vary(1, 3) === 0
      ? path('M152 244L188 182L210 214L224 196L250 244Z', trim) + circle([232, 172, 11], cream)
      : vary(1, 3) === 1
        ? [0, 1, 2].map((stripe) => rect([121, 170 + stripe * 40, 158, 15], trim)).join('')
        : circle([200, 206, 40], trim) + path('M160 206A40 40 0 0 0 240 206Q220 194 200 206T160 206Z', cream))

const sweater: Drawing = ({ base, dark, light, trim, vary, pale }) =>
  mirrored(
    path('M148 94L112 108Q90 120 82 172L62 286L104 296L132 194Z', base) +
      shade('M82 172L62 286L104 296L132 194L112 150Z', 0.1) +
      path('M61 278L105 288L102 308Q78 306 58 296Z', dark),
  ) +
  path('M148 94Q200 112 252 94L276 140V300H124V140Z', base) +
  shade('M238 100L252 94L276 140V300H238Z') +
  path('M124 296H276V318Q200 326 124 318Z', dark) +
  path('M150 96Q152 74 200 72Q248 74 250 96Q226 118 200 118Q174 118 150 96Z', dark) +
  path('M166 94Q170 86 200 86Q230 86 234 94Q220 104 200 104Q180 104 166 94Z', '#131a2a', 0.35) +
  (vary(1, 3) === 0
    ? [0, 1, 2, 3, 4].map((at) => path(`M${128 + at * 30} 176l14 -18l14 18l-14 18Z`, at % 2 ? trim : pale)).join('') +
      line('M126 206H274M126 146H274', pale, 4)
    : vary(1, 3) === 1
      ? line('M160 128V294M240 128V294', dark, 4) +
        line('M200 124q-14 14 0 28t0 28t0 28t0 28t0 28t0 28', light, 7) +
        line('M200 124q14 14 0 28t0 28t0 28t0 28t0 28t0 28', light, 7)
      : rect([124, 164, 152, 30], trim) + rect([124, 206, 152, 12], pale))

const beanie: Drawing = ({ base, dark, light, trim, deep, kind, vary }) =>
  (kind === 2
    ? circle([200, 84, 38], trim) +
      [0, 1, 2, 3, 4, 5]
        .map((at) => line(`M200 84l${[0, 28, 28, 0, -28, -28][at]} ${[-32, -16, 16, 32, 16, -16][at]}`, cream, 3))
        .join('')
    : '') +
  path('M92 250Q84 96 200 94Q316 96 308 250Z', base) +
  shade('M238 100Q316 118 308 250H256Q262 160 238 100Z') +
  (vary(1, 2)
    ? line(
        'M200 98V246M160 104Q140 170 142 246M240 104Q260 170 258 246M128 124Q110 180 112 246M272 124Q290 180 288 246',
        dark,
        4,
      )
    : path('M90 190Q200 214 310 190L309 216Q200 240 91 216Z', trim) + line('M92 178Q200 202 308 178', light, 4)) +
  path('M84 234Q200 256 316 234Q326 236 326 262L322 300Q200 326 78 300L74 262Q74 236 84 234Z', dark) +
  [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]
    .map((rib) => line(`M${98 + rib * 23} 250V${296 + 4 - Math.abs(rib - 4.5)}`, deep, 3))
    .join('') +
  rect([228, 262, 44, 28], trim, 4) +
  shine('M112 180Q118 126 160 110Q130 140 124 230H110Z', 0.22) +
  ellipse([200, 328, 116, 8], '#131a2a', 0.12)

const cap: Drawing = ({ base, dark, light, trim, deep, kind }) =>
  ellipse([196, 308, 130, 9], '#131a2a', 0.14) +
  path('M78 236Q76 106 188 102Q292 106 292 236Q190 256 78 236Z', base) +
  shade('M232 110Q292 132 292 236Q268 242 246 243Q262 160 232 110Z') +
  (kind === 1
    ? path('M78 236Q78 150 120 122Q140 180 138 244Q104 244 78 236Z', dark)
    : line('M188 102Q150 160 152 246M188 102Q226 160 226 246', dark, 4)) +
  path('M206 234Q300 214 352 252Q362 268 344 276Q262 282 170 266Q176 244 206 234Z', dark) +
  path('M206 234Q300 214 352 252Q300 240 190 248Q196 238 206 234Z', light, 0.8) +
  circle([188, 102, 10], deep) +
  rect([176, 158, 60, 46], trim, 8) +
  path('M184 196L202 168L214 184L220 178L230 196Z', deep) +
  shine('M96 200Q102 140 150 118Q118 150 112 226H98Z', 0.25)

const gloves: Drawing = ({ base, dark, light, trim, kind }) => {
  const hand =
    (kind === 2
      ? path('M120 250V140Q122 78 166 76Q208 80 208 140V250Z', base)
      : path(
          'M120 250V130Q120 114 132 114Q144 114 144 130V88Q144 72 156 72Q168 72 168 88V82Q168 66 180 66Q192 66 192 82V104Q192 90 204 90Q215 92 214 106V250Z',
          base,
        ) + line('M144 130V176M168 88V172M192 104V176', dark, 4)) +
    path('M208 200Q224 168 242 166Q258 170 252 190L214 250H200Z', base) +
    shade('M190 180Q214 190 214 250H170Q192 230 190 180Z', 0.14) +
    path('M114 246H218L222 316Q168 326 110 316Z', dark) +
    [0, 1, 2, 3, 4].map((rib) => line(`M${124 + rib * 21} 258V312`, light, 3)).join('') +
    rect([150, 196, 34, 34], trim, 8)
  return `<g transform="translate(-66 0) rotate(-6 170 200)">${hand}</g><g transform="translate(398 8) scale(-1 1) rotate(-10 170 200)">${hand}</g>`
}

const socks: Drawing = ({ base, dark, light, trim, vary, pale }) => {
  const sock =
    path('M136 70H226V204Q236 232 282 250Q316 268 302 302Q290 324 250 314L166 290Q132 276 136 236Z', base) +
    shade('M196 70H226V204Q236 232 282 250Q316 268 302 302Q290 324 250 314Q240 280 214 250Q194 226 196 70Z', 0.12) +
    path('M137 226Q136 276 166 290L186 296Q192 236 137 226Z', trim) +
    path('M270 246Q282 250 284 252Q316 268 302 302Q292 320 264 317Q244 280 270 246Z', trim) +
    path('M132 60H230V98H132Z', dark) +
    line('M148 66V94M164 66V94M181 66V94M198 66V94M214 66V94', light, 3) +
    (vary(1, 3) === 0
      ? rect([136, 114, 90, 13], pale) + rect([136, 138, 90, 13], trim) + rect([136, 162, 90, 13], pale)
      : vary(1, 3) === 1
        ? [0, 1, 2].map((at) => path(`M${140 + at * 28} 150l14 -20l14 20l-14 20Z`, pale)).join('')
        : [0, 1, 2, 3, 4, 5]
            .map((dot) => circle([154 + (dot % 3) * 28, 128 + Math.floor(dot / 3) * 36, 6], pale))
            .join(''))
  return `<g transform="translate(-58 -4)">${sock}</g><g transform="translate(34 12)">${sock}</g>`
}

const sunglasses: Drawing = ({ base, dark, light, deep, kind, trim }) => {
  const lens =
    kind === 1
      ? (x: number) => `M${x - 62} 206a62 62 0 1 0 124 0a62 62 0 1 0 -124 0Z`
      : (x: number) => `M${x - 64} 160Q${x} 148 ${x + 64} 160Q${x + 70} 256 ${x + 4} 264Q${x - 66} 258 ${x - 64} 160Z`
  return (
    line('M62 176Q40 150 66 116M338 176Q360 150 334 116', dark, 13) +
    path(lens(126), deep) +
    path(lens(274), deep) +
    shine('M92 196L140 168L152 172L96 218Z', 0.28) +
    shine('M240 196L288 168L300 172L244 218Z', 0.28) +
    `<path d="${lens(126)}" fill="none" stroke="${base}" stroke-width="15"/><path d="${lens(274)}" fill="none" stroke="${base}" stroke-width="15"/>` +
    line('M186 186Q200 170 214 186', dark, 12) +
    line('M76 158Q100 152 130 152M224 158Q250 152 280 152', light, 4) +
    (kind === 2 ? rect([46, 170, 22, 60], trim, 6) + rect([332, 170, 22, 60], trim, 6) : '') +
    ellipse([200, 304, 120, 9], '#131a2a', 0.12)
  )
}

const umbrella: Drawing = ({ base, dark, light, trim, accent }) =>
  turn(
    12,
    line('M200 60V312Q200 342 226 342Q250 340 250 316', woodDark, 13) +
      line('M198 60V312', wood, 7) +
      path(
        'M52 208Q64 76 200 72Q336 76 348 208Q324 184 298 208Q274 184 249 208Q224 184 200 208Q176 184 151 208Q126 184 102 208Q76 184 52 208Z',
        base,
      ) +
      path('M151 208Q150 120 200 72Q250 120 249 208Q224 184 200 208Q176 184 151 208Z', accent) +
      path('M298 208Q300 110 200 72Q336 76 348 208Q324 184 298 208Z', dark) +
      path('M102 208Q100 110 200 72Q64 76 52 208Q76 184 102 208Z', light) +
      line('M200 72V54', trim, 8) +
      circle([226, 342, 2], metal),
  )

/** Footwear, clothing, accessories. */
export const wearDrawings: Readonly<Record<string, Drawing>> = {
  boots,
  'trail-shoes': trailShoes,
  'rain-boots': rainBoots,
  jacket,
  fleece,
  't-shirt': tShirt,
  sweater,
  beanie,
  cap,
  gloves,
  socks,
  sunglasses,
  umbrella,
}
