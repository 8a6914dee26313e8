import { render } from 'lit'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Actions } from '../../../src/workbench/actions.ts'
import { createFormat } from '../../../src/workbench/format.ts'
import { parseOptions } from '../../../src/workbench/options.ts'
import { panel } from '../../../src/workbench/panel/panel.ts'
import { initialState, type State } from '../../../src/workbench/state.ts'
import { texts } from '../../../src/workbench/texts.ts'
import type { Tools } from '../../../src/workbench/view.ts'

type Item = State['forYou'][number]
type Logged = State['events'][number]

const card = (id: string, title = `Item ${id}`) => ({ id, title, url: `#/item/${id}`, currency: 'EUR' })
const item = (id: string, reasons: Item['reasons'] = []): Item => ({ card: card(id), score: 1, reasons, moved: [] })
const logged = (id: string, kind: Logged['kind'], rest: Partial<Logged> = {}): Logged => ({
  id,
  kind,
  seq: 1,
  profile: 'p',
  time: Date.now(),
  ...rest,
})

let root: HTMLElement
const tools = {} as Tools
let actions: { [name in keyof Actions]: ReturnType<typeof vi.fn> }

beforeEach(() => {
  root = document.body.appendChild(document.createElement('div'))
  actions = new Proxy({} as typeof actions, {
    get: (made, name: keyof Actions) => (made[name] ??= vi.fn()),
  })
})
afterEach(() => root.remove())

function draw(change: Partial<State>, language: 'en' | 'zh' = 'en'): void {
  const state = { ...initialState(parseOptions('', 'en'), { page: 'home' }, []), ...change }
  render(
    panel({
      state,
      actions: actions as unknown as Actions,
      texts: texts[language],
      format: createFormat(language),
      tools,
    }),
    root,
  )
}

const textOf = (selector: string) =>
  Array.from(root.querySelectorAll(selector), (element) => element.textContent!.replaceAll(/\s+/g, ' ').trim())

test('the shopper’s list tells what is new and what moved, against everyone’s', () => {
  draw({ everyone: ['a', 'b', 'c'].map((id) => item(id)), forYou: ['c', 'x', 'b'].map((id) => item(id)) })
  expect(textOf('[data-list="everyone"] li')).toEqual(
    ['Item a', 'Item b', 'Item c'].map((title) => expect.stringContaining(title)),
  )
  expect(textOf('[data-list="you"] .unseen, [data-list="you"] .new')).toEqual(['2 up', 'new', '1 down'])
})

test('a bar for each reason is as long as its contribution, and an event can be forgotten from it', () => {
  const event = logged('e1', 'view_item', { item: 'tent' })
  draw({
    events: [event],
    cards: new Map([['tent', card('tent', 'Dome Tent')]]),
    forYou: [
      item('a', [
        { kind: 'event', id: 'e1', event, contribution: 0.8, share: 0.8 },
        { kind: 'prior', id: 'popularity', contribution: 0.2, share: 0.2 },
        {
          kind: 'event',
          id: 'e2',
          event: { kind: 'dismiss', time: 0 },
          title: 'Old Mug',
          contribution: -0.4,
          share: -0.4,
        },
      ]),
    ],
  })
  expect(textOf('.bar-words')).toEqual(['Viewed Dome Tent', 'Popular', 'Not for me Old Mug'])
  expect(textOf('.bar-share')).toEqual(['80%', '20%', '-40%'])
  const widths = Array.from(root.querySelectorAll<HTMLElement>('.bars .bar-fill'), ({ style }) =>
    parseFloat(style.inlineSize),
  )
  expect(widths).toEqual([100, 25, 50])
  root.querySelector<HTMLElement>('.bars button')!.click()
  expect(actions.forget).toHaveBeenCalledExactlyOnceWith('e1')
})

test('a picked item is explained while it is on the list, then the first one is', () => {
  const forYou = ['a', 'b'].map((id) => item(id))
  draw({ forYou, explained: 'b' })
  expect(textOf('.explained a')).toEqual(['Item b'])
  draw({ forYou, explained: 'gone' })
  expect(textOf('.explained a')).toEqual(['Item a'])
})

test('the log stands newest first, and forgets, pauses and erases', () => {
  draw({ events: [logged('e1', 'view_item', { item: 'tent' }), logged('e2', 'search', { context: { query: 'mug' } })] })
  expect(textOf('.log-words')).toEqual(['Searched “mug”', 'Viewed tent'])
  root.querySelectorAll<HTMLElement>('.log button')[1]!.click()
  expect(actions.forget).toHaveBeenCalledExactlyOnceWith('e1')
  const [erase, pause] = root.querySelectorAll<HTMLElement>('.buttons button')
  erase!.click()
  expect(actions.erase).toHaveBeenCalledOnce()
  pause!.click()
  expect(actions.pause).toHaveBeenCalledExactlyOnceWith(true)
})

test('the keyboard stays in the log when an event is forgotten, and on the button when all are erased', () => {
  const events = ['e1', 'e2', 'e3'].map((id) => logged(id, 'view_item', { item: id }))
  draw({ events })
  const [newest, next] = root.querySelectorAll<HTMLElement>('.log button')
  newest!.focus()
  newest!.click()
  expect(document.activeElement).toBe(next)

  const erase = root.querySelector<HTMLElement>('.buttons button')!
  erase.focus()
  draw({ events: [] })
  expect(document.activeElement).toBe(erase)
  erase.click()
  expect(actions.erase).not.toHaveBeenCalled()
})

test('a time that the clock is too coarse to tell is not called none at all', () => {
  const { milliseconds } = createFormat('en')
  expect([0, 0.034, 0.5, 0.25, 12.34, 241.2].map(milliseconds)).toEqual(['<0.1', '0.034', '0.5', '0.25', '12.3', '241'])
})

test('bytes sent turn from good to bad with the first one', () => {
  draw({})
  expect(root.querySelector('[data-vital="bytes"]')!.className).toBe('good')
  draw({ traffic: { sent: 1, requests: 1, pictures: 0 } })
  expect(root.querySelector('[data-vital="bytes"]')!.className).toBe('bad')
})

test('titles are text, whatever they hold', () => {
  const title = '<img src=x onerror="document.title=\'run\'">'
  draw({ everyone: [{ ...item('a'), card: card('a', title) }], forYou: [{ ...item('a'), card: card('a', title) }] })
  expect(root.querySelector('img')).toBeNull()
  expect(textOf('.explained a')).toEqual([title])
})

test('Chinese has words for everything that English has', () => {
  const words = (language: 'en' | 'zh') =>
    Object.entries(texts[language]).filter(([, text]) => typeof text === 'string')
  for (const [[key, chinese], [, english]] of words('zh').map((pair, index) => [pair, words('en')[index]!] as const)) {
    expect(chinese, key).not.toBe('')
    if (key !== 'adapter') expect(chinese, key).not.toBe(english)
  }
  expect(Object.keys(texts.zh)).toEqual(Object.keys(texts.en))
})
