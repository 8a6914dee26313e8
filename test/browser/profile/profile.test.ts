import { userEvent } from 'vitest/browser'
import axe from 'axe-core'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { defineProfile } from '../../../src/profile/define-profile.ts'
import { createFakeProfile, fakeEvent, type FakeProfile } from './fake-profile.ts'

let source: FakeProfile
let profile: HTMLElement

beforeEach(() => {
  document.documentElement.lang = 'en'
})
afterEach(() => {
  document.body.replaceChildren()
  document.documentElement.removeAttribute('lang')
  document.documentElement.removeAttribute('dir')
})

async function open(fake = createFakeProfile([fakeEvent(1), fakeEvent(2), fakeEvent(3, 'purchase', 'i1')])) {
  source = fake
  document.body.innerHTML = '<windowshop-profile><p>Ask us what we know.</p></windowshop-profile>'
  profile = document.body.firstElementChild as HTMLElement
  defineProfile(source)
  await expect.poll(() => profile.shadowRoot?.querySelector('h2')?.textContent).toBeTruthy()
}

const all = (selector: string) => [...profile.shadowRoot!.querySelectorAll<HTMLElement>(selector)]
const texts = (selector: string) => all(selector).map(({ textContent }) => textContent)
const find = (selector: string) => profile.shadowRoot!.querySelector<HTMLElement>(selector)!
const button = (name: string) => find(`[data-name="${name}"]`)
const said = () => find('[role=status]').textContent
const focused = () => (profile.shadowRoot!.activeElement as HTMLElement | null)?.dataset['name']

test('shows what the shop put in it until it is connected', () => {
  const alone = document.createElement('windowshop-profile')
  alone.textContent = 'Ask us'
  document.body.append(alone)
  expect(alone.checkVisibility()).toBe(true)
})

test('says what was done, latest first, and what that tells, in words and shares that add up', async () => {
  await open()
  expect(texts('.events .what')).toEqual(['Bought Item i1', 'Viewed Item i2', 'Viewed Item i1'])
  expect(texts('.bars .word')).toEqual(['Tents', 'Lamps', 'Birch', 'Alder'])
  const shares = texts('.bars .share').map((text) => Number.parseInt(text))
  // A purchase counts as four looks.
  expect(shares).toEqual([83, 17, 83, 17])
  expect(find('.profile').textContent).toContain('3 things you did, kept on this device')
})

test('what was pushed away is no interest', async () => {
  await open(createFakeProfile([fakeEvent(1), fakeEvent(2), fakeEvent(3, 'dismiss', 'i2')]))
  expect(texts('.bars .word')).toEqual(['Tents', 'Birch'])
})

test('forgets one event, says so, and leaves the focus on the next one', async () => {
  await open()
  const [, second] = all('.remove')
  second!.focus()
  await userEvent.keyboard('{Enter}')
  await expect.poll(() => source.told).toEqual(['remove e2'])
  await expect.poll(() => texts('.events .what')).toEqual(['Bought Item i1', 'Viewed Item i1'])
  await expect.poll(said).toBe('Forgotten: Item i2')
  expect(focused()).toBe('remove e1')
})

test('pauses and resumes', async () => {
  await open()
  button('pause').click()
  await expect.poll(() => texts('.paused')).toEqual(['Paused: nothing new is remembered.'])
  button('pause').click()
  await expect.poll(() => texts('.paused')).toEqual([])
  expect(source.told).toEqual(['pause', 'resume'])
})

test('asks before it forgets everything; Escape and "Keep it" change nothing', async () => {
  await open()
  button('erase').focus()
  button('erase').click()
  expect(focused()).toBe('no')
  await userEvent.keyboard('{Escape}')
  expect(focused()).toBe('erase')
  button('erase').click()
  button('no').click()
  expect(source.told).toEqual([])
  button('erase').click()
  button('yes').click()
  await expect.poll(said).toBe('Everything is forgotten.')
  await expect.poll(() => all('.events li').length).toBe(0)
  expect(find('.profile').textContent).toContain('Nothing yet.')
  expect(focused()).toBeTruthy()
})

test('saves a copy as a file, and adds one', async () => {
  await open()
  const saved: string[] = []
  const { click } = HTMLAnchorElement.prototype
  HTMLAnchorElement.prototype.click = function () {
    saved.push(this.download)
  }
  try {
    button('export').click()
    await expect.poll(() => saved).toEqual(['windowshop.json'])
  } finally {
    HTMLAnchorElement.prototype.click = click
  }
  const input = find('input[type=file]') as HTMLInputElement
  const choose = (text: string) => {
    const transfer = new DataTransfer()
    transfer.items.add(new File([text], 'copy.json', { type: 'application/json' }))
    input.files = transfer.files
    input.dispatchEvent(new Event('change'))
  }
  choose('{"events":[]}')
  await expect.poll(said).toBe('Added: 3')
  expect(source.told.at(-1)).toBe('import {"events":[]}')
  choose('holiday.jpg')
  await expect.poll(said).toBe('This file is no saved copy.')
})

