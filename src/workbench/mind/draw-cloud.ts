import type { ItemMap as Points } from '../../lab/lab-api.ts'

/** CSS pixels between the outermost points and the picture's edge. */
export const margin = 14

/** Hues of departments: as far apart as they can be, whatever their number. */
export function departmentHue(department: number): number {
  return (department * 137.5 + 150) % 360
}

/** Writes every point into the picture's own bytes: a hundred thousand of them take a few milliseconds. */
export function drawCloud(canvas: HTMLCanvasElement, { x, y, department }: Points, dark: boolean): void {
  const context = canvas.getContext('2d')!
  const { width, height } = canvas
  const picture = context.createImageData(width, height)
  const { data } = picture
  const size = x.length > 20_000 ? 1 : Math.max(2, Math.round(width / 220))
  const edge = margin * Math.min(2, devicePixelRatio)
  const colours = Array.from({ length: 256 }, (_, each) => rgb(departmentHue(each), dark ? 0.66 : 0.42))
  for (let row = 0; row < x.length; row++) {
    const left = Math.round(edge + ((x[row]! + 1) / 2) * (width - 2 * edge))
    const top = Math.round(edge + ((1 - y[row]!) / 2) * (height - 2 * edge))
    const [red, green, blue] = colours[department[row]!]!
    for (let dy = 0; dy < size; dy++) {
      for (let dx = 0; dx < size; dx++) {
        const at = 4 * ((top + dy) * width + left + dx)
        data[at] = red
        data[at + 1] = green
        data[at + 2] = blue
        // Where many lie, it is denser.
        data[at + 3] = Math.min(255, data[at + 3]! + 110)
      }
    }
  }
  context.putImageData(picture, 0, 0)
}

/** HSL with a saturation of a half. */
function rgb(hue: number, lightness: number): [number, number, number] {
  const chroma = 0.5 * Math.min(lightness, 1 - lightness)
  const channel = (n: number) => {
    const k = (n + hue / 30) % 12
    return Math.round(255 * (lightness - chroma * Math.max(-1, Math.min(k - 3, 9 - k, 1))))
  }
  return [channel(0), channel(8), channel(4)]
}
