// `npm run --silent bench:tune -- --json`: frames of the workbench while a slider is dragged and 100,000 items are scored
// anew, twice, for every step of it. Also on a shop of another size: `--items 2000`.
import { parseArgs } from 'node:util'
import type { Page } from 'playwright'
import { openWorkbench, round, summary } from './open-workbench.ts'

const { values } = parseArgs({
  options: {
    items: { type: 'string', default: '100000' },
    seconds: { type: 'string', default: '3' },
    json: { type: 'boolean', default: false },
  },
})
/** What is dragged, from one end to the other and back. */
const dials = ['session', 'collaborative', 'trend', 'halfLifeDays', 'diversity']

const { page, close } = await openWorkbench(Number(values.items), 'tune')
try {
  await page.waitForSelector('rank-list[data-list="b"] li')
  await lookAround(page)
  const idle = await frames(page, () => page.waitForTimeout(2000))
  const dragged = []
  for (const dial of dials) {
    await page.locator(`#dial-${dial}`).scrollIntoViewIfNeeded()
    dragged.push(await frames(page, () => drag(page, dial, 1000 * Number(values.seconds))))
  }
  const times = dragged.flatMap(({ times: own }) => own)
  const answers = dragged.flatMap(({ answers: own }) => own)
  const seconds = dragged.reduce((sum, { times: own }) => sum + own.reduce((all, time) => all + time, 0), 0) / 1000
  const result = {
    items: Number(values.items),
    rows: Number((await page.locator('[data-vital="items"]').textContent())!.replaceAll(/\D/g, '')),
    frame_ms: summary(times),
    idle_frame_ms: summary(idle.times),
    /** Both lists, every row of the catalogue scored for each. */
    rescore_ms: summary(answers),
    rescored_per_second: round(answers.length / seconds),
  }
  console.log(JSON.stringify(result, null, values.json ? 0 : 2))
} finally {
  await close()
}

/** A few views, so that there is a shopper to tune for. */
async function lookAround(page: Page): Promise<void> {
  for (let place = 0; place < 4; place++) {
    await page.evaluate(() => void (location.hash = '#/'))
    await page.locator('windowshop-shelf[placement="for-you"] a.link').nth(place).click()
    await page.waitForFunction((count) => document.title.length > 0 && history.length > count, place)
  }
  await page.evaluate(() => void (location.hash = '#/'))
  await page.waitForTimeout(1500)
}

/** Drags a slider back and forth with the mouse, a step for every frame of 60 a second. */
async function drag(page: Page, dial: string, milliseconds: number): Promise<void> {
  const box = (await page.locator(`#dial-${dial}`).boundingBox())!
  const at = (share: number) => [box.x + 12 + (box.width - 24) * share, box.y + box.height / 2] as const
  await page.mouse.move(...at(0.5))
  await page.mouse.down()
  for (let start = performance.now(), now = start; now - start < milliseconds; now = performance.now()) {
    await page.mouse.move(...at(0.5 + 0.5 * Math.sin((now - start) / 500)))
    await new Promise((resolve) => setTimeout(resolve, 1000 / 60 - (performance.now() - now)))
  }
  await page.mouse.up()
}

interface Frames {
  /** Milliseconds from one frame to the next. */
  readonly times: readonly number[]
  /** Milliseconds that the lab says each answer took. */
  readonly answers: readonly number[]
}

async function frames(page: Page, work: () => Promise<void>): Promise<Frames> {
  await page.evaluate(() => {
    const scope = globalThis as unknown as { counting: boolean; frames: Frames }
    const times: number[] = []
    const answers: number[] = []
    scope.frames = { times, answers }
    scope.counting = true
    let last: number | undefined
    const scored = document.querySelector('[data-tune="scored"]')!
    let text = ''
    const count = (now: number) => {
      if (last !== undefined) times.push(now - last)
      last = now
      if (scored.textContent !== text) {
        text = scored.textContent
        answers.push(Number(/([\d.]+)\D*$/.exec(text)?.[1]))
      }
      if (scope.counting) requestAnimationFrame(count)
    }
    requestAnimationFrame(count)
  })
  await work()
  return page.evaluate(() => {
    const scope = globalThis as unknown as { counting: boolean; frames: Frames }
    scope.counting = false
    return scope.frames
  })
}
