import type { TopK } from './scorer.ts'

/** The k best rows seen so far: a binary heap with the worst of them on top; of equal scores the higher row is worse. */
export class TopHeap {
  readonly #k: number
  readonly #rows: number[] = []
  readonly #scores: number[] = []

  constructor(k: number) {
    this.#k = k
  }

  /** The worst score held; -Infinity while there is room. */
  get threshold(): number {
    return this.#rows.length < this.#k ? -Infinity : this.#scores[0]!
  }

  offer(row: number, score: number): void {
    const size = this.#rows.length
    if (size < this.#k) {
      this.#rows.push(row)
      this.#scores.push(score)
      this.#rise(size)
    } else if (this.#worse(0, row, score)) {
      this.#rows[0] = row
      this.#scores[0] = score
      this.#sink()
    }
  }

  /** Best first. */
  sorted(): TopK {
    const order = this.#rows.map((_, i) => i)
    order.sort((a, b) => this.#scores[b]! - this.#scores[a]! || this.#rows[a]! - this.#rows[b]!)
    return {
      rows: Uint32Array.from(order, (i) => this.#rows[i]!),
      scores: Float64Array.from(order, (i) => this.#scores[i]!),
    }
  }

  #worse(at: number, row: number, score: number): boolean {
    const held = this.#scores[at]!
    return held < score || (held === score && this.#rows[at]! > row)
  }

  #swap(a: number, b: number): void {
    const row = this.#rows[a]!
    const score = this.#scores[a]!
    this.#rows[a] = this.#rows[b]!
    this.#scores[a] = this.#scores[b]!
    this.#rows[b] = row
    this.#scores[b] = score
  }

  #rise(at: number): void {
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (!this.#worse(at, this.#rows[parent]!, this.#scores[parent]!)) return
      this.#swap(at, parent)
      at = parent
    }
  }

  #sink(): void {
    const size = this.#rows.length
    for (let at = 0, child = 1; child < size; at = child, child = 2 * at + 1) {
      const right = child + 1
      if (right < size && this.#worse(right, this.#rows[child]!, this.#scores[child]!)) child = right
      if (!this.#worse(child, this.#rows[at]!, this.#scores[at]!)) return
      this.#swap(at, child)
    }
  }
}
