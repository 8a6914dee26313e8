import { svg, type SVGTemplateResult } from 'lit'

const width = 96
const height = 16

/** The last values as a line, the largest at the top. */
export function sparkline(values: readonly number[]): SVGTemplateResult {
  const top = Math.max(...values, 1e-9)
  const points = values.map((value, index) => {
    const x = (index / Math.max(1, values.length - 1)) * width
    return `${x.toFixed(1)},${(height - 1 - (value / top) * (height - 2)).toFixed(1)}`
  })
  return svg`
    <svg class="sparkline" viewBox="0 0 ${width} ${height}" preserveAspectRatio="none" aria-hidden="true">
      <polyline points=${points.join(' ')} />
    </svg>`
}
