import type { Page } from 'playwright'
import type { ShelfAnswer } from '../../src/core/shelf.ts'
import type { FaultRow } from './fault-row.ts'
import { checkQuiet } from './lab/check-quiet.ts'
import type { WorkerFaultState } from './lab/worker-faults.ts'
import { faultyWorker, openLab, type Lab, type Visit } from './lab/open-lab.ts'

const mostCrashes = 3

/** The GPU is not there, is lost at any of the moments at which somebody waits for it, or takes its whole process along. */
export const gpuLost: FaultRow = {
  id: 'gpu-lost',
  kind: 'fault',
  fault: 'no adapter; the device is lost at each await; the GPU process crashes once, twice, three times',
  holds: 'the next answer is right to the bit, by another scorer',
  runs: { test: 3, ci: 'all', release: 'all' },

  async open() {
    const lab = await openLab()
    const counting = await lab.visit()
    await start(counting.page, 0)
    await shelves(counting.page)
    const { gpuCalls } = await gpuState(counting.page)
    await counting.close()

    return {
      all: 1 + gpuCalls + mostCrashes,
      async run(_random, n) {
        if (n === 0) return elsewhere({ gpu: false }, withoutAdapter)
        if (n > gpuCalls) return elsewhere({}, (visit, other) => crashed(visit, other, n - gpuCalls))
        const visit = await lab.visit()
        try {
          await start(visit.page, n)
          check(await shelves(visit.page))
          await checkQuiet(visit)
          return (await gpuState(visit.page)).seen
        } finally {
          await visit.close()
        }
      },
      close: () => lab.close(),
    }
  },
}

/** In a browser of its own. */
async function elsewhere(
  options: { gpu?: boolean },
  work: (visit: Visit, lab: Lab) => Promise<number>,
): Promise<number> {
  const lab = await openLab(options)
  try {
    const visit = await lab.visit()
    const seen = await work(visit, lab)
    await checkQuiet(visit)
    return seen
  } finally {
    await lab.close()
  }
}

async function withoutAdapter({ page }: Visit): Promise<number> {
  await start(page, 0)
  check(await shelves(page))
  const scorer = await page.evaluate(async () => (await globalThis.lab.of('gpu').recommender.status()).scorer)
  if (scorer?.name === 'webgpu') throw new Error('there is an adapter')
  return /webgpu/.test(scorer?.reason ?? '') ? 1 : 0
}

async function crashed({ page }: Visit, { browser }: Lab, times: number): Promise<number> {
  await start(page, 0)
  const cdp = await browser.newBrowserCDPSession()
  for (let n = 0; n < times; n++) {
    await cdp.send('Browser.crashGpuProcess')
    check(await shelves(page))
  }
  const scorer = await page.evaluate(async () => (await globalThis.lab.of('gpu').recommender.status()).scorer)
  return /device-lost/.test(scorer?.reason ?? '') ? times : 0
}

/** Opens a recommender that scores on the GPU if it can, and one that does not. */
async function start(page: Page, gpuFailAt: number): Promise<void> {
  await page.evaluate(async (worker) => {
    const { recommender } = await globalThis.lab.open('gpu', { worker, scorer: 'webgpu' })
    await globalThis.lab.open('reference')
    // Chosen, or not to be had: either is said in the reason.
    for (let n = 0; n < 400; n++) {
      const { scorer, coverage } = await recommender.status()
      if (coverage === 1 && scorer && !scorer.reason.startsWith('started at once')) return
      await new Promise((resolve) => setTimeout(resolve, 25))
    }
    throw new Error('no choice of a scorer in ten seconds')
  }, faultyWorker({ gpuFailAt }))
}

/** Of the worker that scores on the GPU. */
function gpuState(page: Page): Promise<WorkerFaultState> {
  const worker = page.workers().find((each) => each.url().includes('gpuFailAt'))
  if (!worker) throw new Error('the worker is gone')
  return worker.evaluate(() => globalThis.faults)
}

interface Shelves {
  readonly gpu: ShelfAnswer
  readonly reference: ShelfAnswer
}

/** Three shelves, each after an event, from both. */
function shelves(page: Page): Promise<Shelves[]> {
  return page.evaluate(async () => {
    const [gpu, reference] = ['gpu', 'reference'].map((name) => globalThis.lab.of(name).recommender)
    const answers: Shelves[] = []
    for (let n = 0; n < 3; n++) {
      const listed = await reference!.recommend({ placement: 'trending', limit: 20 })
      const item = 'items' in listed ? listed.items[n]!.card.id : ''
      await gpu!.track({ kind: 'view_item', item })
      // The other tab has to have heard of it.
      const events = await gpu!.profile.events()
      while ((await reference!.profile.events()).length < events.length)
        await new Promise((resolve) => setTimeout(resolve, 5))
      const request = { placement: 'similar', item, limit: 20 } as const
      answers.push({ gpu: await gpu!.recommend(request), reference: await reference!.recommend(request) })
    }
    return answers
  })
}

function check(answers: readonly Shelves[]): void {
  for (const { gpu, reference } of answers) {
    if (!('items' in gpu)) throw new Error(`no shelf: ${gpu.fallback}`)
    if (!('items' in reference)) throw new Error(`no shelf to compare with: ${reference.fallback}`)
    const [left, right] = [gpu, reference].map(({ items }) =>
      JSON.stringify(items.map(({ card, score }) => [card.id, score])),
    )
    if (left !== right) throw new Error(`the answer is ${left}, not ${right}`)
  }
}
