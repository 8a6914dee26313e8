import type { ItemId, Recommender, Rule } from '../../index.ts'
import type { LabSession } from '../lab-session.ts'
import { oneAtATime } from '../one-at-a-time.ts'
import { problemOf } from '../problem-of.ts'
import { createStore, type Store } from '../store.ts'
import { keepRules, loadRules } from './kept-rules.ts'
import { fieldsOf, ruleOf, type RuleDraft, type RuleFields } from './rule-fields.ts'
import { emptyRulesState, type RulesState } from './rules-state.ts'

/** Rows of each list of the preview. */
export const rulesLimit = 12

export interface RulesModel {
  readonly store: Store<RulesState>
  start(): void
  /** Opens the form of a rule, or closes it. */
  edit(index: number | undefined): void
  write(fields: RuleFields): void
  add(name: string): void
  remove(index: number): void
  /** Moves a rule before its neighbour: of two wishes for one place, the first has it. */
  raise(index: number): void
  /** Keeps a text that is still being written, which no redraw may take away. */
  draft(text: string): void
  /** Takes all rules from a text: a list, or a file that holds one. */
  read(text: string): void
  search(text: string): void
  /** Adds an item to the rule whose form is open. */
  include(item: ItemId): void
  look(change: Partial<Pick<RulesState, 'placement' | 'visitor' | 'at' | 'category'>>): void
  /** Has the shop on the left use them, or the bundle's own alone. */
  use(used: boolean): void
}

export interface RulesOptions {
  readonly session: LabSession
  readonly recommender: Promise<Recommender>
  /** Address of the bundle's manifest. */
  readonly bundle: string
  /** The item that a preview of an item's page is about. */
  readonly pageItem: () => ItemId | undefined
}

/** The shop's rules, edited and tried before they are published. */
export function createRulesModel({ session, recommender, bundle, pageItem }: RulesOptions): RulesModel {
  const store = createStore(emptyRulesState)
  let started = false

  const preview = oneAtATime(async () => {
    const { rules, placement, visitor, at, category } = store.state
    if (!rules) return
    const moment = at === '' ? Date.now() : new Date(at).getTime()
    try {
      const request = {
        rules,
        placement,
        visitor,
        category: category.trim() || undefined,
        item: placement === 'similar' || placement === 'bought-together' ? pageItem() : undefined,
        at: Number.isNaN(moment) ? Date.now() : moment,
        limit: rulesLimit,
      }
      store.set({ preview: await session.ask((lab) => lab.previewRules(request)), malformed: undefined })
      if (store.state.used) await serve()
    } catch (error) {
      store.set({ malformed: problemOf(error) })
    }
  })

  /** The page's rules stand beside those of the file: what the file has already is not said twice. */
  async function serve(): Promise<void> {
    const { rules = [], filed, used } = store.state
    const told = new Set(filed.map((rule) => JSON.stringify(rule)))
    // The lab has checked them.
    const own = used ? (rules.filter((rule) => !told.has(JSON.stringify(rule))) as unknown as readonly Rule[]) : []
    await (await recommender).rules(own)
    await session.keep('rules', (lab) => lab.useRules([...filed, ...own]))
  }

  function set(rules: readonly RuleDraft[], change: Partial<RulesState> = {}): void {
    keepRules(bundle, rules)
    store.set({ rules, text: undefined, ...change })
    if (store.state.used && !isAddition(store.state)) model.use(false)
    void preview()
  }

  async function open(): Promise<void> {
    const { rules: filed, categories, brands } = await session.shop()
    const named = (names: readonly string[]) => names.filter((name) => name !== '')
    const rules = loadRules(bundle) ?? filed.map((rule) => ({ ...rule }))
    store.set({ filed, rules, problem: undefined, categories: named(categories), brands: named(brands) })
    await preview()
  }

  async function find(text: string): Promise<void> {
    store.set({ search: text })
    const found = text.trim() === '' ? [] : await session.ask((lab) => lab.find(text))
    if (store.state.search === text) store.set({ found })
  }

  const tell = (error: unknown) => store.set({ problem: problemOf(error) })
  const model: RulesModel = {
    store,
    start() {
      if (store.state.rules) return void preview()
      if (!started) session.watch(() => void preview())
      started = true
      void open().catch(tell)
    },
    edit(index) {
      const rule = index === undefined ? undefined : store.state.rules?.[index]
      store.set({ editing: rule && index, fields: rule && fieldsOf(rule), search: '', found: [] })
    },
    write(fields) {
      const { rules = [], editing } = store.state
      if (editing === undefined) return
      set(
        rules.map((rule, at) => (at === editing ? ruleOf(fields, rule) : rule)),
        { fields },
      )
    },
    add(name) {
      const { rules = [], categories } = store.state
      const taken = new Set(rules.map((rule) => rule['name']))
      let free = name
      for (let count = 2; taken.has(free); count++) free = `${name} ${count}`
      const [department = ''] = categories[0]?.split(' > ') ?? []
      set([...rules, { name: free, boost: department ? { category: department } : { maxPrice: 50 }, by: 0.1 }])
      model.edit(rules.length)
    },
    remove(index) {
      const { rules = [] } = store.state
      model.edit(undefined)
      set(rules.filter((_, at) => at !== index))
    },
    raise(index) {
      const { rules = [] } = store.state
      if (index < 1) return
      model.edit(undefined)
      set([...rules.slice(0, index - 1), rules[index]!, rules[index - 1]!, ...rules.slice(index + 1)])
    },
    draft: (text) => store.set({ text }),
    read(text) {
      const list = listIn(text)
      model.edit(undefined)
      if (list) set(list)
      else store.set({ text, malformed: { code: 'rules-malformed', message: 'JSON' } })
    },
    search: (text) => void find(text).catch(tell),
    include(item) {
      const { fields } = store.state
      if (fields) model.write({ ...fields, items: [fields.items.trimEnd(), item].filter(Boolean).join('\n') })
      store.set({ search: '', found: [] })
    },
    look(change) {
      store.set(change)
      void preview()
    },
    use(used) {
      store.set({ used })
      void serve().catch(tell)
    },
  }
  return model
}

/** Whether these rules can be tried in the shop: a page adds to those of the bundle's file, and takes none away. */
export function isAddition({ rules = [], filed }: RulesState): boolean {
  const kept = new Set(rules.map((rule) => JSON.stringify(rule)))
  return filed.every((rule) => kept.has(JSON.stringify(rule)))
}

/** The file that a bundle carries, and that the command takes. */
export function rulesFile(rules: readonly RuleDraft[]): string {
  return `${JSON.stringify({ format: 'windowshop-rules/1', rules }, null, 2)}\n`
}

/** The rules in a text, a bare list or a file's; undefined where there are none. */
function listIn(text: string): readonly RuleDraft[] | undefined {
  try {
    const value: unknown = JSON.parse(text)
    const list: unknown = Array.isArray(value) ? value : (value as { rules?: unknown } | null)?.rules
    return Array.isArray(list) ? list.filter((rule) => typeof rule === 'object' && rule !== null) : undefined
  } catch {
    return undefined
  }
}
