import type { EventRecord } from '../core/event.ts'
import type { Who, WhoChange } from '../protocol.ts'
import { createElement, createIcon } from '../shelf/create-element.ts'
import { plainText } from '../core/plain-text.ts'
import { formatWhen, safeTag } from './format-when.ts'
import { interestBars } from './interest-bars.ts'
import { interestsOf } from './interests.ts'
import type { Known } from './profile-state.ts'
import css from './profile.css?inline'
import { fillIn, type ProfileStrings } from './strings.ts'

export interface ProfileActions {
  remove(event: EventRecord): void
  pause(paused: boolean): void
  save(): void
  add(file: File): void
  erase(): void
  /** Changes who is here, and says so. */
  turnTo(change: WhoChange, said: string): void
}

export interface ProfileLook {
  readonly known: Known
  readonly strings: ProfileStrings
  readonly language: string
  readonly now: number
}

export interface ProfileView {
  show(look: ProfileLook): void
  /** Announces something, politely, and shows it. */
  say(text: string): void
}

/** A question before something that cannot be undone. */
interface Question {
  /** Of the button that asked. */
  readonly name: string
  readonly text: string
  readonly yes: string
  readonly action: () => void
}

const cross = 'M6 6l12 12M18 6L6 18'
/** Events that are listed at first, and with each "show more". */
const step = 20

let sheet: CSSStyleSheet | undefined

