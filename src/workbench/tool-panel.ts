import { render, type TemplateResult } from 'lit'
import type { Store } from './store.ts'
import type { Bench } from './view.ts'

/** A view of the panel with a state of its own. */
export interface Tool {
  readonly store: Pick<Store<object>, 'subscribe'>
  /** The view is on screen; called each time it comes there. */
  start(): void
  view(bench: Bench): TemplateResult
  /** After each drawing: what is drawn by other means than templates. */
  drawn?(root: HTMLElement, bench: Bench): void
}

/** Draws a tool into its own root: what changes there leaves the rest of the page alone. */
export class ToolPanel extends HTMLElement {
  #tool: Tool | undefined
  #bench: Bench | undefined
  #stop: (() => void) | undefined
  #drawing = 0

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
    this.#tool.start()
    this.#schedule()
  }

  disconnectedCallback(): void {
    this.#stop?.()
    this.#stop = undefined
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
  }
}
