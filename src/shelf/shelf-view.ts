import type { ItemId } from '../core/event.ts'
import type { ShelfItem } from '../core/shelf.ts'
import { nextCard } from './arrow-keys.ts'
import { fillCard } from './card.ts'
import { createBlanks, createFrame } from './create-frame.ts'
import { createKeyedList } from './keyed-list.ts'
import { layOut } from './layout.ts'
import type { Layout } from './layout.ts'
import type { RenderCard } from './own-card.ts'
import css from './shelf.css?inline'
import type { Strings } from './strings.ts'

/** What a shelf shows. */
export interface Look {
  /** Empty while the shop's HTML stands. */
  readonly items: readonly ShelfItem[]
  /** Whether the first answer is still to come. */
  readonly waiting: boolean
  /** Cards that were asked for. */
  readonly limit: number
  readonly heading: string
  readonly strings: Strings
  readonly language: string
  /** The shop's own card, in place of the built-in one. */
  readonly render?: RenderCard | undefined
}

export interface ShelfActions {
  select(item: ShelfItem, position: number): void
  dismiss(item: ShelfItem, position: number): void
}

export interface ShelfView {
  show(look: Look): void
  /** Announces something, politely. */
  say(text: string): void
  /** Hides the reasons that are shown, if any. */
  closeReasons(): void
  /** Whether the keyboard is in the shelf. */
  hasFocus(): boolean
  /** The elements of the cards that are shown, in their order. */
  cards(): Element[]
  /** Follows changes of the shelf's width; returns its undo. */
  observe(): () => void
}

/** HTML of the shop that is lower than this, in CSS pixels, does not set the height of the cards that replace it. */
const leastHeight = 200

let sheet: CSSStyleSheet | undefined