/** Draws what the device knows into the shadow root of `host`. */
export function createProfileView(host: HTMLElement, actions: ProfileActions): ProfileView {
  const root = host.attachShadow({ mode: 'open' })
  root.adoptedStyleSheets = [(sheet ??= createSheet())]
  const body = createElement('section', { class: 'profile', part: 'profile', 'aria-labelledby': 'head' })
  const status = createElement('p', { class: 'said', part: 'status', role: 'status' })
  const file = createElement('input', {
    type: 'file',
    accept: 'application/json,.json',
    tabindex: '-1',
    'aria-hidden': 'true',
  })
  file.hidden = true
  root.append(body, status, file)

  let look: ProfileLook | undefined
  let listed = step
  let asking: Question | undefined
  let naming = false
  let typed = ''

  function draw(): void {
    if (!look) return
    const { known, strings, language, now } = look
    const { events, paused } = known
    const { categories, brands } = interestsOf(events, known.cards, now)
    const count = new Intl.NumberFormat(safeTag(language)).format(events.length)
    const kept = fillIn(known.kept ? strings.kept : strings.memory, count)
    const focus = focusedName()
    body.replaceChildren(
      createElement('h2', { id: 'head', part: 'heading' }, strings.heading),
      createElement('p', { class: 'promise' }, strings.promise),
      createElement('p', {}, events.length > 0 ? kept : strings.nothing),
      ...(paused ? [createElement('p', { class: 'paused' }, strings.paused)] : []),
      ...(known.kept && known.who ? [...shoppers(known.who), ...gift(known.who)] : []),
      ...interestBars(strings.categories, categories, language),
      ...interestBars(strings.brands, brands, language),
      ...controls(events.length > 0, paused),
      ...history(events.slice(0, listed)),
    )
    if (focus) restoreFocus(focus)
  }

  /** Who shares the device; a customer who has signed in is alone. */
  function shoppers({ account, name: current = '', names }: Who): HTMLElement[] {
    const { strings } = look!
    if (account) return []
    const title = createElement('h3', { id: 'shoppers' }, strings.shoppers)
    if (naming) return [title, nameForm()]
    const all = ['', ...names].map((name) => {
      const label = name || strings.unnamed
      const made = button(`shopper ${name}`, plainText(label), () =>
        actions.turnTo({ name }, fillIn(strings.turned, plainText(label))),
      )
      made.setAttribute('aria-pressed', String(name === current))
      return made
    })
    const buttons = [
      ...all,
      button('another', strings.another, () => name(true)),
      ...(current ? [leaving(current)] : []),
    ]
    return [title, createElement('div', { class: 'buttons', role: 'group', 'aria-labelledby': 'shoppers' }, ...buttons)]
  }

  function leaving(current: string): HTMLButtonElement {
    const { strings } = look!
    const words = (template: string) => fillIn(template, plainText(current))
    return button('leave', words(strings.leave), () =>
      ask({
        name: 'leave',
        text: words(strings.leaving),
        yes: words(strings.leave),
        action: () => actions.turnTo({ forget: current }, words(strings.left)),
      }),
    )
  }

  /** A form in a shadow tree is the element's own: nothing is sent. */
  function nameForm(): HTMLElement {
    const { strings } = look!
    const input = createElement('input', { 'data-name': 'name', maxlength: '40', autocomplete: 'off', required: '' })
    input.value = typed
    input.addEventListener('input', () => (typed = input.value))
    const label = createElement('label', {}, strings.name, input)
    const add = createElement('button', { 'data-name': 'add', part: 'button' }, strings.add)
    const form = createElement(
      'form',
      { class: 'buttons' },
      label,
      add,
      button('cancel', strings.cancel, () => name(false)),
    )
    form.addEventListener('submit', (event) => {
      event.preventDefault()
      const chosen = typed.trim()
      if (!chosen) return
      name(false)
      actions.turnTo({ name: chosen }, fillIn(strings.turned, plainText(chosen)))
    })
    return form
  }

  function gift({ gift: on }: Who): HTMLElement[] {
    const { strings } = look!
    const made = button('gift', strings.gift, () => actions.turnTo({ gift: !on }, on ? strings.giftOff : ''))
    made.setAttribute('role', 'switch')
    made.setAttribute('aria-checked', String(on))
    made.className = 'switch'
    return [made, ...(on ? [createElement('p', { class: 'paused' }, strings.giftOn)] : [])]
  }

  function history(events: readonly EventRecord[]): HTMLElement[] {
    const { strings, known } = look!
    if (events.length === 0) return []
    const list = createElement('ul', { class: 'events', part: 'events', role: 'list' }, ...events.map(line))
    const more =
      known.events.length > events.length ? [button('more', strings.more, () => void ((listed += step), draw()))] : []
    return [createElement('h3', {}, strings.history), list, ...more]
  }

  function line(event: EventRecord): HTMLElement {
    const { strings, language } = look!
    const what = nameOf(event)
    const when = createElement(
      'time',
      { datetime: new Date(event.time).toISOString() },
      formatWhen(event.time, language),
    )
    const remove = button(`remove ${event.id}`, '', () => actions.remove(event))
    remove.className = 'remove'
    remove.setAttribute('aria-label', fillIn(strings.remove, what))
    remove.title = remove.ariaLabel!
    remove.append(createIcon(cross))
    return createElement(
      'li',
      {},
      createElement('bdi', { class: 'what' }, fillIn(strings[event.kind], what)),
      when,
      remove,
    )
  }

  function nameOf({ item, context }: EventRecord): string {
    const title = item === undefined ? context?.query : (look!.known.cards.get(item)?.title ?? item)
    return plainText(title ?? '') || look!.strings.something
  }

  function controls(some: boolean, paused: boolean): HTMLElement[] {
    const { strings } = look!
    if (asking) return [question(asking)]
    const all = [
      button('pause', paused ? strings.resume : strings.pause, () => actions.pause(!paused)),
      ...(some ? [button('export', strings.export, actions.save)] : []),
      button('import', strings.import, () => file.click()),
    ]
    if (some) {
      const erase = button('erase', strings.erase, () =>
        ask({ name: 'erase', text: strings.confirm, yes: strings.yes, action: actions.erase }),
      )
      erase.className = 'grave'
      all.push(erase)
    }
    return [createElement('div', { class: 'buttons' }, ...all)]
  }

  function question({ name, text, yes, action }: Question): HTMLElement {
    const sure = button('yes', yes, () => {
      ask(undefined, name)
      action()
    })
    sure.className = 'grave'
    const no = button('no', look!.strings.no, () => ask(undefined, name))
    const buttons = createElement('div', { class: 'buttons' }, sure, no)
    const about = createElement('p', { id: 'question' }, text)
    return createElement('div', { class: 'confirm', role: 'group', 'aria-labelledby': 'question' }, about, buttons)
  }

  /** The form takes the place of the buttons, and the focus with it. */
  function name(asked: boolean): void {
    naming = asked
    typed = ''
    draw()
    find(asked ? 'name' : 'another')?.focus()
  }

  /** The question takes the place of the buttons, and the focus with it: to the answer that changes nothing. */
  function ask(about: Question | undefined, back = ''): void {
    asking = about
    draw()
    find(about ? 'no' : back)?.focus()
  }

  function button(name: string, label: string, action: () => void): HTMLButtonElement {
    const made = createElement('button', { type: 'button', 'data-name': name, part: 'button' }, label)
    made.addEventListener('click', action)
    return made
  }

  const find = (name: string) => body.querySelector<HTMLElement>(`[data-name="${CSS.escape(name)}"]`)

  function focusedName(): { name: string; place: number } | undefined {
    const focused = root.activeElement as HTMLElement | null
    const name = focused?.dataset['name']
    return name === undefined
      ? undefined
      : { name, place: [...body.querySelectorAll('button')].indexOf(focused as HTMLButtonElement) }
  }

  /** Back to the same button, or to the one that took its place. */
  function restoreFocus({ name, place }: { name: string; place: number }): void {
    const buttons = [...body.querySelectorAll('button')]
    const target = find(name) ?? buttons[Math.min(place, buttons.length - 1)]
    target?.focus({ preventScroll: true })
  }

  body.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return
    if (asking) ask(undefined, asking.name)
    if (naming) name(false)
  })
  file.addEventListener('change', () => {
    const [chosen] = file.files ?? []
    file.value = ''
    if (chosen) actions.add(chosen)
  })

  return {
    show(next) {
      look = next
      draw()
    },
    say: (text) => void (status.textContent = text),
  }
}

function createSheet(): CSSStyleSheet {
  const made = new CSSStyleSheet()
  made.replaceSync(css)
  return made
}
