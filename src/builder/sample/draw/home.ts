import type { Drawing } from './ink.ts'
import {
  circle,
  cream,
  ellipse,
  floor,
  glow,
  leaf,
  leafDark,
  line,
  metal,
  metalDark,
  mirrored,
  night,
  path,
  rect,
  shade,
  shine,
  wood,
  woodDark,
} from './shapes.ts'

const armchair: Drawing = ({ base, dark, light, accent, kind }) =>
  floor(126) +
  line('M118 296L106 322M282 296L294 322', woodDark, 13) +
  (kind === 1
    ? path('M118 106Q124 74 200 72Q276 74 282 106L290 240H110Z', base)
    : path('M106 118Q108 76 158 74H242Q292 76 294 118L290 240H110Z', base)) +
  shade('M246 74Q292 78 294 118L290 240H246Q262 150 246 74Z', 0.13) +
  shine('M124 118Q128 92 160 88Q140 100 136 210H124Z', 0.25) +
  path('M150 150Q200 132 246 152V220H150Z', accent) +
  path('M106 222H294V262H106Z', light) +
  path('M104 214Q200 200 296 214Q304 236 296 252H104Q96 236 104 214Z', light) +
  path('M104 250H296V298H104Z', dark) +
  mirrored(
    path('M74 196Q76 168 102 168Q126 170 126 198V298Q126 304 118 304H86Q76 304 76 294Z', base) +
      shine('M84 200Q86 180 102 178Q94 184 94 200V292H84Z', 0.22),
  ) +
  shade('M296 170Q324 170 326 196L324 294Q322 304 312 304H288Q312 250 296 170Z', 0.14)

const cushion: Drawing = ({ base, dark, light, trim, pale, vary, kind }) =>
  ellipse([200, 320, 124, 11], '#131a2a', 0.15) +
  path(
    'M76 92Q200 122 324 92Q338 92 334 108Q306 200 334 300Q338 318 322 316Q200 290 78 316Q62 318 66 300Q94 200 66 108Q62 92 76 92Z',
    base,
  ) +
  (vary(1, 4) === 0
    ? [0, 1, 2, 3]
        .map((at) =>
          path(
            `M${104 + at * 58} 112Q${96 + at * 58} 200 ${104 + at * 58} 302L${124 + at * 54} 298Q${120 + at * 54} 200 ${124 + at * 54} 114Z`,
            pale,
          ),
        )
        .join('')
    : vary(1, 4) === 1
      ? circle([200, 204, 68], trim) + path('M132 204A68 68 0 0 0 268 204Z', pale)
      : vary(1, 4) === 2
        ? path('M200 120L280 204L200 288L120 204Z', light) + path('M200 158L244 204L200 250L156 204Z', trim)
        : line('M92 140L260 304M92 220L176 304M140 108L308 272M224 108L308 190', light, 6)) +
  shade('M260 106Q300 98 324 92Q338 92 334 108Q306 200 334 300Q338 318 322 316Q286 306 250 302Q300 200 260 106Z') +
  shine('M76 92Q110 100 140 104Q100 200 110 308Q90 312 78 316Q94 200 76 92Z', 0.14) +
  (kind === 2 ? circle([200, 204, 12], dark) : '') +
  line('M76 92Q200 122 324 92M334 108Q306 200 334 300M322 316Q200 290 78 316M66 300Q94 200 66 108', dark, 4)

const throwBlanket: Drawing = ({ base, dark, light, trim, pale, vary }) => {
  const folds =
    'M110 130H290A32 32 0 0 1 302 192A32 32 0 0 1 302 254A33 33 0 0 1 290 318H110A33 33 0 0 1 98 254A32 32 0 0 1 98 192A32 32 0 0 1 110 130Z'
  const stripes =
    vary(1, 3) === 0
      ? rect([108, 100, 20, 240], trim) +
        rect([136, 100, 9, 240], pale) +
        rect([252, 100, 20, 240], trim) +
        rect([280, 100, 9, 240], pale)
      : vary(1, 3) === 1
        ? [0, 1, 2, 3, 4].map((at) => path(`M${92 + at * 50} 100h22v240h-22Z`, trim, 0.55)).join('') +
          [0, 1, 2].map((at) => rect([60, 150 + at * 62, 280, 16], pale)).join('')
        : [0, 1, 2]
            .map((row) =>
              [0, 1, 2, 3, 4, 5]
                .map((at) =>
                  path(`M${82 + at * 42} ${162 + row * 62}l15 -17l15 17l-15 17Z`, (at + row) % 2 ? pale : trim),
                )
                .join(''),
            )
            .join('')
  return (
    floor(124) +
    `<clipPath id="f"><path d="${folds}"/></clipPath><g clip-path="url(#f)">` +
    rect([60, 100, 280, 92], light) +
    rect([60, 192, 280, 62], base) +
    rect([60, 254, 280, 80], dark) +
    stripes +
    shade('M60 178H340V192H60ZM60 240H340V254H60ZM60 306H340V330H60Z', 0.16) +
    shade('M276 100H340V340H276Z', 0.08) +
    '</g>' +
    line('M104 192H302M104 254H302', '#131a2a40', 4) +
    Array.from({ length: 7 }, (_, at) =>
      line(`M${318 + (at % 2) * 5} ${262 + at * 8}h14`, at % 2 ? pale : trim, 4),
    ).join('')
  )
}