/** Draws a shelf into the shadow root of `host`. The space that it takes is that of the shop's HTML, or of blank cards. */
export function createShelfView(host: HTMLElement, actions: ShelfActions): ShelfView {
  const root = host.attachShadow({ mode: 'open' })
  root.adoptedStyleSheets = [(sheet ??= createSheet())]
  const { frame, slot, blanks, shelf, heading, list, status } = createFrame()
  root.append(frame)

  let look: Look = { items: [], waiting: true, limit: 0, heading: '', strings: {} as Strings, language: '' }
  let layout: Layout = { rows: 1, columns: 1 }
  /** The item whose reasons are shown. */
  let open: ItemId | undefined
  /** Decided when the first cards come: what keeps the space. */
  let spacer: HTMLElement | undefined
  let blankCount = 0
  /** What the layout was made for. */
  let fitted = ''

  /** The shop's cards: in the light tree, where the shop's styles reach them. */
  const ownCards = new Map<ItemId, Element>()

  function putOwn(item: ShelfItem): string {
    const made = look.render!(item)
    made.slot = `card-${item.card.id}`
    ownCards.get(item.card.id)?.remove()
    ownCards.set(item.card.id, made)
    host.append(made)
    return made.slot
  }

  const cards = createKeyedList<ShelfItem>(list, {
    key: ({ card }) => card.id,
    fill: (element, item) => {
      const { strings, language, render } = look
      fillCard(element, item, { open: item.card.id === open, strings, language, own: render && putOwn })
    },
    drop: (id) => ownCards.get(id)?.remove(),
    animate: () => matchMedia('(prefers-reduced-motion: no-preference)').matches,
  })

  function show(next: Look): void {
    const focus = readFocus()
    look = next
    const ready = next.items.length > 0
    const hasOwn = slot.assignedNodes().some(isContent)
    if (ready) spacer ??= hasOwn && slot.offsetHeight >= leastHeight ? slot : blanks
    const slotted = ready ? spacer === slot : hasOwn
    blankCount = slotted ? 0 : countBlanks()
    slot.hidden = !slotted
    slot.inert = ready
    shelf.hidden = !ready
    blanks.hidden = blankCount === 0
    frame.classList.toggle('ready', ready)
    frame.classList.toggle('own', ready && !slotted && next.render !== undefined)
    frame.classList.toggle('blank', !ready && !next.waiting && !hasOwn)
    if (blanks.querySelectorAll('.card').length !== blankCount) blanks.replaceChildren(...createBlanks(blankCount))
    heading.textContent = next.heading
    // The answer changes the layout only with what keeps the space: measuring at every answer would be a layout each.
    const basis = `${ready && slotted} ${next.limit}`
    if (basis !== fitted) fit()
    fitted = basis
    cards.update(next.items)
    if (focus) restoreFocus(focus)
  }

  /** Blank cards for what was asked for; for what came, as soon as nothing in view would move. */
  function countBlanks(): number {
    if (look.waiting) return look.limit
    const { bottom } = frame.getBoundingClientRect()
    return bottom > 0 && bottom < innerHeight ? Math.max(blankCount, look.items.length) : look.items.length
  }

  function fit(): void {
    const { fontSize, rowGap } = getComputedStyle(list)
    const em = parseFloat(fontSize)
    // A height that the page has set aside, so that nothing moves when the script comes after the first paint.
    const reserved = parseFloat(getComputedStyle(host).minHeight) || 0
    const fixed = reserved >= leastHeight && spacer !== slot
    frame.classList.toggle('fixed', fixed)
    frame.style.blockSize = fixed ? `${reserved}px` : ''
    const height = fixed ? reserved : spacer === slot && look.items.length > 0 ? slot.offsetHeight : undefined
    const [head, foot] = [2.4 * em, 32]
    layout = layOut({
      width: frame.clientWidth,
      ...(height !== undefined && { height: height - head }),
      // Not what came: cards must not change their size with their number.
      count: Math.max(1, look.limit),
      gap: parseFloat(rowGap) || 0,
      text: 3.1 * em + foot,
      least: 8.75 * em,
      wanted: 12.5 * em,
    })
    frame.classList.toggle('scrolls', layout.card !== undefined)
    frame.style.setProperty('--rows', `${layout.rows}`)
    frame.style.setProperty('--columns', `${layout.columns}`)
    frame.style.setProperty('--card', `${layout.card ?? 0}px`)
  }

  /** The shop's own cards stand in slots. */
  function locate(node: EventTarget | null): number {
    const own = [...ownCards].find(([, card]) => node instanceof Node && card.contains(node))
    const id = own?.[0] ?? cards.keyAt(node)
    return id === undefined ? -1 : look.items.findIndex(({ card }) => card.id === id)
  }

  function linkAt(position: number): HTMLElement | null | undefined {
    const own = ownCards.get(look.items[position]?.card.id ?? '')
    const place = own ?? list.children[position]
    const link = place?.querySelector<HTMLElement>('a[href],button') ?? (own as HTMLElement | undefined)
    return own ? link : place?.querySelector<HTMLElement>('.link')
  }

  const focused = () => root.activeElement ?? (host.contains(document.activeElement) ? document.activeElement : null)

  function readFocus() {
    const position = locate(focused())
    return position < 0 ? undefined : { position, element: focused() as HTMLElement }
  }

  /** Back to where the focus was; where its card has left, to the card that took its place. */
  function restoreFocus({ position, element }: { position: number; element: HTMLElement }): void {
    const target = element.isConnected ? element : linkAt(Math.min(position, look.items.length - 1))
    if (target !== focused()) target?.focus({ preventScroll: true })
  }

  /** The focus follows: to the button that hides the reasons, and back to the one that showed them. */
  function explain(id: ItemId | undefined): void {
    const at = list.children[look.items.findIndex(({ card }) => card.id === (id ?? open))]
    open = id
    show(look)
    at?.querySelector<HTMLElement>(id === undefined ? '.why' : '.panel button')?.focus({ preventScroll: true })
  }

  function onClick({ type, target }: Event): void {
    const position = locate(target)
    const item = look.items[position]
    if (!item) return
    const button = (target as Element).closest('button')
    if (!root.contains(target as Node) || !button) {
      if ((target as Element).closest('a[href]')) actions.select(item, position)
    } else if (type === 'click') {
      if (button.matches('.dismiss')) actions.dismiss(item, position)
      else explain(open === item.card.id ? undefined : item.card.id)
    }
  }

  function onKey(event: KeyboardEvent): void {
    const position = locate(event.target)
    if (position < 0 || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
    if (event.key === 'Escape' && open !== undefined) return explain(undefined)
    const { rows, columns, card } = layout
    const next = nextCard(event.key, position, {
      count: look.items.length,
      along: card === undefined ? 1 : rows,
      below: rows === 1 ? 0 : card === undefined ? columns : 1,
      rtl: getComputedStyle(list).direction === 'rtl',
    })
    if (next === undefined) return
    event.preventDefault()
    linkAt(next)?.focus()
  }

  /** Tab stops at every link, and at the buttons of the card that has the focus. */
  function onFocus({ target }: Event): void {
    const at = locate(target)
    for (const button of list.querySelectorAll<HTMLElement>('.why, .dismiss')) {
      button.tabIndex = locate(button) === at ? 0 : -1
    }
  }

  root.addEventListener('focusin', onFocus)
  root.addEventListener('click', onClick)
  root.addEventListener('auxclick', onClick)
  root.addEventListener('keydown', (event) => onKey(event as KeyboardEvent))
  root.addEventListener('slotchange', () => show(look))
  // A picture that does not load leaves the tinted frame.
  root.addEventListener('error', ({ target }) => target instanceof HTMLImageElement && (target.hidden = true), true)

  return {
    show,
    say: (text) => void (status.textContent = text),
    closeReasons() {
      if (open === undefined) return
      open = undefined
      show(look)
    },
    cards: () => [...list.children].flatMap((place) => place.firstElementChild ?? []),
    hasFocus: () => focused() !== null,
    observe() {
      const observer = new ResizeObserver(fit)
      observer.observe(frame)
      return () => observer.disconnect()
    },
  }
}

/** Not the template of the shop's cards. */
function isContent(node: Node): boolean {
  return node instanceof Element ? !(node instanceof HTMLTemplateElement) : Boolean(node.textContent?.trim())
}

function createSheet(): CSSStyleSheet {
  const made = new CSSStyleSheet()
  made.replaceSync(css)
  return made
}