test('several shoppers of a device have a profile each: a name is added, chosen and removed', async () => {
  await open()
  button('another').click()
  expect(focused()).toBe('name')
  await userEvent.keyboard('Ann{Enter}')
  await expect.poll(() => texts('[aria-pressed=true]')).toEqual(['Ann'])
  expect(said()).toBe('Now shopping: Ann')
  button('shopper ').click()
  await expect.poll(() => texts('[aria-pressed=true]')).toEqual(['This device'])
  button('shopper Ann').click()
  await expect.poll(() => texts('[aria-pressed=true]')).toEqual(['Ann'])
  button('leave').click()
  expect(texts('.confirm p')).toEqual(['Remove Ann, and all that this device knows about them? This cannot be undone.'])
  button('yes').click()
  await expect.poll(() => texts('[aria-pressed]')).toEqual(['This device'])
  expect(source.told).toEqual(['{"name":"Ann"}', '{"name":""}', '{"name":"Ann"}', '{"forget":"Ann"}'])
})

test('what is typed stays when another tab changes the log meanwhile', async () => {
  await open()
  button('another').click()
  await userEvent.keyboard('An')
  source.events = [...source.events, fakeEvent(9)]
  source.change()
  await expect.poll(() => all('.events li').length).toBe(4)
  await userEvent.keyboard('n{Enter}')
  await expect.poll(() => source.told).toEqual(['{"name":"Ann"}'])
})

test('a gift is a switch that says what it does', async () => {
  await open()
  expect(button('gift').getAttribute('role')).toBe('switch')
  button('gift').click()
  await expect.poll(() => button('gift').ariaChecked).toBe('true')
  expect(texts('.paused')).toEqual(['What you look at now is forgotten when you switch this off.'])
  button('gift').click()
  await expect.poll(said).toBe('The gift is forgotten.')
})

test('a customer who has signed in is shown nobody else, and without consent there is nobody to choose', async () => {
  const signedIn = createFakeProfile([fakeEvent(1)])
  signedIn.who = { account: true, names: [], gift: false }
  await open(signedIn)
  expect([all('[aria-pressed]').length, all('[role=switch]').length]).toEqual([0, 1])
  const memory = createFakeProfile([fakeEvent(1)])
  memory.kept = false
  await open(memory)
  await expect.poll(() => all('[role=switch]').length).toBe(0)
  expect(find('.profile').textContent).toContain('forgotten when you leave this page')
})

test('a long log is shown in parts', async () => {
  await open(createFakeProfile(Array.from({ length: 45 }, (_, n) => fakeEvent(n))))
  expect(all('.events li').length).toBe(20)
  button('more').click()
  button('more').click()
  expect(all('.events li').length).toBe(45)
  expect(button('more')).toBeNull()
})

test('a call that fails is said, and nothing is thrown', async () => {
  await open()
  source.broken = true
  button('pause').click()
  await expect.poll(said).toBe('That did not work. Please try again.')
})

test('hostile titles are text', async () => {
  const fake = createFakeProfile([fakeEvent(1), { ...fakeEvent(2, 'search', ''), context: { query: '<img src=x>' } }])
  fake.cards = async (ids) => ids.map((id) => ({ id, title: '<b onclick=x>‮evil', url: '', currency: 'EUR' }))
  await open(fake)
  expect(texts('.events .what')).toEqual(['Searched for <img src=x>', 'Viewed <b onclick=x> evil'])
  expect(all('.events b, .events img')).toEqual([])
})

test('speaks the language of the page, and words of the shop', async () => {
  await open()
  document.documentElement.lang = 'zh-CN'
  profile.lang = 'zh-CN'
  expect(texts('h2')).toEqual(['本设备对你的了解'])
  ;(profile as HTMLElement & { strings: object }).strings = { heading: '我的资料' }
  expect(texts('h2')).toEqual(['我的资料'])
})

test.each(['ltr', 'rtl'])('axe finds nothing, and nothing sticks out of a narrow page: %s', async (dir) => {
  document.documentElement.dir = dir
  const fake = createFakeProfile([
    fakeEvent(1),
    fakeEvent(2, 'add_to_cart'),
    { ...fakeEvent(3, 'search', ''), context: { query: 'x'.repeat(200) } },
  ])
  fake.who = { account: false, name: 'Ann', names: ['Ann', 'B'.repeat(40)], gift: true }
  await open(fake)
  document.body.style.inlineSize = '320px'
  for (const state of ['', 'another', 'erase']) {
    if (state) button(state).click()
    // Whether a whole page has landmarks and headings is not the element's to say.
    const { violations } = await axe.run(profile, { rules: { region: { enabled: false } } })
    expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]!.html}`)).toEqual([])
    expect(find('.profile').scrollWidth).toBeLessThanOrEqual(320)
  }
  document.body.style.inlineSize = ''
})