const rug: Drawing = ({ base, dark, light, trim, pale, vary, kind }) => {
  const fringe = Array.from({ length: 12 }, (_, at) =>
    line(`M${82 + at * 21.4} 84v-16M${82 + at * 21.4} 316v16`, pale, 4),
  ).join('')
  return (
    fringe +
    rect([74, 80, 252, 240], base, 6) +
    rect([90, 96, 220, 208], dark, 3) +
    rect([98, 104, 204, 192], kind === 2 ? pale : base, 2) +
    (vary(1, 3) === 0
      ? path('M200 118L280 200L200 282L120 200Z', pale) +
        path('M200 146L252 200L200 254L148 200Z', trim) +
        path('M200 174L226 200L200 226L174 200Z', dark)
      : vary(1, 3) === 1
        ? [0, 1, 2, 3, 4]
            .map((row) =>
              line(
                `M104 ${128 + row * 36}l24 -16l24 16l24 -16l24 16l24 -16l24 16l24 -16l24 16`,
                row % 2 ? trim : light,
                9,
              ),
            )
            .join('')
        : path('M98 296V232A64 64 0 0 1 162 296Z', trim) +
          path('M302 104V190A86 86 0 0 1 216 104Z', pale) +
          circle([192, 204, 46], light) +
          circle([250, 252, 20], dark)) +
    shade('M74 312H326V314Q326 320 320 320H80Q74 320 74 314Z', 0.25)
  )
}

const sideTable: Drawing = ({ base, dark, light, kind, trim, deep }) =>
  floor(112) +
  (kind === 2
    ? line('M116 212L98 318M284 212L302 318', dark, 15) + line('M200 212V306', deep, 12)
    : line('M142 212L114 318M258 212L286 318', dark, 14) + line('M200 212V318', deep, 13)) +
  ellipse([200, 208, 128, 30], dark) +
  ellipse([200, 196, 128, 30], base) +
  ellipse([196, 192, 112, 22], light, 0.5) +
  path('M158 186Q152 150 166 132H190Q204 150 198 186Q178 196 158 186Z', trim) +
  shade('M184 132H190Q204 150 198 186Q190 190 184 190Z', 0.16) +
  line('M176 132Q170 92 148 76M180 132Q184 84 204 66M178 132Q178 100 180 84', leafDark, 4) +
  path('M148 76Q128 74 124 54Q148 54 148 76Z', leaf) +
  path('M204 66Q208 44 232 44Q230 68 204 66Z', leaf) +
  path('M180 84Q164 64 178 46Q194 66 180 84Z', leafDark) +
  rect([222, 178, 58, 10], cream, 3) +
  rect([228, 168, 48, 10], night, 3)

const bookshelf: Drawing = ({ base, dark, light, kind, deep }) => {
  const spines = ['#c65d42', '#e3b04b', '#4f7f86', '#ece2cf', '#7a8f6a', '#38475a', '#b9828a']
  const books = (x: number, y: number, from: number, count: number) =>
    Array.from({ length: count }, (_, at) => {
      const height = 44 + ((at * 17 + from * 11) % 16)
      return rect([x + at * 16, y - height, 13, height], spines[(at + from) % spines.length]!, 2)
    }).join('')
  const plant = (x: number, y: number) =>
    path(`M${x} ${y - 26}h34l-5 26h-24Z`, '#c98763') +
    path(`M${x + 17} ${y - 26}q-30 -8 -26 -34q22 4 26 34q-2 -34 22 -38q6 26 -22 38Z`, leaf)
  return (
    floor(112) +
    (kind === 1 ? '' : rect([96, 60, 208, 260], deep, 6)) +
    (kind === 1 ? '' : rect([96, 60, 14, 260], base, 4) + rect([290, 60, 14, 260], dark, 4)) +
    [144, 228, 312].map((y) => rect([92, y - 4, 216, 14], base, 3) + rect([92, y + 6, 216, 4], dark)).join('') +
    (kind === 1 ? '' : rect([92, 56, 216, 14], light, 4)) +
    books(116, 140, 0, 6) +
    plant(244, 140) +
    plant(124, 224) +
    books(180, 224, 3, 6) +
    books(116, 308, 5, 4) +
    circle([232, 278, 28], '#ece2cf') +
    path('M204 278a28 28 0 0 0 56 0Z', '#c65d42') +
    rect([216, 304, 34, 5], night, 2)
  )
}

