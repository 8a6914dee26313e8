import type { Drawing } from './ink.ts'
import {
  circle,
  cream,
  ellipse,
  floor,
  leaf,
  line,
  night,
  path,
  rect,
  shade,
  shine,
  turn,
  wood,
  woodDark,
} from './shapes.ts'

const steam = line('M176 96Q164 78 176 62T176 30M212 100Q200 82 212 66T212 34', '#ffffffb0', 7)

const mug: Drawing = ({ base, dark, light, pale, trim, kind, vary }) => {
  const body =
    kind === 2
      ? 'M100 150H288Q286 250 250 300Q238 314 220 314H168Q150 314 138 300Q102 250 100 150Z'
      : 'M112 140H276V282Q276 320 238 320H150Q112 320 112 282Z'
  return (
    floor(94) +
    steam +
    line(
      kind === 2 ? 'M276 180Q336 174 326 220Q316 256 262 258' : 'M270 178Q336 174 332 228Q326 280 268 276',
      dark,
      20,
    ) +
    path(body, base) +
    `<clipPath id="g"><path d="${body}"/></clipPath><g clip-path="url(#g)">` +
    (vary(1, 4) === 0
      ? path('M90 236Q150 216 200 240T300 232V330H90Z', pale)
      : vary(1, 4) === 1
        ? rect([90, 200, 220, 16], trim) + rect([90, 226, 220, 7], pale)
        : vary(1, 4) === 2
          ? Array.from({ length: 14 }, (_, dot) =>
              circle([118 + ((dot * 53) % 168), 172 + ((dot * 71) % 136), 4.5], pale),
            ).join('')
          : line('M132 160V330M156 160V330M180 160V330M204 160V330M228 160V330M252 160V330', dark, 4)) +
    shade('M230 130H300V330H216Q244 240 230 130Z') +
    shine('M126 150H146V330H126Z', 0.3) +
    '</g>' +
    ellipse(kind === 2 ? [194, 150, 94, 18] : [194, 140, 82, 17], light) +
    ellipse(kind === 2 ? [194, 152, 80, 13] : [194, 142, 69, 12], '#5b3a28') +
    (kind === 2 ? path('M194 158Q176 148 186 144Q194 144 194 148Q194 144 202 144Q212 148 194 158Z', cream) : '')
  )
}

const teapot: Drawing = ({ base, dark, light, trim, pale, kind, vary }) =>
  floor(104) +
  (kind === 1
    ? line('M130 176Q130 74 200 72Q270 74 270 176', woodDark, 13)
    : line('M280 190Q346 176 340 238Q332 286 270 276', dark, 18)) +
  path('M136 226Q92 222 84 166Q82 156 70 152L76 142Q104 146 112 170Q120 196 146 196Z', base) +
  path('M200 148Q296 150 296 236Q294 320 226 320H174Q106 320 104 236Q104 150 200 148Z', base) +
  (vary(1, 3) === 0
    ? path('M105 248Q150 228 200 250T295 248Q288 320 226 320H174Q110 320 105 248Z', pale)
    : vary(1, 3) === 1
      ? line('M112 210Q200 232 288 210', trim, 8)
      : Array.from({ length: 9 }, (_, dot) =>
          circle([136 + ((dot * 47) % 132), 196 + ((dot * 37) % 96), 5], pale),
        ).join('')) +
  shade('M246 158Q296 178 296 236Q294 320 226 320H212Q284 270 246 158Z') +
  shine('M128 214Q134 180 168 168Q142 190 140 250Q126 240 128 214Z', 0.4) +
  ellipse([200, 154, 58, 14], dark) +
  path('M146 150Q156 126 200 124Q244 126 254 150Q200 164 146 150Z', light) +
  circle([200, 116, 13], trim)

const coffeeMaker: Drawing = ({ base, dark, light, trim, kind, deep }) =>
  kind === 2
    ? floor(76) +
      line('M258 150Q318 152 312 238', night, 17) +
      path('M146 214H254L266 302Q268 320 250 320H150Q132 320 134 302Z', base) +
      path('M146 120H254L246 206H154Z', base) +
      path('M146 120L122 104L134 98L160 112Z', base) +
      shade('M222 120H254L246 206L254 214L266 302Q268 320 250 320H228Z') +
      shine('M158 126H172L170 206L162 316H146L160 206Z', 0.38) +
      rect([142, 200, 116, 18], deep, 5) +
      path('M144 120Q148 96 200 94Q252 96 256 120Z', light) +
      rect([188, 76, 24, 22], night, 8) +
      circle([200, 268, 9], trim)
    : floor(84) +
      path('M148 196H252L278 296Q280 320 256 320H144Q120 320 122 296Z', '#dcebef', 0.92) +
      path('M134 262H266L276 300Q276 318 256 318H144Q124 318 124 300Z', '#5b3a28') +
      ellipse([200, 262, 66, 8], '#7a5238') +
      shine('M160 204H174L150 310H136Z', 0.65) +
      rect([150, 180, 100, 22], wood, 8) +
      shade('M150 194H250V194Q250 202 242 202H158Q150 202 150 194Z', 0.2) +
      path('M112 92H288L234 184H166Z', base) +
      shade('M246 92H288L234 184H212Z') +
      shine('M132 100H154L188 178H172Z', 0.35) +
      ellipse([200, 92, 90, 16], dark) +
      path('M122 94Q200 78 278 94L270 100Q200 112 130 100Z', '#f3e6cf') +
      ellipse([200, 97, 60, 8], '#5b3a28') +
      line('M284 104Q322 112 306 150Q296 164 260 148', kind === 1 ? trim : light, 12)

