// `npm run --silent bench:map -- --json`: what the map of 100,000 items costs the workbench's page: the index for pointing,
// drawing all points, drawing over them, and how long after the pointer has moved the item's card is there. `--items 2000`: a smaller one.
import { parseArgs } from 'node:util'
import type { Page } from 'playwright'
import { openWorkbench, round, summary } from './open-workbench.ts'

interface MapTimes {
  readonly index: number
  readonly cloud: number
  readonly draw: number
}

const { values } = parseArgs({
  options: {
    items: { type: 'string', default: '100000' },
    moves: { type: 'string', default: '200' },
    json: { type: 'boolean', default: false },
  },
})

const { page, close } = await openWorkbench(Number(values.items), 'now')
try {
  const opened = performance.now()
  await page.locator('#tab-mind').click()
  await page.waitForFunction(
    () => (document.querySelector('item-map') as unknown as { times?: MapTimes })?.times?.cloud,
  )
  const open = performance.now() - opened
  const first = await timesOf(page)
  const clouds: number[] = []
  for (let turn = 0; turn < 20; turn++) {
    // Another width: all points are drawn anew.
    await page.evaluate(
      (inset) => void (document.querySelector<HTMLElement>('item-map')!.style.marginInlineEnd = `${inset}px`),
      turn % 2,
    )
    await page.waitForTimeout(100)
    clouds.push((await timesOf(page)).cloud)
  }
  const { draws, cards } = await hover(page, Number(values.moves))
  const result = {
    items: Number(values.items),
    open_ms: round(open),
    index_ms: round(first.index),
    cloud_ms: summary(clouds),
    draw_over_ms: summary(draws),
    card_ms: summary(cards),
    cards: cards.length,
  }
  console.log(JSON.stringify(result, null, values.json ? 0 : 2))
} finally {
  await close()
}

function timesOf(page: Page): Promise<MapTimes> {
  return page.evaluate(() => ({ ...(document.querySelector('item-map') as unknown as { times: MapTimes }).times }))
}

/** Points at many places, one after the other, and waits for the card of each that has an item. */
async function hover(page: Page, moves: number): Promise<{ draws: number[]; cards: number[] }> {
  return page.evaluate(async (count) => {
    const map = document.querySelector('item-map') as HTMLElement & { readonly times: MapTimes }
    const box = map.getBoundingClientRect()
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
    const shown = () => document.querySelector('.map-label a')?.getAttribute('href')
    const draws: number[] = []
    const cards: number[] = []
    for (let move = 0; move < count; move++) {
      // Spread evenly over the middle of the map, in an order without a pattern.
      const clientX = box.left + box.width * (0.2 + 0.6 * ((move * 0.618034) % 1))
      const clientY = box.top + box.height * (0.2 + 0.6 * ((move * 0.754878) % 1))
      const before = shown()
      const start = performance.now()
      map.dispatchEvent(new PointerEvent('pointermove', { clientX, clientY }))
      for (let frames = 0; frames < 30 && (shown() === before || !shown()); frames++) await frame()
      if (shown() !== before && shown()) cards.push(performance.now() - start)
      draws.push(map.times.draw)
    }
    return { draws, cards }
  }, moves)
}
