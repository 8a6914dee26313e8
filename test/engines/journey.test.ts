import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { serve, type StaticServer } from '../../src/builder/serve.ts'
import { firstInStock, notKeptOffline, storedEvents } from '../support/in-workbench.ts'
import type { Engine, EngineTab } from './engine.ts'
import { engines } from './engines.ts'

const root = join(import.meta.dirname, '../..')

/** What the shopper was shown, step by step, in each engine. */
const journeys = new Map<string, readonly string[][]>()

describe.each(Object.keys(engines))("a shopper's journey in %s", (name) => {
  let server: StaticServer
  let engine: Engine
  let tab: EngineTab
  const shown: string[][] = []

  beforeAll(async () => {
    server = await open(0)
    engine = await engines[name]!()
    console.info(engine.version)
    tab = await engine.tab()
    await tab.goto(`${server.url}?consent=granted&language=en`)
  })
  afterAll(async () => {
    await engine.close()
    await server.close()
  })

  it('begins with what everyone sees', async () => {
    await settled(tab)
    shown.push(await shelf(tab))
    expect(shown[0]).toHaveLength(8)
    expect(await events(tab)).toEqual([])
  })

  it('writes what the shopper does into IndexedDB, and the shelf follows', async () => {
    const [tent, mug] = await tab.evaluate(firstInStock, ['Tents', 'Mugs'])
    await visit(tab, `#/item/${tent}`)
    await expect.poll(() => events(tab)).toEqual([`view_item ${tent}`])
    await visit(tab, '#/')
    shown.push(await shelf(tab))
    await visit(tab, `#/item/${mug}`)
    await expect.poll(() => events(tab)).toEqual([`view_item ${tent}`, `view_item ${mug}`])
    await press(tab, 'button', 'Add to cart')
    await expect.poll(() => events(tab)).toEqual([`view_item ${tent}`, `view_item ${mug}`, `add_to_cart ${mug}`])
    await visit(tab, '#/')
    shown.push(await shelf(tab))
    expect(new Set(shown.map(String)).size).toBe(3)
  })

  it('keeps the profile over a reload', async () => {
    const before = await events(tab)
    await tab.reload()
    await settled(tab)
    expect(await events(tab)).toEqual(before)
    expect(await shelf(tab)).toEqual(shown.at(-1))
  })

  it('shows the same shelf after a reload without a server', async () => {
    await expect.poll(() => tab.evaluate(notKeptOffline), { timeout: 30_000 }).toEqual([])
    await server.close()
    await tab.reload()
    await settled(tab)
    expect(await shelf(tab)).toEqual(shown.at(-1))
    server = await open(Number(new URL(server.url).port))
  })

  it('forgets the last events as if they had never happened', async () => {
    for (const left of [2, 1]) {
      await press(tab, '[data-list="events"] li button')
      await expect.poll(async () => (await events(tab)).length).toBe(left)
    }
    await expect.poll(() => shelf(tab)).toEqual(shown[1])
  })

  it('is a stranger again after erasing', async () => {
    await press(tab, 'button', 'Erase everything')
    await expect.poll(() => events(tab)).toEqual([])
    await expect.poll(() => shelf(tab)).toEqual(shown[0])
    await tab.reload()
    await settled(tab)
    expect(await shelf(tab)).toEqual(shown[0])
    journeys.set(name, shown)
  })
})

it('the same items are shown in all engines', () => {
  const [first, ...others] = [...journeys.values()]
  expect(others).toEqual(
    Object.keys(engines)
      .slice(1)
      .map(() => first),
  )
})

function open(port: number): Promise<StaticServer> {
  return serve({ mounts: { '/': [join(root, 'dist/workbench'), join(root, '.demo')] }, port })
}

/** Waits until the whole catalogue is scored and its lists are on screen. */
async function settled(tab: EngineTab): Promise<void> {
  const ready = () =>
    tab.evaluate(() =>
      ['[data-list="you"] li', '[data-list="everyone"] li', '.panel[data-coverage="1"][data-scorer]'].every((part) =>
        document.querySelector(part),
      ),
    )
  await expect.poll(ready).toBe(true)
}

async function visit(tab: EngineTab, hash: string): Promise<void> {
  await tab.evaluate((to) => void (location.hash = to), hash)
}

/** Presses the first button that this selects and that has these words, once it is there. */
async function press(tab: EngineTab, selector: string, words = ''): Promise<void> {
  const pressed = () =>
    tab.evaluate(
      (selected, wanted) => {
        const buttons = [...document.querySelectorAll<HTMLElement>(selected)]
        const button = buttons.find(({ textContent }) => textContent.includes(wanted))
        button?.click()
        return button !== undefined
      },
      selector,
      words,
    )
  await expect.poll(pressed).toBe(true)
}

/** Ids on the home page's for-you shelf, once it shows what the panel's list has. */
async function shelf(tab: EngineTab): Promise<string[]> {
  const read = () =>
    tab.evaluate(() => {
      const [own, listed] = [
        [
          ...document.querySelector('windowshop-shelf[placement="for-you"]')!.shadowRoot!.querySelectorAll('a.link'),
        ].map((link) => decodeURIComponent(link.getAttribute('href')!.split('/').at(-1)!)),
        [...document.querySelectorAll<HTMLElement>('[data-list="you"] li')].map(({ dataset }) => dataset['item']!),
      ]
      return String(own) === String(listed) ? own : []
    })
  await expect.poll(async () => (await read()).length).toBeGreaterThan(0)
  return read()
}

async function events(tab: EngineTab): Promise<string[]> {
  return (await tab.evaluate(storedEvents)).map(({ kind, item }) => `${kind} ${item}`)
}