const clock: Drawing = ({ base, light, trim, vary, deep }) =>
  circle([206, 210, 124], '#131a2a', 0.13) +
  circle([200, 200, 124], base) +
  path('M200 76A124 124 0 0 1 200 324A200 200 0 0 0 200 76Z', '#131a2a', 0.13) +
  circle([200, 200, 100], cream) +
  Array.from(
    { length: 12 },
    (_, hour) =>
      `<g transform="rotate(${hour * 30} 200 200)">${vary(1, 2) ? circle([200, 116, hour % 3 ? 4 : 7], deep) : line('M200 112V124', hour % 3 ? '#9aa0a4' : deep, hour % 3 ? 4 : 8)}</g>`,
  ).join('') +
  `<g transform="rotate(${vary(2, 12) * 30} 200 200)">${line('M200 210V148', night, 10)}</g>` +
  `<g transform="rotate(${vary(3, 12) * 30 + 60} 200 200)">${line('M200 214V126', night, 6)}</g>` +
  line('M200 224V136', trim, 3) +
  circle([200, 200, 9], trim) +
  line('M106 148A108 108 0 0 1 156 102', light, 7)

const mirror: Drawing = ({ base, dark, light, kind }) => {
  const [outer, inner] = [
    ['M200 62A128 128 0 1 1 200 318A128 128 0 1 1 200 62Z', 'M200 78A112 112 0 1 1 200 302A112 112 0 1 1 200 78Z'],
    ['M104 322V160A96 96 0 0 1 296 160V322Z', 'M120 306V160A80 80 0 0 1 280 160V306Z'],
    ['M116 58H284Q296 58 296 70V320Q296 332 284 332H116Q104 332 104 320V70Q104 58 116 58Z', 'M122 76H278V314H122Z'],
  ][kind]! as [string, string]
  const glass = `<clipPath id="m"><path d="${inner}"/></clipPath>`
  return (
    `<g transform="translate(7 10)">${path(outer, '#131a2a', 0.13)}</g>` +
    path(outer, base) +
    path(inner, '#dce8ec') +
    glass +
    `<g clip-path="url(#m)">${path('M90 330L270 60H320L140 330Z', '#fff', 0.55)}${path('M176 330L330 110V140L206 330Z', '#fff', 0.45)}${path('M80 330Q160 250 330 290V340H80Z', '#b9cdd3', 0.7)}</g>` +
    `<path d="${inner}" fill="none" stroke="${dark}" stroke-width="4"/><path d="${outer}" fill="none" stroke="${light}" stroke-width="3" opacity=".7"/>`
  )
}

