/** The few shapes that the pictures are built from, as SVG text. Numbers are user units on a canvas of 400 x 400. */

export function path(d: string, fill: string, opacity = 1): string {
  return `<path d="${d}" fill="${fill}"${opacity < 1 ? ` opacity="${opacity}"` : ''}/>`
}

export function line(d: string, stroke: string, width: number): string {
  return `<path d="${d}" fill="none" stroke="${stroke}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round"/>`
}

export function rect(
  [x, y, width, height]: readonly [number, number, number, number],
  fill: string,
  round = 0,
): string {
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}"${round ? ` rx="${round}"` : ''} fill="${fill}"/>`
}

export function ellipse([x, y, rx, ry]: readonly [number, number, number, number], fill: string, opacity = 1): string {
  return `<ellipse cx="${x}" cy="${y}" rx="${rx}" ry="${ry}" fill="${fill}"${opacity < 1 ? ` opacity="${opacity}"` : ''}/>`
}

export function circle([x, y, r]: readonly [number, number, number], fill: string, opacity = 1): string {
  return `<circle cx="${x}" cy="${y}" r="${r}" fill="${fill}"${opacity < 1 ? ` opacity="${opacity}"` : ''}/>`
}

/** A part of the object in its own shadow. */
export function shade(d: string, opacity = 0.16): string {
  return path(d, '#131a2a', opacity)
}

/** A part of the object in the light. */
export function shine(d: string, opacity = 0.28): string {
  return path(d, '#fff', opacity)
}

/** The shadow of an object that stands on the floor, by half its width. */
export function floor(half: number): string {
  return ellipse([204, 321, half, Math.max(7, half / 11)], '#131a2a', 0.16)
}

export function turn(degrees: number, shapes: string): string {
  return `<g transform="rotate(${degrees} 200 200)">${shapes}</g>`
}

/** The same shapes mirrored left to right, beside themselves. */
export function mirrored(shapes: string): string {
  return `${shapes}<g transform="matrix(-1 0 0 1 400 0)">${shapes}</g>`
}

/** A colour `share` of the way from one to another, each as #rrggbb. */
export function mix(from: string, to: string, share: number): string {
  const channel = (at: number) => {
    const a = parseInt(from.slice(at, at + 2), 16)
    const b = parseInt(to.slice(at, at + 2), 16)
    return Math.round(a + (b - a) * share)
      .toString(16)
      .padStart(2, '0')
  }
  return `#${channel(1)}${channel(3)}${channel(5)}`
}

export const wood = '#c39a6b'
export const woodDark = '#8d6542'
export const metal = '#b9c1c7'
export const metalDark = '#79848d'
export const cream = '#f6efe0'
export const night = '#2b3340'
export const leaf = '#6f9468'
export const leafDark = '#4d7350'
export const glow = '#ffdf8e'
