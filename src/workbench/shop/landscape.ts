import { svg, type SVGTemplateResult } from 'lit'

const width = 1200
const height = 280

/** A ridge: a sum of sines, so that every layer is a hill line of its own and always the same one. */
function ridge(base: number, swing: number, seed: number): string {
  const points = Array.from({ length: 41 }, (_, step) => {
    const x = (step / 40) * width
    const wave = Math.sin(x / 210 + seed) + 0.5 * Math.sin(x / 83 + seed * 2.3) + 0.25 * Math.sin(x / 37 + seed * 5.1)
    return `${x.toFixed(0)},${(base - swing * wave).toFixed(1)}`
  })
  return `M0,${height} L${points.join(' L')} L${width},${height} Z`
}

const layers = [ridge(132, 22, 0.4), ridge(164, 20, 2.1), ridge(196, 17, 3.7), ridge(226, 13, 5.2), ridge(256, 8, 0.9)]

/** The picture behind the greeting: hills at dawn, drawn by formula, coloured by the theme. */
export const landscape: SVGTemplateResult = svg`
  <svg class="landscape" viewBox="0 0 ${width} ${height}" preserveAspectRatio="xMaxYMax slice" aria-hidden="true">
    <circle class="sun" cx="1010" cy="82" r="40" />
    ${layers.map((path, depth) => svg`<path class="hill-${depth}" d=${path} />`)}
    <g class="tent" transform="translate(800 236) scale(0.8)">
      <path class="tent-back" d="M0 0 44-58 92 4Z" />
      <path class="tent-front" d="M0 0 44-58 58 6Z" />
      <path class="tent-door" d="M22 3 44-58 44 5Z" />
    </g>
  </svg>`
