import KDBush from 'kdbush'
import type { ItemMap as Points, Mind, Point } from '../../lab/lab-api.ts'
import { drawCloud, margin } from './draw-cloud.ts'
import { placeLabels, type Box } from './place-labels.ts'

export interface MapLook {
  readonly points: Points
  readonly at: Mind['at']
  /** Rows of the shopper's list. */
  readonly listed: readonly number[]
  readonly pointed: number | undefined
  readonly labels: { readonly session: string; readonly profile: string; readonly query: string }
}

/** Pixels within which a point is meant. */
const reach = 12

/**
 * The catalogue on a canvas: all points are written into one picture once, which is kept until the size or the theme
 * changes; the shopper, the list and what is pointed at are drawn over it.
 */
export class ItemMap extends HTMLElement {
  /** Milliseconds that each part took last: the index for pointing, all points, and the whole drawing. */
  readonly times = { index: 0, cloud: 0, draw: 0 }
  readonly #canvas = document.createElement('canvas')
  readonly #cloud = document.createElement('canvas')
  #index: { readonly points: Points; readonly tree: KDBush } | undefined
  #look: MapLook | undefined
  #drawn = ''
  #observer: ResizeObserver | undefined

  connectedCallback(): void {
    if (!this.#canvas.isConnected) this.append(this.#canvas)
    this.#observer = new ResizeObserver(() => this.#draw())
    this.#observer.observe(this)
    this.addEventListener('pointermove', this.#onMove)
    this.addEventListener('pointerleave', this.#onLeave)
    this.addEventListener('keydown', this.#onKey)
  }

  disconnectedCallback(): void {
    this.#observer?.disconnect()
    this.removeEventListener('pointermove', this.#onMove)
    this.removeEventListener('pointerleave', this.#onLeave)
    this.removeEventListener('keydown', this.#onKey)
  }

  show(look: MapLook): void {
    this.#look = look
    if (this.#index?.points !== look.points) {
      const start = performance.now()
      const tree = new KDBush(look.points.x.length, 64, Float32Array)
      for (let row = 0; row < look.points.x.length; row++) tree.add(look.points.x[row]!, look.points.y[row]!)
      this.#index = { points: look.points, tree: tree.finish() }
      this.times.index = performance.now() - start
      this.#drawn = ''
    }
    this.#draw()
  }

  #draw(): void {
    const look = this.#look
    const { clientWidth: width, clientHeight: height } = this
    if (!look || width === 0 || height === 0) return
    const start = performance.now()
    const scale = Math.min(2, devicePixelRatio)
    const style = getComputedStyle(this)
    const basis = `${width} ${height} ${scale} ${style.color}`
    if (basis !== this.#drawn) {
      for (const canvas of [this.#canvas, this.#cloud]) {
        canvas.width = width * scale
        canvas.height = height * scale
      }
      drawCloud(this.#cloud, look.points, isDark(style.color))
      this.times.cloud = performance.now() - start
      this.#drawn = basis
    }
    const context = this.#canvas.getContext('2d')!
    context.clearRect(0, 0, this.#canvas.width, this.#canvas.height)
    context.drawImage(this.#cloud, 0, 0)
    context.setTransform(scale, 0, 0, scale, 0, 0)
    const { listed, pointed, at, points, labels } = look
    context.strokeStyle = style.color
    context.lineWidth = 1.5
    for (const row of listed) ring(context, this.#pixel([points.x[row]!, points.y[row]!]), 5)
    if (pointed !== undefined) {
      context.lineWidth = 3
      ring(context, this.#pixel([points.x[pointed]!, points.y[pointed]!]), 8)
    }
    context.font = `600 12px ${style.fontFamily}`
    const marks = (['query', 'session', 'profile'] as const).flatMap((name) => {
      const point = at[name]
      return point
        ? [{ text: labels[name], at: this.#pixel(point), width: context.measureText(labels[name]).width }]
        : []
    })
    drawMarks(context, { marks, boxes: placeLabels(marks, { width, height }), style })
    context.setTransform(1, 0, 0, 1, 0, 0)
    this.times.draw = performance.now() - start
  }

  #pixel([x, y]: Point): Point {
    return [
      margin + ((x + 1) / 2) * (this.clientWidth - 2 * margin),
      margin + ((1 - y) / 2) * (this.clientHeight - 2 * margin),
    ]
  }

  readonly #onMove = ({ clientX, clientY }: PointerEvent): void => {
    const box = this.getBoundingClientRect()
    const [width, height] = [box.width - 2 * margin, box.height - 2 * margin]
    const x = ((clientX - box.left - margin) / width) * 2 - 1
    const y = 1 - ((clientY - box.top - margin) / height) * 2
    this.#tell(this.#nearest([x, y], [(2 * reach) / width, (2 * reach) / height]))
  }

  readonly #onLeave = (): void => this.#tell(undefined)

  /** The arrow keys go through the shopper's list. */
  readonly #onKey = (event: KeyboardEvent): void => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key]
    const { listed = [], pointed } = this.#look ?? {}
    if (!step || listed.length === 0) return
    event.preventDefault()
    const now = pointed === undefined ? (step > 0 ? -1 : 0) : listed.indexOf(pointed)
    this.#tell(listed[(now + step + listed.length) % listed.length])
  }

  #nearest([x, y]: Point, [across, down]: readonly [number, number]): number | undefined {
    const { points, tree } = this.#index ?? {}
    if (!points || !tree) return undefined
    const distance = (row: number) => ((points.x[row]! - x) / across) ** 2 + ((points.y[row]! - y) / down) ** 2
    let best: number | undefined
    for (const row of tree.range(x - across, y - down, x + across, y + down)) {
      if (best === undefined || distance(row) < distance(best)) best = row
    }
    return best
  }

  #tell(row: number | undefined): void {
    if (row !== this.#look?.pointed) this.dispatchEvent(new CustomEvent('point', { detail: row }))
  }
}

function ring(context: CanvasRenderingContext2D, [x, y]: Point, radius: number): void {
  context.beginPath()
  context.arc(x, y, radius, 0, 2 * Math.PI)
  context.stroke()
}

interface Marks {
  readonly marks: readonly { readonly text: string; readonly at: Point }[]
  /** Where each word goes. */
  readonly boxes: readonly Box[]
  readonly style: CSSStyleDeclaration
}

/** Dots with a word near each, both in a rim that sets them apart from the points. */
function drawMarks(context: CanvasRenderingContext2D, { marks, boxes, style }: Marks): void {
  context.save()
  context.fillStyle = style.color
  context.strokeStyle = style.backgroundColor
  context.lineWidth = 4
  context.lineJoin = 'round'
  context.textBaseline = 'middle'
  context.textAlign = 'left'
  for (const { at } of marks) {
    ring(context, at, 5)
    context.fill()
  }
  for (const [place, { text }] of marks.entries()) {
    const { left, top, bottom } = boxes[place]!
    context.strokeText(text, left, (top + bottom) / 2)
    context.fillText(text, left, (top + bottom) / 2)
  }
  context.restore()
}

function isDark(ink: string): boolean {
  return Number(/\d+/.exec(ink)?.[0]) > 128
}
