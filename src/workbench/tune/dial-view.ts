import { html, type TemplateResult } from 'lit'
import type { Format } from '../format.ts'
import type { DialText } from './dial-texts.ts'
import type { Dial } from './dials.ts'

/** Steps of a slider whose travel is a logarithm. */
const travel = 1000

export interface DialLook {
  readonly dial: Dial
  readonly text: DialText
  readonly value: number
  readonly compared: number
  readonly format: Format
  readonly turn: (value: number, settled: boolean) => void
}

/** A slider, its number, and what it does. A native range: the keyboard and screen readers know it. */
export function dialView({ dial, text, value, compared, format, turn }: DialLook): TemplateResult {
  const { name, from, to, step, logarithmic } = dial
  const [label, unit, help] = text
  const id = `dial-${name}`
  const read = (event: Event) => {
    const { valueAsNumber } = event.target as HTMLInputElement
    return logarithmic ? snap(from * (to / from) ** (valueAsNumber / travel), dial) : valueAsNumber
  }
  const place = (number: number) => (logarithmic ? (travel * Math.log(number / from)) / Math.log(to / from) : number)
  const words = `${format.setting(value)}${unit && ` ${unit}`}`
  const limits = logarithmic ? { min: 0, max: travel, step: 1 } : { min: from, max: to, step }
  return html` <div class="dial ${value === compared ? '' : 'changed'}">
    <label for=${id}>${label}</label>
    <output for=${id}>${words}</output>
    <input
      type="range"
      id=${id}
      min=${limits.min}
      max=${limits.max}
      step=${limits.step}
      .value=${String(place(value))}
      aria-valuetext=${words}
      aria-describedby="${id}-help"
      @input=${(event: Event) => turn(read(event), false)}
      @change=${(event: Event) => turn(read(event), true)}
    />
    <p class="dial-help" id="${id}-help">${help}</p>
  </div>`
}

/** A value in steps of the dial, three digits of it. */
function snap(value: number, { step, from, to }: Dial): number {
  const rounded = value < 10 ? Math.round(value / step) * step : Number(value.toPrecision(3))
  return Math.min(to, Math.max(from, Number(rounded.toFixed(3))))
}
