import { svg, type SVGTemplateResult } from 'lit'

const width = 1200
const height = 420

/** A ridge: a sum of sines, so that every layer is a hill line of its own and always the same one. */
function ridge(base: number, swing: number, seed: number): string {
  const points = Array.from({ length: 41 }, (_, step) => {
    const x = (step / 40) * width
    const wave = Math.sin(x / 210 + seed) + 0.5 * Math.sin(x / 83 + seed * 2.3) + 0.25 * Math.sin(x / 37 + seed * 5.1)
    return `${x.toFixed(0)},${(base - swing * wave).toFixed(1)}`
  })
  return `M0,${height} L${points.join(' L')} L${width},${height} Z`
}

const layers = [ridge(210, 34, 0.4), ridge(255, 30, 2.1), ridge(300, 26, 3.7), ridge(345, 20, 5.2), ridge(388, 12, 0.9)]

/** The picture behind the greeting: hills at dawn, drawn by formula, coloured by the theme. */
export const landscape: SVGTemplateResult = svg`
  <svg class="landscape" viewBox="0 0 ${width} ${height}" preserveAspectRatio="xMidYMax slice" aria-hidden="true">
    <circle class="sun" cx="900" cy="150" r="58" />
    ${layers.map((path, depth) => svg`<path class="hill-${depth}" d=${path} />`)}
    <g class="tent" transform="translate(250 338)">
      <path class="tent-back" d="M0 0 44-58 92 4Z" />
      <path class="tent-front" d="M0 0 44-58 58 6Z" />
      <path class="tent-door" d="M22 3 44-58 44 5Z" />
    </g>
  </svg>`
