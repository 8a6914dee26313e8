import type { Bundle } from '../src/bundle/bundle.ts'
import { parseRules, readRules } from '../src/bundle/parse-rules.ts'
import { restock } from '../src/bundle/restock.ts'
import type { Rule } from '../src/core/rule.ts'
import type { StockChanges } from '../src/core/stock.ts'
import { withPrices } from '../src/pipeline/with-prices.ts'
import { applyRules } from '../src/pipeline/rules/apply-rules.ts'
import type { ShopRules } from '../src/pipeline/rules/shelf-rules.ts'
import { codeOf } from '../src/errors.ts'
import type { Status } from '../src/protocol.ts'
import { parseNews } from './parse-late.ts'

/** Files of the bundle that change in place. */
export interface ChangingFiles {
  readonly availability?: Uint8Array | undefined
  readonly rules?: Uint8Array | undefined
}

/** What the shop says beside its bundle: rules and stock, of the bundle's files and of the page. */
export class ShopDesk {
  rules: ShopRules
  /** Rises with everything that is said. */
  revision = 0
  problem: Status['problem']
  #bundle: Bundle | undefined
  #files: ChangingFiles
  #fileRules: readonly Rule[] = []
  #pageRules: readonly Rule[] = []
  #changes: StockChanges = {}

  constructor(availability?: Uint8Array, bundle?: Bundle) {
    this.#files = { availability }
    this.rules = this.#rulesOf([])
    this.#bundle = bundle
  }

  /** Reads the rules of these files; of broken ones `problem` tells, and the old ones go on. */
  read(files: ChangingFiles): void {
    this.#files = files
    this.problem = undefined
    try {
      if (files.rules) this.#fileRules = readRules(files.rules)
    } catch (error) {
      this.problem = { code: codeOf(error, 'rules-malformed'), message: String(error) }
    }
  }

  /** Rules and stock hold for this bundle from now on. */
  serve(bundle: Bundle): void {
    this.#bundle = bundle
    this.#apply()
  }

  /** Takes over what the page says; throws a coded error and changes nothing where it is malformed. */
  tell(input: unknown): void {
    const { rules, stock } = parseNews(input)
    if (rules !== undefined) this.#pageRules = parseRules(rules)
    this.#changes = { ...this.#changes, ...stock }
    this.#apply()
    this.revision++
  }

  /** Rules are made ready again after every change of stock: which rows they are about may rest on it. */
  #apply(): void {
    if (this.#bundle) restock(this.#bundle, { ...this.#files, changes: this.#changes })
    this.rules = this.#rulesOf([...this.#fileRules, ...this.#pageRules])
  }

  #rulesOf(rules: readonly Rule[]): ShopRules {
    return withPrices(rules.length > 0 ? applyRules(rules) : undefined, () => this.revision)
  }
}
