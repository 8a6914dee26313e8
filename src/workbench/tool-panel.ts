import { render, type TemplateResult } from 'lit'
import type { Store } from './store.ts'
import type { Bench } from './view.ts'

/** A view of the panel with a state of its own. */
export interface Tool {
  readonly store: Pick<Store<object>, 'subscribe'>
  /** The view is on screen; called each time it comes there. */
  start(): void
  /** Something could not be fetched: `start` is called again after a while, and as soon as the browser is online. */
  isAway?(): boolean
  view(bench: Bench): TemplateResult
  /** After each drawing: what is drawn by other means than templates. */
  drawn?(root: HTMLElement, bench: Bench): void
}

const firstPauseMs = 1000
const longestPauseMs = 30_000

/** Draws a tool into its own root: what changes there leaves the rest of the page alone. */
export class ToolPanel extends HTMLElement {
  #tool: Tool | undefined
  #bench: Bench | undefined
  #stop: (() => void) | undefined
  #drawing = 0
  #trying = 0
  #pauseMs = firstPauseMs

  set tool(tool: Tool) {
    if (tool === this.#tool) return
    this.disconnectedCallback()
    this.#tool = tool
    if (this.isConnected) this.connectedCallback()
  }

  /** Set by every drawing of the page: words, language and the shopper may have changed. */
  set bench(bench: Bench) {
    this.#bench = bench
    this.#schedule()
  }

  connectedCallback(): void {
    if (!this.#tool) return
    this.#stop ??= this.#tool.store.subscribe(() => this.#schedule())
    window.addEventListener('online', this.#onOnline)
    this.#tool.start()
    this.#schedule()
  }

  disconnectedCallback(): void {
    window.removeEventListener('online', this.#onOnline)
    this.#rest()
    this.#stop?.()
    this.#stop = undefined
  }

  #onOnline = (): void => {
    this.#rest()
    if (this.#tool?.isAway?.()) this.#tool.start()
    this.#schedule()
  }

  #rest(): void {
    clearTimeout(this.#trying)
    this.#trying = 0
    this.#pauseMs = firstPauseMs
  }

  /** The browser may say that it is online before anything can be fetched, or not say it at all: what is away is tried again. */
  #tryAgain(): void {
    if (!this.#tool?.isAway?.()) return this.#rest()
    this.#trying ||= window.setTimeout(() => {
      this.#trying = 0
      this.#pauseMs = Math.min(2 * this.#pauseMs, longestPauseMs)
      this.#tool?.start()
      this.#schedule()
    }, this.#pauseMs)
  }

  /** At most once a frame. */
  #schedule(): void {
    if (this.#drawing) return
    this.#drawing = requestAnimationFrame(() => {
      this.#drawing = 0
      this.#draw()
    })
  }

  #draw(): void {
    if (!this.#bench || !this.#tool || !this.isConnected) return
    render(this.#tool.view(this.#bench), this)
    this.#tool.drawn?.(this, this.#bench)
    this.#tryAgain()
  }
}