const vase: Drawing = ({ base, dark, light, trim, kind, vary, pale }) => {
  const bodies = [
    'M168 172H232Q228 196 256 222Q278 250 256 296Q246 320 200 320Q154 320 144 296Q122 250 144 222Q172 196 168 172Z',
    'M182 164H218V210Q262 226 262 268Q260 320 200 320Q140 320 138 268Q138 226 182 210Z',
    'M184 150H216V214Q248 232 250 270V296Q248 320 200 320Q152 320 150 296V270Q152 232 184 214Z',
  ]
  const flower = (x: number, y: number, color: string) =>
    [0, 72, 144, 216, 288]
      .map(
        (angle) =>
          `<ellipse cx="${x}" cy="${y - 13}" rx="8" ry="13" fill="${color}" transform="rotate(${angle} ${x} ${y})"/>`,
      )
      .join('') + circle([x, y, 7], glow)
  const stems =
    vary(1, 3) === 0
      ? line('M200 180Q196 110 200 78M200 180Q170 130 146 104M200 180Q232 130 256 112', leafDark, 4) +
        flower(200, 72, trim) +
        flower(144, 98, '#f3ebdc') +
        flower(258, 106, trim)
      : vary(1, 3) === 1
        ? line('M200 180Q190 110 168 64M200 180Q214 120 244 78', woodDark, 4) +
          [0, 1, 2, 3].map((at) => ellipse([168 + at * 9 - (at % 2) * 18, 70 + at * 24, 9, 13], '#e9dfc6')).join('') +
          [0, 1, 2].map((at) => ellipse([240 - at * 10 + (at % 2) * 14, 86 + at * 24, 9, 13], '#e9dfc6')).join('')
        : line('M200 180Q200 110 206 58M200 180Q168 140 150 88M200 180Q232 140 262 96', leafDark, 4) +
          path('M206 58Q176 86 204 122Q232 92 206 58Z', leaf) +
          path('M150 88Q134 124 170 146Q180 112 150 88Z', leaf) +
          path('M262 96Q274 132 236 148Q228 116 262 96Z', leaf)
  return (
    floor(74) +
    stems +
    path(bodies[kind]!, base) +
    `<clipPath id="v"><path d="${bodies[kind]}"/></clipPath><g clip-path="url(#v)">` +
    (vary(2, 3) === 0
      ? rect([120, 250, 160, 80], dark)
      : vary(2, 3) === 1
        ? line('M130 244Q200 264 270 244M130 262Q200 282 270 262', pale, 5)
        : '') +
    shade('M226 140H290V330H206Q256 270 226 140Z', 0.15) +
    shine('M158 232Q168 218 178 214Q158 250 162 304Q140 270 158 232Z', 0.4) +
    '</g>' +
    ellipse([200, [172, 164, 150][kind]!, [32, 18, 16][kind]!, 6], light)
  )
}

const candle: Drawing = ({ base, dark, light, pale, trim, kind }) =>
  floor(84) +
  circle([200, 130, 92], glow, 0.3) +
  path('M200 76Q222 110 214 130Q210 142 200 142Q190 142 186 130Q178 110 200 76Z', '#f6b04a') +
  path('M200 100Q210 118 207 130Q204 136 200 136Q196 136 193 130Q190 118 200 100Z', '#fff3cf') +
  (kind === 1
    ? line('M200 136V164', night, 4) +
      path('M142 172Q200 152 258 172V306Q200 330 142 306Z', base) +
      ellipse([200, 170, 58, 15], pale) +
      shade('M226 184Q250 180 258 172V306Q244 314 226 316Z') +
      shine('M154 184H170V306Q160 304 154 300Z', 0.3) +
      ellipse([200, 316, 92, 12], metalDark) +
      ellipse([200, 311, 92, 12], metal)
    : line('M200 136V186', night, 4) +
      path('M128 168H272V296Q272 320 248 320H152Q128 320 128 296Z', base) +
      ellipse([200, 168, 72, 15], dark) +
      ellipse([200, 176, 62, 10], pale) +
      shade('M240 176Q272 172 272 168V296Q272 320 248 320H226Q244 260 240 176Z') +
      shine('M140 184H156V306Q140 304 140 292Z', 0.35) +
      rect([160, 222, 80, 58], cream, 6) +
      line('M176 242H224M184 260H216', trim, 5)) +
  line('M148 318H252', light, 2)

const tableLamp: Drawing = ({ base, dark, light, pale, trim, kind }) =>
  floor(78) +
  path('M110 190L60 320H340L290 190Z', glow, 0.25) +
  (kind === 1
    ? line('M186 300L148 204L226 116', night, 9) +
      circle([148, 204, 9], trim) +
      path('M206 88L282 136L246 196Q190 176 176 132Q186 100 206 88Z', base) +
      shade('M250 116L282 136L246 196Q226 190 214 182Z') +
      path('M246 196Q190 176 176 132L186 140Q204 172 246 196Z', glow)
    : path('M172 220Q148 250 160 290Q166 306 200 306Q234 306 240 290Q252 250 228 220Z', base) +
      shade('M212 220H228Q252 250 240 290Q234 306 208 306Q226 262 212 220Z') +
      shine('M178 236Q164 258 172 288Q154 262 178 236Z', 0.45) +
      rect([188, 196, 24, 28], metalDark, 3) +
      path('M152 88H248L292 200H108Z', kind === 2 ? pale : cream) +
      shade('M222 88H248L292 200H240Z', 0.1) +
      path('M108 200H292L288 190H112Z', trim) +
      shine('M160 96H180L150 190H124Z', 0.5)) +
  path('M146 304H254Q262 304 262 312Q262 320 254 320H146Q138 320 138 312Q138 304 146 304Z', dark) +
  line('M152 307H246', light, 3)