const bowl: Drawing = ({ base, dark, light, pale, trim, vary, kind }) =>
  floor(94) +
  (kind === 1
    ? circle([150, 160, 36], '#efbe43') +
      circle([214, 150, 40], '#e9a53a') +
      circle([262, 168, 30], '#f2cf5f') +
      path('M150 126Q166 108 184 116Q172 132 150 126Z', leaf) +
      shine('M188 132Q196 120 210 118Q198 128 196 144Z', 0.5)
    : kind === 2
      ? ellipse([200, 176, 112, 26], '#f0e4cc') +
        circle([166, 168, 12], '#5a6fa6') +
        circle([190, 176, 12], '#5a6fa6') +
        circle([176, 186, 11], '#4b5d90') +
        path('M222 166q22 -18 40 4q-20 16 -40 -4Z', '#d8564a') +
        path('M232 182q18 -12 34 4q-18 12 -34 -4Z', '#d8564a')
      : '') +
  path('M72 176H328Q324 270 252 304H148Q76 270 72 176Z', base) +
  (vary(1, 3) === 0
    ? path('M78 214Q140 196 200 218T322 212Q306 278 252 304H148Q92 278 78 214Z', pale)
    : vary(1, 3) === 1
      ? line('M80 206Q200 232 320 206', trim, 8) + line('M86 226Q200 252 314 226', pale, 4)
      : '') +
  shade('M262 176H328Q324 270 252 304H222Q276 250 262 176Z') +
  shine('M92 190H110Q116 240 148 276Q100 250 92 190Z', 0.35) +
  path('M146 302H254L246 320H154Z', dark) +
  (kind === 0
    ? ellipse([200, 176, 128, 26], light) + ellipse([200, 179, 114, 20], dark)
    : line('M72 176Q200 212 328 176', light, 7))

const pan: Drawing = ({ base, dark, light, kind, trim }) =>
  turn(
    -30,
    path('M262 180H366Q384 182 384 200Q384 218 366 220H262Z', kind === 1 ? night : wood) +
      shade('M262 204H384Q382 218 366 220H262Z', 0.2) +
      ellipse([368, 200, 7, 8], cream) +
      circle([158, 206, 122], '#131a2a', 0.12) +
      circle([158, 200, 120], kind === 1 ? dark : base) +
      circle([158, 200, 102], night) +
      circle([158, 200, 88], '#39424f') +
      `<circle cx="158" cy="200" r="111" fill="none" stroke="${light}" stroke-width="5" opacity=".7"/>` +
      path('M118 176Q146 136 190 158Q228 166 220 208Q226 250 184 244Q150 266 126 238Q86 222 118 176Z', '#fdf8ec') +
      circle([168, 200, 27], '#f2b134') +
      shine('M152 190Q158 180 168 180Q160 186 158 196Z', 0.8) +
      rect([258, 184, 16, 32], trim, 3),
  )

const cuttingBoard: Drawing = ({ base, dark, light, kind, trim }) =>
  turn(
    kind === 1 ? 24 : 0,
    path(
      kind === 1
        ? 'M200 110A100 104 0 1 1 200 330A100 104 0 1 1 200 110Z'
        : 'M122 108H278Q298 108 298 128V310Q298 330 278 330H122Q102 330 102 310V128Q102 108 122 108Z',
      dark,
    ) +
      path('M178 120V64Q178 42 200 42Q222 42 222 64V120Z', base) +
      circle([200, 66, 9], cream) +
      path(
        kind === 1
          ? 'M200 104A100 104 0 1 1 200 320A100 104 0 1 1 200 104Z'
          : 'M122 100H278Q298 100 298 120V302Q298 322 278 322H122Q102 322 102 302V120Q102 100 122 100Z',
        base,
      ) +
      line(
        'M126 150Q200 138 274 156M122 190Q200 176 278 196M122 232Q190 244 278 228M128 272Q200 286 270 270',
        light,
        4,
      ) +
      circle([170, 212, 36], '#8fae5d') +
      circle([170, 212, 30], '#dfe6a4') +
      circle([170, 212, 13], woodDark) +
      path('M214 178q36 -22 52 18q-22 22 -52 -18Z', '#d65745') +
      path('M220 246q30 -26 50 8q-20 22 -50 -8Z', '#e8a33d') +
      line('M124 308H276', trim, 3),
  )

/** Cookware, tableware, tea and coffee. */
export const kitchenDrawings: Readonly<Record<string, Drawing>> = {
  mug,
  teapot,
  'coffee-maker': coffeeMaker,
  bowl,
  pan,
  'cutting-board': cuttingBoard,
}