const floorLamp: Drawing = ({ base, dark, deep, light, kind, trim }) =>
  floor(70) +
  (kind === 1
    ? path('M262 150L200 320H340Z', glow, 0.25) +
      line('M132 310V150Q136 56 220 56Q270 60 278 104', dark, 8) +
      path('M278 88Q332 92 338 152H218Q224 92 278 88Z', base) +
      shade('M300 94Q334 106 338 152H310Q316 118 300 94Z') +
      ellipse([278, 152, 58, 8], glow) +
      path('M92 306H176Q186 306 186 320H82Q82 306 92 306Z', base)
    : path('M140 140L90 320H310L260 140Z', glow, 0.22) +
      (kind === 0
        ? line('M200 140L148 318M200 140L252 318M200 140V316', woodDark, 8)
        : line('M200 140V312', deep, 8) + path('M152 308H248Q258 308 258 320H142Q142 308 152 308Z', base)) +
      path('M156 50H244L276 148H124Z', base) +
      shade('M220 50H244L276 148H238Z', 0.14) +
      shine('M164 58H182L156 138H138Z', 0.35) +
      path('M124 148H276L273 139H127Z', trim) +
      line('M228 148V184', metalDark, 3)) +
  line('M196 60V60', light, 2)

const pendant: Drawing = ({ base, dark, light, kind, pale, trim, vary }) =>
  line('M200 0V112', night, 5) +
  rect([186, 98, 28, 26], trim, 6) +
  path('M96 232L40 400H360L304 232Z', glow, 0.22) +
  (kind === 2
    ? circle([200, 206, 92], pale, 0.85) +
      circle([200, 206, 92], base, 0.45) +
      circle([200, 212, 30], glow) +
      circle([200, 212, 18], '#fff6dc') +
      shine('M134 200Q138 150 186 132Q150 158 148 220Z', 0.7) +
      rect([176, 112, 48, 14], dark, 4)
    : ellipse([200, 236, 26, 20], '#fff6dc') +
      path(
        vary(1, 2) ? 'M82 236Q88 120 200 116Q312 120 318 236Z' : 'M168 118H232Q246 176 324 236H76Q154 176 168 118Z',
        base,
      ) +
      shade(
        vary(1, 2)
          ? 'M240 120Q312 134 318 236H272Q276 160 240 120Z'
          : 'M220 118H232Q246 176 324 236H264Q224 190 220 118Z',
      ) +
      shine(
        vary(1, 2)
          ? 'M106 216Q114 150 166 130Q130 156 126 224H106Z'
          : 'M172 130H184Q180 180 124 224H104Q160 180 172 130Z',
        0.32,
      ) +
      ellipse([200, 236, vary(1, 2) ? 118 : 124, 12], dark) +
      ellipse([200, 237, vary(1, 2) ? 104 : 108, 8], glow)) +
  line('M184 112H190', light, 3)

const towel: Drawing = ({ base, dark, light, trim, pale, vary, kind }) =>
  rect([58, 66, 284, 13], wood, 6) +
  circle([58, 72, 12], woodDark) +
  circle([342, 72, 12], woodDark) +
  path('M196 70H306V270Q250 280 196 270Z', dark) +
  (kind === 1 ? Array.from({ length: 9 }, (_, at) => line(`M${108 + at * 20} 308v18`, pale, 4)).join('') : '') +
  path('M98 66Q98 60 106 60H262Q276 60 276 72V308Q186 322 98 308Z', base) +
  shade('M238 60H262Q276 60 276 72V308Q256 312 238 313Z', 0.13) +
  shine('M110 78H128V306Q118 306 110 304Z', 0.22) +
  (vary(1, 3) === 0
    ? rect([98, 244, 178, 24], trim) + rect([98, 276, 178, 8], pale) + rect([98, 228, 178, 8], pale)
    : vary(1, 3) === 1
      ? [0, 1, 2, 3, 4, 5].map((at) => rect([98, 104 + at * 34, 178, 13], at % 2 ? light : pale)).join('')
      : line('M98 256l15 -14l15 14l15 -14l15 14l15 -14l15 14l15 -14l15 14l15 -14l15 14l15 -14l13 12', trim, 7) +
        rect([98, 276, 178, 6], pale))

/** Living, decor, lighting, bath. */
export const homeDrawings: Readonly<Record<string, Drawing>> = {
  armchair,
  cushion,
  throw: throwBlanket,
  rug,
  'side-table': sideTable,
  bookshelf,
  clock,
  mirror,
  vase,
  candle,
  'table-lamp': tableLamp,
  'floor-lamp': floorLamp,
  pendant,
  towel,
}
